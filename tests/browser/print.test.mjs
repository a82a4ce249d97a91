// Member pages on paper: what is left out, what stands on every sheet, what was written, large print, the workbook.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileUrl, kinds, launch, pages } from './support.mjs';

const HANDOUTS = pages('members').filter(path => path.includes('/handouts/'));
const WORKBOOK = pages('members').find(path => path.endsWith('/workbook.html'));
let browser, page;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A page as it is printed; `how` is done before, on the screen. */
async function printed(path, how = async () => {}) {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 794, height: 1000 } });
  await page.goto(fileUrl(path));
  await how(page);
  await page.emulateMedia({ media: 'print' });
  return page;
}
const large = async page => {
  await page.locator('.aa summary').click();
  await page.locator('input[name=print][value=large]').check();
};
const pdf = (format, path) => page.pdf({ format, preferCSSPageSize: true, path });
const sheets = async format => ((await pdf(format)).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;

test('no chrome on paper, and the title', async () => {
  for (const path of kinds('members')) {
    const page = await printed(path);
    for (const chrome of ['.bar', '.onward', 'button', '.find', 'a.skip', '.more']) {
      for (const part of await page.locator(chrome).all()) assert.ok(!await part.isVisible(), `${path}: ${chrome} is printed`);
    }
    assert.ok(await page.locator('h1').isVisible(), path);
  }
});

test('every sheet says whom to call, what it is, and its number', async () => {
  for (const path of kinds('members')) {
    const page = await printed(path);
    const { calls, title, boxes, block } = await page.evaluate(() => ({
      calls: [...document.querySelectorAll('.calls a[href^="tel:"] b, .calls a[href^="sms:"] b')].map(e => e.textContent),
      title: document.documentElement.dataset.foot,
      // what stands in the margins is set by a rule that not all browsers know
      boxes: (() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('@page { @bottom-left { content: "x" } }'); return /bottom-left/.test(sheet.cssRules[0].cssText); })(),
      block: document.querySelector('.crisis')?.checkVisibility(),
    }));
    const style = name => page.evaluate(name => getComputedStyle(document.documentElement).getPropertyValue(name), name);
    assert.ok(calls.length > 0, path);
    // the hyphens of a number at the foot are of the kind at which no line ends
    const foot = (await style('--left') + await style('--right')).replaceAll('\u2011', '-');
    for (const call of calls.slice(0, 4)) assert.ok(foot.includes(call), `${path}: ${call} is not in the foot`);
    assert.ok(title && foot.includes(title) && foot.includes('counter(pages)'), path);
    // a browser without margin boxes has the block at the end
    assert.ok(block || boxes, `${path}: no sheet says whom to call`);
  }
});

test('the words at the foot are in the PDF, on each page', { skip: spawnSync('pdftotext', ['-v']).error ? 'pdftotext is not here' : false }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'print-'));
  const page = await printed(HANDOUTS[0]);
  const [call] = (await page.locator('.calls a[href^="tel:"] b').first().textContent()).match(/\d[\d ]*\d/);
  for (const format of ['A4', 'Letter']) {
    const file = join(folder, 'x.pdf');
    await pdf(format, file);
    const texts = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').filter(text => text.trim());
    texts.forEach((text, at) => {
      assert.ok(text.includes(call), `page ${at + 1} on ${format} has no ${call}`);
      assert.match(text, new RegExp(`\\b(${at + 1} ?/ ?${texts.length}|${texts.length} ?/ ?${at + 1})\\b`));
    });
  }
  rmSync(folder, { recursive: true });
});

test('a short handout fits a sheet or two, on A4 and on Letter; large print takes more', async () => {
  const short = HANDOUTS.find(path => path.includes('feet-on-the-floor')) ?? HANDOUTS[0];
  await printed(short);
  const small = { A4: await sheets('A4'), Letter: await sheets('Letter') };
  assert.ok(small.A4 <= 2 && small.Letter <= 2, JSON.stringify(small));
  await printed(short, large);
  for (const format of ['A4', 'Letter']) {
    const big = await sheets(format);
    assert.ok(big > small[format] && big <= 5, `${big} sheets in large print, ${small[format]} in normal`);
  }
});

test('what was written is printed whole, and choices show without colour', async () => {
  const long = 'I go for a short walk before I answer, and then I call my sister. '.repeat(9);
  for (const path of HANDOUTS) {
    const page = await printed(path, page => page.evaluate(long => {
      for (const area of document.querySelectorAll('form.sheet textarea')) area.value = long;
      for (const input of document.querySelectorAll('form.sheet :is([type=radio], [type=checkbox])')) input.checked = true;
    }, long));
    const lost = await page.locator('textarea').evaluateAll(areas => areas.filter(area => area.checkVisibility() && (area.scrollHeight > area.clientHeight + 2 || getComputedStyle(area).color !== 'rgb(0, 0, 0)')).map(area => area.id));
    assert.deepEqual(lost, [], path);
    const pale = await page.evaluate(() => [...document.querySelectorAll('form.sheet :checked')].filter(input => {
      const box = input.closest('.scale') ? input.parentElement : input, style = getComputedStyle(box), mark = getComputedStyle(input, '::after');
      return parseFloat(style.borderTopWidth) < 3 && parseFloat(mark.borderBottomWidth) < 1.5;
    }).map(input => input.name));
    assert.deepEqual(pale, [], path);
  }
});

