// The theme `plain`, on every kind of page of both sites: accessible, black and white only, and large on paper.
// `tests/run` builds the sites with it into COPEBOOK_PLAIN.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

process.env.COPEBOOK_SITE = process.env.COPEBOOK_PLAIN ?? new URL('../../plain', import.meta.url).pathname;
const { axeFindsNothing, fileUrl, kinds, launch, pages } = await import('./support.mjs');

const MEMBERS = kinds('members'), GUIDE = kinds('facilitator');
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function open(path, bypassCSP = false) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP });
  const page = await context.newPage();
  await page.goto(fileUrl(path));
  return { page, close: () => context.close() };
}

/** The colours of a page that are neither black nor white, each with who wears it. Drawings and pictures are looked at too. */
const tints = page => page.evaluate(() => {
  const found = new Set();
  for (const element of document.querySelectorAll('body, body *')) {
    if (!element.checkVisibility() || element.closest('img, picture, .code')) continue;
    const style = getComputedStyle(element);
    const worn = element.closest('svg') ? ['fill', 'stroke'] : ['color', 'backgroundColor', 'borderTopColor', 'borderBottomColor', 'borderLeftColor', 'borderRightColor'];
    for (const property of worn) {
      const border = property.match(/^border(\w+)Color$/)?.[1];
      if (border && parseFloat(style[`border${border}Width`]) === 0) continue;
      const colour = style[property];
      if (!/^(none|url\("#g-hatch"\).*|rgb\(0, 0, 0\)|rgb\(255, 255, 255\)|rgba\(\d+, \d+, \d+, 0\))$/.test(colour)) found.add(`${element.tagName}.${element.getAttribute('class')} ${property} ${colour}`);
    }
  }
  return [...found].slice(0, 8);
});

for (const path of [...MEMBERS, ...GUIDE]) {
  test(`plain: axe finds nothing, nothing is grey or tinted, nothing is too wide: ${path}`, async () => {
    const { page, close } = await open(path, true);
    await axeFindsNothing(page, async look => assert.deepEqual(await tints(page), [], look));
    for (const [width, size] of [[320, ''], [640, '200%']]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(size => { const root = document.documentElement; root.style.fontSize = size; return root.scrollWidth - root.clientWidth; }, size);
      assert.ok(wide <= 0, `${wide} px too wide at ${width} px, ${size || '100%'}`);
    }
    await close();
  });
}

/** The smallest letters that are printed, in points, and what they say. */
const smallest = page => page.evaluate(() => {
  const zoom = element => { let all = 1; for (let e = element; e; e = e.parentElement) all *= parseFloat(getComputedStyle(e).zoom) || 1; return all; };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = [99, ''];
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || element.closest('svg, .vh, template, script, .code') || !element.checkVisibility()) continue;
    const points = parseFloat(getComputedStyle(element).fontSize) * .75 * zoom(element);
    if (points < least[0]) least = [points, `${element.tagName}.${element.className}: ${words.currentNode.data.trim().slice(0, 40)}`];
  }
  return least;
});

test('plain on paper: members have 18 points and lines for a large hand, without choosing it; the guide has 12 or more', async () => {
  for (const path of [...MEMBERS, ...pages('members').filter(path => path.includes('/handouts/')).slice(0, 6), ...GUIDE]) {
    const { page, close } = await open(path);
    await page.setViewportSize({ width: 794, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    const [points, words] = await smallest(page);
    const [wanted, rows] = path.startsWith('members') ? [17.9, await page.locator('.sheet textarea:not(.cell)').evaluateAll(all => all.map(e => parseFloat(getComputedStyle(e).lineHeight) / 96 * 25.4))] : [11.9, []];
    assert.ok(points >= wanted || path.includes('/present/'), `${path}: ${points} points: ${words}`);
    assert.ok(rows.every(row => row >= 11.9), `${path}: ${rows.filter(row => row < 11.9)} mm`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is wider than the paper`);
    assert.deepEqual(await tints(page), [], path);
    await close();
  }
});

test('plain: run mode shows the step in large letters, with what to do next in reach', async () => {
  const path = pages('facilitator').find(path => /\/sessions\/[^./]*\.html$/.test(path));
  for (const [width, height, least] of [[390, 844, 24], [1024, 768, 28], [1280, 800, 28]]) {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    await page.goto(`${fileUrl(path)}#start=10:00&run=1&part=1&since=10:00&now=10:02&step=0`);
    const size = await page.locator('.run .here .out').first().evaluate(e => parseFloat(getComputedStyle(e).fontSize));
    assert.ok(size >= least, `${size} px at ${width} px`);
    const next = await page.locator('.run [data-do=next]').boundingBox();
    assert.ok(next.y + next.height <= height && next.height >= 48, `at ${width} px`);
    const here = await page.locator('.run .here').first().boundingBox(), dock = await page.locator('.run .dock').boundingBox();
    assert.ok(here.y < dock.y - 40, `the step is hidden at ${width} px`);
    await context.close();
  }
});
