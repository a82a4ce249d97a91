// The session page of the guide: the start time, the clock times, three depths, and what is printed of them.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SITE, fileUrl, launch, pages } from './support.mjs';

const SESSIONS = pages('facilitator').filter(path => /\/sessions\/[^./]*\.html$/.test(path));
const SESSION = SESSIONS.find(path => readFileSync(join(SITE, path), 'utf8').includes('data-kind="break"'));

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  await page.goto(fileUrl(path.split('#')[0]) + (path.includes('#') ? `#${path.split('#')[1]}` : ''));
  return { page, text: selector => page.locator(selector).textContent(), close: () => context.close() };
}
const two = n => String(n).padStart(2, '0');
const clock = minutes => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
/** The parts with a time, and when each begins, in minutes after the start. */
async function timeline(page) {
  const parts = await page.locator('.agenda .part[data-m]').evaluateAll(all => all.map(part => ({ minutes: +part.dataset.m, kind: part.dataset.kind, at: part.querySelector('.at').textContent })));
  let from = 0;
  for (const part of parts) { part.from = from; from += part.minutes; }
  return { parts, length: from };
}

test('clock times: typed in, the break included, and only in the address', async () => {
  const { page, text, close } = await open(SESSION);
  const { parts, length } = await timeline(page);
  assert.ok(parts.some((part, index) => part.kind === 'break' && index < parts.length - 1));
  for (const part of parts) assert.equal(part.at, `${Math.floor(part.from / 60)}:${two(part.from % 60)}`, 'without a start, minutes since it');
  assert.equal(await page.locator('.controls .ends').isVisible(), false);
  await page.locator('#start').fill('13:30');
  for (const part of (await timeline(page)).parts) assert.equal(part.at, clock(810 + part.from));
  assert.deepEqual(await page.locator('.strip .at').allTextContents(), parts.map(part => clock(810 + part.from)));
  assert.equal(await text('.controls .ends b'), clock(810 + length));
  assert.equal(await text('.fin .at'), clock(810 + length));
  assert.equal(new URL(page.url()).hash, '#start=13:30');
  // it outlives a reload and a link within the page, and is stored nowhere
  await page.reload();
  assert.equal(await page.locator('#start').inputValue(), '13:30');
  await page.locator('.strip a').nth(2).click();
  assert.equal(await page.evaluate(() => document.getElementById('item-3').getBoundingClientRect().top < innerHeight), true);
  assert.equal(new URL(page.url()).hash, '#start=13:30');
  assert.equal(await text('.fin .at'), clock(810 + length));
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, '']);
  await page.locator('#start').fill('');
  assert.equal((await timeline(page)).parts[1].at, parts[1].at);
  assert.equal(new URL(page.url()).hash, '');
  await close();
});

test('where clocks have twelve hours, so have the plans', async () => {
  const { page, text, close } = await open(`${SESSION}#start=12:45`, { locale: 'en-US' });
  const { parts, length } = await timeline(page);
  const late = 765 + length - 720;
  assert.equal(parts[0].at, '12:45');
  assert.equal(await text('.fin .at'), `${Math.floor(late / 60) || 12}:${two(late % 60)}`);
  await close();
});

test('an address that makes no sense changes nothing', async () => {
  const { page, close } = await open(`${SESSION}#start=99:99&depth=deep&part=x&since=y`);
  assert.equal((await timeline(page)).parts[1].at.startsWith('0:'), true);
  assert.equal(await page.locator('html').getAttribute('data-depth'), 'script');
  await close();
});

/** What is seen of each kind of step, and how much of what is said. */
const seen = page => page.evaluate(() => {
  const visible = selector => [...document.querySelectorAll(`.agenda ${selector}`)].filter(each => each.checkVisibility() && each.getClientRects().length && each.getBoundingClientRect().height > 0).length;
  const lines = [...document.querySelectorAll('.agenda .say .out')].map(each => each.getBoundingClientRect().height / parseFloat(getComputedStyle(each).lineHeight));
  return { say: visible('.say .out'), ask: visible('.ask .out'), do: visible('.do .out'), watch: visible('.watch'), give: visible('.give'), titles: visible('h3'), lines: Math.max(...lines.map(Math.round)), ready: document.querySelector('.ready').checkVisibility(), foot: document.querySelector('.sheet-foot').checkVisibility() };
});

