// A handout in one file, as it is attached to a message: opened from a disk it is read, filled in, saved, opened again and
// printed, asks nobody for anything, and leads to no page that is not there.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROGRAM, course } from './course.mjs';

const small = course();
process.env.COPEBOOK_SITE = small.site; // support.mjs reads it once, so it is loaded after
const { axe, RULES, fileUrl, launch } = await import('./support.mjs');

const folder = mkdtempSync(join(tmpdir(), 'copebook-single-'));
const theme = process.env.COPEBOOK_THEME ? ['--theme', process.env.COPEBOOK_THEME] : [];
const pack = (source, out) => execFileSync(PROGRAM, ['pack', source, '--out', join(folder, out), ...theme], { stdio: ['ignore', 'ignore', 'pipe'] });
writeFileSync(join(small.source, 'modules/skills/dot.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>');
appendFileSync(join(small.source, 'modules/skills/second.md'), '\n![A dot](dot.svg) See [the sheet](sheet.md).\n');
pack(small.source, 'small');
pack(new URL('../../curricula', import.meta.url).pathname, 'real');
const FILES = ['small', 'real'].flatMap(out => readdirSync(join(folder, out, 'members')).filter(name => name.endsWith('-handouts'))
  .flatMap(name => readdirSync(join(folder, out, 'members', name)).map(file => join(folder, out, 'members', name, file))));
const SHEET = FILES.find(file => file.endsWith('/sheet.html')), BREATH = FILES.find(file => file.endsWith('/breath.html'));
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); rmSync(folder, { recursive: true }); small.remove(); });

/** Opens a file by a double click; what it asks for, and what its policy had to stop, is kept. */
async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage(), asked = [], wrong = [];
  page.on('request', request => { if (!request.url().startsWith('data:')) asked.push(request.url()); });
  page.on('pageerror', error => wrong.push(error.message));
  page.on('console', message => { if (message.type() === 'error') wrong.push(message.text()); });
  const address = file.startsWith('http') ? file : pathToFileURL(file).href;
  await page.goto(address);
  return { page, asked, wrong, address, close: () => context.close() };
}
const values = page => page.evaluate(() => Object.fromEntries([...document.forms[0].elements].filter(e => e.name)
  .map(e => [e.type === 'textarea' ? e.name : `${e.name}=${e.value}`, e.type === 'textarea' ? e.value : e.checked])));
const fill = page => page.evaluate(() => {
  [...document.querySelectorAll('form.sheet textarea')].forEach((e, i) => { e.value = `answer ${i}`; e.dispatchEvent(new InputEvent('input', { bubbles: true })); });
  const choices = document.querySelectorAll('form.sheet :is(input[type=radio], input[type=checkbox])');
  for (const nth of [3, 11, 13, 14]) choices[nth].click();
});
async function save(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-act=save]').click()]);
  return readFileSync(await download.path(), 'utf8');
}
const choose = (page, text) => page.locator('.acts input[type=file]').setInputFiles({ name: 'answers.json', mimeType: 'application/json', buffer: Buffer.from(text) });