test('where there is room to write, a line stands that is no background, as far from the next as a hand needs', async () => {
  const mm = px => px / 96 * 25.4;
  for (const path of HANDOUTS) {
    const page = await printed(path);
    const areas = await page.locator('.sheet textarea:not(.cell)').evaluateAll(areas => areas.filter(area => area.checkVisibility()).map(area => {
      const style = getComputedStyle(area);
      return { id: area.id, line: parseFloat(style.borderBottomWidth), row: parseFloat(style.lineHeight), height: area.getBoundingClientRect().height, rows: area.rows };
    }));
    for (const area of areas) {
      assert.ok(area.line >= 1, `${path}: ${area.id} has no line`);
      assert.ok(mm(area.row) >= 7.4, `${path}: ${area.id} has ${mm(area.row)} mm`);
      assert.ok(area.height >= area.row * area.rows - 2, `${path}: ${area.id} is lower than its ${area.rows} lines`);
    }
  }
});

test('no field, row or framed block is cut in two', async () => {
  const path = HANDOUTS.find(path => path.includes('sleep-diary')) ?? HANDOUTS[0];
  const page = await printed(path);
  for (const whole of ['.field:not(:has(tr:nth-child(11)))', 'tr', '.care', '.key', '.voice', '.practice li', '.hill']) {
    const cut = await page.locator(whole).evaluateAll(all => all.filter(e => getComputedStyle(e).breakInside !== 'avoid' && !e.parentElement.closest('.field')).length);
    assert.equal(cut, 0, whole);
  }
});

test('large print: one choice under Aa, nothing under 18 points, one column, lines for a large hand', async () => {
  for (const path of [...HANDOUTS.slice(0, 3), WORKBOOK, ...kinds('members').filter(path => !path.includes('/handouts/'))]) {
    const page = await printed(path, large);
    const small = await page.evaluate(() => {
      const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set();
      while (words.nextNode()) {
        const element = words.currentNode.parentElement;
        if (!words.currentNode.data.trim() || element.closest('svg, .vh, template, script') || !element.checkVisibility()) continue;
        if (parseFloat(getComputedStyle(element).fontSize) < 23.9) found.add(`${element.tagName} ${element.className}: ${words.currentNode.data.trim().slice(0, 40)}`);
      }
      return [...found];
    });
    assert.deepEqual(small, [], path);
    const narrow = await page.locator('.doc > .half').evaluateAll(all => all.filter(e => e.getBoundingClientRect().width < e.parentElement.getBoundingClientRect().width - 2).length);
    assert.equal(narrow, 0, path);
    const rows = await page.locator('.sheet textarea:not(.cell)').evaluateAll(all => all.map(e => parseFloat(getComputedStyle(e).lineHeight) / 96 * 25.4));
    assert.ok(rows.every(row => row >= 11.9), `${path}: ${rows.filter(row => row < 11.9)} mm`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${path} is wider than the paper`);
  }
});

test('links that lead elsewhere print their address, links within the site do not', async () => {
  const page = await printed(HANDOUTS[0], page => page.evaluate(() => {
    for (const href of ['https://www.who.int/publications/x', 'other.html']) {
      const link = document.createElement('a');
      link.href = href; link.textContent = 'link'; link.className = 'tried';
      document.querySelector('.doc p').append(link);
    }
  }));
  const after = await page.locator('a.tried').evaluateAll(links => links.map(link => getComputedStyle(link, '::after').content));
  assert.match(after[0], /https:\/\/www\.who\.int\/publications\/x/);
  assert.doesNotMatch(after[1], /other/);
});

test('the workbook holds every handout once, in the order of its contents, each from a new sheet, and one crisis block', async () => {
  const page = await printed(WORKBOOK);
  const { leaves, contents, missing, ids, levels, breaks, crises } = await page.evaluate(() => ({
    leaves: [...document.querySelectorAll('.leaf')].map(leaf => leaf.id),
    contents: [...document.querySelectorAll('.contents a')].map(link => link.getAttribute('href').slice(1)),
    missing: [...document.querySelectorAll('main a[href^="#"]')].map(link => link.getAttribute('href').slice(1)).filter(id => !document.getElementById(id)),
    ids: [...document.querySelectorAll('[id]')].map(e => e.id),
    levels: [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')].map(e => +e.tagName[1]),
    breaks: [...document.querySelectorAll('.leaf')].filter(leaf => getComputedStyle(leaf).breakBefore !== 'page').length,
    crises: [...document.querySelectorAll('.crisis')].filter(e => e.checkVisibility()).length,
  }));
  assert.deepEqual(leaves, contents);
  assert.deepEqual(missing, []);
  assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), [], 'an id is there twice');
  assert.equal(breaks, 0);
  assert.equal(crises, 1);
  assert.equal(levels.filter(level => level === 1).length, 1);
  levels.forEach((level, at) => assert.ok(at === 0 || level <= levels[at - 1] + 1, 'a heading level is skipped'));
  const titles = await page.locator('.leaf > header h2').allTextContents();
  assert.equal(titles.length, HANDOUTS.filter(path => path.startsWith(WORKBOOK.slice(0, WORKBOOK.lastIndexOf('/') + 1))).length);
  for (const path of HANDOUTS.slice(0, 5)) {
    await page.goto(fileUrl(path));
    assert.ok(titles.includes(await page.locator('h1').textContent()), path);
  }
  await printed(WORKBOOK);
  assert.ok(await sheets('A4') > leaves.length, 'each handout has a sheet, and the cover');
});
