// `calm` on a device that asks for more contrast, or that brings its own colours: what is chosen, where the keyboard is and
// which step is on can still be told, and no words lie on their own colour.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { fileUrl, kinds, launch, pages } from './support.mjs';

const HANDOUT = pages('members').find(path => path.includes('breathe-out-longer')) ?? pages('members').find(path => path.includes('/handouts/'));
const SESSION = pages('facilitator').find(path => /\/sessions\/[^./]*\.html$/.test(path));
const WAYS = [{ forcedColors: 'active' }, { contrast: 'more' }];
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function open(path, options, hash = '') {
  const context = await browser.newContext({ viewport: { width: 900, height: 800 }, ...options });
  const page = await context.newPage();
  await page.goto(fileUrl(path) + hash);
  return { page, close: () => context.close() };
}

/** How an element looks, as far as a person can tell it from another. */
const look = locator => locator.evaluate(e => {
  const { backgroundColor, borderTopColor, borderTopWidth, borderTopStyle, color } = getComputedStyle(e);
  return { backgroundColor, border: [borderTopColor, borderTopWidth, borderTopStyle].join(' '), color };
});

for (const options of WAYS) for (const colorScheme of ['light', 'dark']) {
  const name = `${Object.entries(options)[0].join(' ')}, ${colorScheme}`;

  test(`answers that are chosen, and the one that the keyboard is on, can be told: ${name}`, async () => {
    const { page, close } = await open(HANDOUT, { ...options, colorScheme });
    const labels = page.locator('.scale').first().locator('label');
    await labels.nth(3).locator('input').check();
    const [chosen, other] = [await look(labels.nth(3)), await look(labels.nth(4))];
    assert.notEqual(chosen.backgroundColor, other.backgroundColor);
    assert.notEqual(chosen.backgroundColor, chosen.color);
    assert.notEqual(other.border.split(' ')[0], 'rgba(0,');
    const ticks = page.locator('.pick input[type=checkbox]');
    await ticks.nth(0).check();
    const mark = await ticks.nth(0).evaluate(e => ({ width: getComputedStyle(e, '::after').borderBottomWidth, colour: getComputedStyle(e, '::after').borderBottomColor, ground: getComputedStyle(e).backgroundColor }));
    assert.ok(parseFloat(mark.width) >= 2 && mark.colour !== mark.ground, JSON.stringify(mark));
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const on = document.activeElement, seen = on.closest('.scale label') ?? on, style = getComputedStyle(seen);
      return { width: parseFloat(style.outlineWidth), colour: style.outlineColor, ground: getComputedStyle(document.body).backgroundColor, style: style.outlineStyle };
    });
    assert.ok(outline.width >= 3 && outline.style === 'solid' && outline.colour !== outline.ground, JSON.stringify(outline));
    await close();
  });

  test(`run mode tells the step that is on, the parts that are over and how much is left: ${name}`, async () => {
    const { page, close } = await open(SESSION, { ...options, colorScheme }, '#start=10:00&run=1&part=2&since=10:12&now=10:15&step=1');
    const here = await look(page.locator('.run .here').first()), other = await look(page.locator('.run .steps > li:not(.here)').last());
    assert.notEqual(here.border, other.border);
    const gone = await look(page.locator('.track .gone').first()), later = await look(page.locator('.track li:not(.gone)').last());
    assert.notEqual(gone.border, later.border);
    const gauge = await look(page.locator('.gauge')), left = await look(page.locator('.gauge i'));
    assert.notEqual(left.backgroundColor, gauge.backgroundColor);
    assert.ok(parseFloat(gauge.border.match(/([\d.]+)px/)[1]) >= 1, 'what is gone has no frame');
    const next = await look(page.locator('.dock .go'));
    assert.notEqual(next.backgroundColor, next.color);
    await close();
  });

  test(`no words lie on their own colour: ${name}`, async () => {
    for (const path of [...kinds('members'), ...kinds('facilitator')]) {
      const { page, close } = await open(path, { ...options, colorScheme });
      const lost = await page.evaluate(() => {
        const ground = element => { for (let e = element; e; e = e.parentElement) { const colour = getComputedStyle(e).backgroundColor; if (!/^rgba\(.*, 0\)$/.test(colour)) return colour; } return getComputedStyle(document.documentElement).backgroundColor; };
        const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set();
        while (words.nextNode()) {
          const element = words.currentNode.parentElement;
          if (!words.currentNode.data.trim() || element.closest('svg, template, script, .vh') || !element.checkVisibility()) continue;
          if (getComputedStyle(element).color === ground(element)) found.add(`${element.tagName}.${element.className}`);
        }
        return [...found];
      });
      assert.deepEqual(lost, [], path);
      await close();
    }
  });
}

test('words have no strip of the device\'s own colour behind them on a dark block', async () => {
  // browsers lay one behind words whose ground an author keeps in a system colour: it would hide them
  const { page, close } = await open(HANDOUT, { forcedColors: 'active', colorScheme: 'dark' });
  const crisis = await look(page.locator('.crisis'));
  assert.equal(crisis.backgroundColor, await page.evaluate(() => { const e = document.body.appendChild(document.createElement('p')); e.style.background = 'Canvas'; return getComputedStyle(e).backgroundColor; }));
  await close();
});