for (const media of ['screen', 'print']) {
  test(`three depths of one plan, on ${media}`, async () => {
    const { page, close } = await open(SESSION);
    await page.emulateMedia({ media });
    const depth = async label => {
      if (media === 'print') await page.emulateMedia({ media: 'screen' });
      await page.locator('.seg label', { hasText: label }).click();
      await page.emulateMedia({ media });
      return seen(page);
    };
    const full = await depth('Full script');
    assert.ok(full.say && full.ask && full.do && full.watch && full.lines > 1 && full.ready && !full.foot, JSON.stringify(full));
    const points = await depth('Key points');
    assert.deepEqual([points.say, points.ask, points.do, points.lines], [full.say, full.ask, full.do, 1], 'all of it, and one line of what is said');
    const sheet = await depth('Run sheet');
    assert.deepEqual([sheet.say, sheet.ask, sheet.do], [0, 0, 0]);
    assert.deepEqual([sheet.watch, sheet.titles, sheet.ready, sheet.foot], [full.watch, full.titles, false, true]);
    assert.equal(new URL(page.url()).hash, '#depth=sheet');
    await page.emulateMedia({ media: 'screen' });
    await page.reload();
    await page.emulateMedia({ media });
    assert.deepEqual(await seen(page), sheet, 'the depth is in the address');
    await close();
  });
}

test('the depth of the page is not that of run mode', async () => {
  const { page, close } = await open(`${SESSION}#start=10:00&depth=sheet&run=1&part=1&since=10:10&now=10:11`);
  assert.equal(await page.locator('.run .steps .out').first().isVisible(), true);
  // what is printed from there is the plan
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.run').isVisible(), false);
  assert.equal(await page.locator('.agenda h3').first().isVisible(), true);
  await close();
});

for (const format of ['A4', 'Letter']) {
  test(`the run sheet of every session is one page of ${format}, with its start and without`, async () => {
    const { page, close } = await open(SESSION);
    for (const path of SESSIONS) {
      await page.goto(`${fileUrl(path)}#depth=sheet`);
      for (const start of ['', '10:00']) {
        await page.locator('#start').fill(start);
        const pdf = (await page.pdf({ format })).toString('latin1');
        assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1, `${path}, start: ${start}`);
      }
    }
    await close();
  });
}

test('without JavaScript: the whole script, times since the start, the way to the screen, and no control that does nothing', async () => {
  const { page, close } = await open(SESSION, { javaScriptEnabled: false });
  const { parts } = await timeline(page);
  assert.equal(parts[0].at, '0:00');
  for (const control of ['#start', '.seg', '#go', '[data-print]', '#afresh']) assert.equal(await page.locator(control).isVisible(), false, control);
  assert.equal(await page.locator('.say .out').first().isVisible(), true);
  const href = await page.locator('.controls a[target]').getAttribute('href');
  assert.ok(existsSync(new URL(href, fileUrl(SESSION))), href);
  await close();
});

test('print prints', async () => {
  const { page, close } = await open(SESSION);
  await page.evaluate(() => { globalThis.printed = 0; globalThis.print = () => { globalThis.printed += 1; }; });
  await page.locator('[data-print]').click();
  assert.equal(await page.evaluate(() => globalThis.printed), 1);
  await close();
});

test('search over the guide: finds what members do not read, and leads to its place', async () => {
  const guide = pages('facilitator').find(path => path.endsWith('/search.html')), read = path => JSON.parse(readFileSync(join(SITE, dirname(path), 'static/search-index.js'), 'utf8').replace(/^copebookIndex\(|\);\n$/g, ''));
  const words = index => index.words.split(' ').map(entry => entry.split(',')[0]);
  const members = new Set(words(read(pages('members').find(path => path.endsWith('/search.html')))));
  const own = words(read(guide)).filter(word => /^[a-z]{7,}$/.test(word) && !members.has(word));
  assert.ok(own.length > 100, 'the guide has hardly a word of its own');
  const { page, close } = await open(guide);
  const asked = [];
  page.on('request', request => asked.push(request.url()));
  for (const word of own.slice(0, 5)) {
    await page.locator('#find').fill(word);
    const first = page.locator('.found ol a').first();
    const [path, anchor] = (await first.getAttribute('href')).split('#');
    const html = readFileSync(join(SITE, dirname(guide), path), 'utf8');
    assert.ok(html.toLowerCase().includes(word), `${word} is not on ${path}`);
    if (anchor) assert.ok(html.includes(`id="${anchor}"`), `${path} has no ${anchor}`);
  }
  assert.deepEqual(asked, []);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0);
  await page.locator('#find').fill('zzzqqq');
  await page.waitForFunction(() => document.querySelector('.find [role=status]').textContent);
  assert.equal(await page.locator('.found ol a').count(), 0);
  await close();
});