test('every one asks for itself alone, breaks no rule of its policy, has styles, numbers to call and a way out, and leads nowhere else', async () => {
  assert.ok(FILES.length > 15);
  for (const file of FILES) {
    const { page, asked, wrong, address, close } = await open(file);
    const seen = await page.evaluate(() => ({
      styled: getComputedStyle(document.querySelector('.bar')).position,
      links: [...document.querySelectorAll('a')].map(link => link.getAttribute('href')),
      lost: [...document.querySelectorAll('a[href^="#"]')].map(link => decodeURIComponent(link.getAttribute('href').slice(1))).filter(id => !document.getElementById(id)),
      refers: document.querySelectorAll('link[href]:not([href="data:,"]), script[src], img:not([src^="data:"]), iframe, [srcset]').length,
      calls: document.querySelectorAll('.crisis a[href^="tel:"]').length,
      kept: localStorage.length + sessionStorage.length + document.cookie.length,
      wide: document.documentElement.scrollWidth - innerWidth,
    }));
    assert.deepEqual(asked, [address], file);
    assert.deepEqual(wrong, [], file);
    assert.notEqual(seen.styled, 'static', `${file} has no styles`);
    assert.deepEqual(seen.links.filter(href => !/^(#|https?:|tel:|sms:|mailto:)/.test(href)), [], file);
    assert.deepEqual([seen.lost, seen.refers, seen.kept], [[], 0, 0], file);
    assert.ok(seen.calls > 0 && seen.wide <= 0, `${file}: ${JSON.stringify(seen)}`);
    assert.ok(await page.locator('a.leave').isVisible() && await page.locator('a[href="#help"]').isVisible(), file);
    assert.ok(statSync(file).size < 115_000, `${file} has ${statSync(file).size} bytes`);
    await close();
  }
});

test('its policy stops what the file does not hold', async () => {
  const { page, wrong, close } = await open(SHEET);
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    try { script.textContent = 'window.ran = true'; document.head.append(script); } catch { /* no words may become a script */ }
    const image = new Image();
    const loaded = new Promise(done => { image.onload = () => done(true); image.onerror = () => done(false); });
    image.src = 'https://example.org/x.png';
    let sent = true;
    try { await fetch('https://example.org/'); } catch { sent = false; }
    return [window.ran ?? false, await loaded, sent];
  });
  assert.deepEqual(ran, [false, false, false]);
  assert.ok(wrong.some(words => words.includes('Content Security Policy')), 'it is the policy that stopped them');
  await close();
});

test('its picture is in it, and a link to another handout is plain words', async () => {
  const { page, close } = await open(FILES.find(file => file.endsWith('/second.html')));
  assert.equal(await page.locator('img').evaluate(async image => { await image.decode(); return image.naturalWidth; }), 40);
  assert.ok(await page.getByText('See the sheet.').isVisible());
  assert.equal(await page.getByRole('link', { name: 'the sheet' }).count(), 0);
  await close();
});

test('it is filled in and saved to a file, which opens in it again, and on the page of the site', async () => {
  const first = await open(SHEET);
  await fill(first.page);
  const written = await values(first.page);
  assert.ok(Object.values(written).filter(Boolean).length > 10);
  assert.equal(await first.page.locator('[data-act=device]').isVisible(), false, 'nothing is kept where other files could read it');
  const text = await save(first.page);
  await first.close();
  for (const address of [SHEET, new URL(fileUrl('members/handouts/skills/sheet.html')).pathname]) {
    const { page, wrong, close } = await open(address);
    await choose(page, text);
    await page.locator('[data-act=replace]').click();
    assert.deepEqual(await values(page), written, address);
    assert.deepEqual(wrong, []);
    await close();
  }
});

test('shown by a website, such as a portal, it keeps nothing there', async () => {
  const host = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(SHEET)));
  await new Promise(done => host.listen(0, '127.0.0.1', done));
  const { page, wrong, close } = await open(`http://127.0.0.1:${host.address().port}/message/1`);
  await fill(page);
  await page.locator('[data-act=keep]').click();
  assert.equal(await page.locator('[data-act=device]').isVisible() || await page.locator('[data-act=tab]').isVisible(), false);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  assert.deepEqual(wrong, []);
  await close();
  host.close();
});

test('it prints with what was written, whom to call and its name at the foot, and without buttons', async () => {
  const { page, close } = await open(SHEET);
  await fill(page);
  await page.emulateMedia({ media: 'print' });
  const { left, right } = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return { left: style.getPropertyValue('--left'), right: style.getPropertyValue('--right') };
  });
  assert.match(left + right, /246 8024/);
  assert.match(left + right, /A secret title/);
  for (const chrome of ['.bar', 'button', '.skip']) {
    for (const part of await page.locator(chrome).all()) assert.ok(!await part.isVisible(), `${chrome} is printed`);
  }
  assert.equal(await page.locator('textarea').first().inputValue(), 'answer 0');
  assert.ok((await page.pdf({ format: 'A4', preferCSSPageSize: true })).length > 10_000);
  await close();
});

test('the breath runs, and leaving blanks the page and forgets what was typed', async () => {
  const breath = await open(BREATH);
  await breath.page.locator('.go-btn').first().click();
  await breath.page.waitForSelector('.hill .ball');
  await breath.close();
  const { page, close } = await open(SHEET);
  await fill(page);
  await page.route(/^https:/, route => route.fulfill({ body: 'weather' }));
  await page.locator('a.leave').click();
  await page.waitForURL(/^https:/);
  await page.goBack().catch(() => {});
  assert.doesNotMatch(page.url(), /sheet\.html/, 'it is not in the history');
  await close();
});

test('axe finds nothing, light and dark; it reads without JavaScript', async () => {
  for (const file of [SHEET, BREATH, FILES.at(-1)]) {
    const { page, close } = await open(file, { bypassCSP: true });
    await page.evaluate(axe);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(values => window.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), RULES);
      assert.deepEqual(found.violations.map(v => `${v.id}: ${v.nodes[0].html}`), [], `${file}, ${colorScheme}`);
    }
    await close();
    const bare = await open(file, { javaScriptEnabled: false });
    assert.ok((await bare.page.locator('main').innerText()).length > 100);
    await bare.close();
  }
});
