// Search over the member site: what it finds, in which order, by keyboard and screen reader, from a disk and from a server.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SITE, fileUrl, launch, pages, serve } from './support.mjs';

const SEARCH = pages('members').find(path => path.endsWith('/search.html') && !path.includes('/es/'));
const INDEX = join(SITE, dirname(SEARCH), 'static/search-index.js');
const index = JSON.parse(readFileSync(INDEX, 'utf8').replace(/^copebookIndex\(|\);\n$/g, ''));

/* A site of the test's own, over the list of the real one: which words stand where is known here. */
const [A, B, C, D] = index.pages.slice(-4).map(page => page.u);
const OWN = {
  pages: [{ u: A, t: 'Calm nights', p: '' }, { u: B, t: 'Getting out', p: '' }, { u: C, t: 'A walk', p: '' }, { u: D, t: 'More', p: '' }],
  parts: [[0, '', ''], [1, '', ''], [1, 'Calm roads', 's-calm-roads'], [2, '', ''], [2, 'Why', 's-why'], [3, '', '']],
  words: 'angst,3 ängste,4 bauchatmung,4 calm,0,2,2,1 calming,5 calms,3 crème,5 don\'t,4 nights,0 roads,2 résumé,3 straße,5 why,4 النَّوم,5',
};

let browser, host;
before(async () => { browser = await launch(); host = await serve(); });
after(async () => { await browser.close(); host.close(); });

async function open(url, own, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, ...options });
  const page = await context.newPage();
  const asked = [], errors = [];
  page.on('request', request => asked.push(request.url()));
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => { if (message.type() === 'error') errors.push(message.text()); });
  if (own) await page.route('**/search-index.js', route => route.fulfill({ contentType: 'text/javascript', body: `copebookIndex(${JSON.stringify(own)});` }));
  await page.goto(url);
  const field = page.locator('#find');
  const results = async words => {
    await field.fill(words);
    return page.locator('.found ol a').evaluateAll(links => links.map(link => link.getAttribute('href')));
  };
  return { page, field, results, asked, errors, close: () => context.close() };
}

for (const [from, url] of [['a disk', () => fileUrl(SEARCH)], ['a server', () => host.url(SEARCH)]]) {
  test(`from ${from}: finds a page by its title, its words and a slip of the finger; keeps the address and asks for nothing`, async () => {
    const { page, results, asked, errors, close } = await open(url());
    const before = page.url(), [, word] = [...index.words.matchAll(/(\p{L}{6,}),/gu)].find(([, word]) => index.pages.some(found => found.t.toLowerCase().split(' ').includes(word)));
    const title = index.pages.find(found => found.t.toLowerCase().split(' ').includes(word)).t;
    const loaded = asked.length;
    await results(title);
    assert.equal(await page.locator('.found ol a').first().textContent(), title);
    const slip = word.slice(0, 2) + word[3] + word[2] + word.slice(4);
    const plain = await results(word);
    assert.ok(plain.length > 0, word);
    if (!index.words.includes(` ${slip},`)) assert.ok((await results(slip)).some(href => plain.includes(href)), `${slip} does not find what ${word} finds`);
    assert.equal(page.url(), before);
    assert.equal(asked.length, loaded, 'typing asks for something');
    assert.deepEqual(errors, []);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0);
    await close();
  });
}

test('title before heading before text, whole words before beginnings before slips; a heading is said and linked to', async () => {
  const { page, results, close } = await open(host.url(SEARCH), OWN);
  assert.deepEqual(await results('calm'), [A, `${B}#s-calm-roads`, `${C}#s-why`, D]);
  const cards = page.locator('.found ol li');
  assert.match(await cards.nth(1).innerText(), /Calm roads/);
  assert.doesNotMatch(await cards.nth(0).innerText(), /“/);
  assert.deepEqual(await results('caml'), [A, `${B}#s-calm-roads`, `${C}#s-why`, D], 'two letters that changed places');
  assert.deepEqual(await results('nigths'), [A]);
  assert.deepEqual(await results('roadz'), [`${B}#s-calm-roads`]);
  await close();
});

test('accents, capitals, apostrophes and joined words do not stand in the way', async () => {
  const { results, close } = await open(host.url(SEARCH), OWN);
  assert.deepEqual(await results('RESUME'), [C]);
  assert.deepEqual(await results('resumé'), [C]);
  assert.deepEqual(await results('dont'), [`${C}#s-why`]);
  assert.deepEqual(await results('don’t'), [`${C}#s-why`]);
  assert.deepEqual(await results('strasse'), [D]);
  assert.deepEqual(await results('atmung'), [`${C}#s-why`], 'inside a joined word');
  assert.deepEqual(await results('النوم'), [D], 'without vowel marks');
  assert.deepEqual(await results('angst'), [C]);
  await close();
});

test('several words: pages with all of them, or else with any', async () => {
  const { results, close } = await open(host.url(SEARCH), OWN);
  assert.deepEqual(await results('calm nights'), [A]);
  assert.deepEqual(await results('nights roads').then(found => found.sort()), [A, `${B}#s-calm-roads`].sort());
  assert.deepEqual(await results('calm qqqq').then(found => found.length), 4, 'one unknown word hides nothing');
  await close();
});

test('nothing found is said, and the list stays; an empty field brings it back', async () => {
  const { page, field, results, close } = await open(fileUrl(SEARCH));
  const status = page.locator('[role=status]').first(), list = page.locator('.everything');
  assert.deepEqual(await results('qqqqqqq'), []);
  await page.waitForFunction(() => document.querySelector('.find [role=status]').textContent);
  assert.equal(await status.textContent(), await page.locator('.find').getAttribute('data-none'));
  assert.ok(await list.isVisible());
  const found = await results(index.pages[0].t);
  await page.waitForFunction(() => /\d/.test(document.querySelector('.find [role=status]').textContent));
  assert.match(await status.textContent(), new RegExp(`\\b${found.length}\\b`));
  assert.ok(!await list.isVisible());
  await field.fill('');
  assert.ok(await list.isVisible());
  assert.ok(!await page.locator('.found').isVisible());
  await close();
});

test('what is typed is text: brackets, tags and very long words do no harm', async () => {
  const { page, results, errors, close } = await open(host.url(SEARCH), { ...OWN, pages: OWN.pages.map(page => ({ ...page, t: page.t.replace('Getting', '<img src=x onerror=alert(1)> Getting') })) });
  for (const words of ['(', '[a-z', '\\', '.*', '<b>x</b>', '$&', '__proto__', 'constructor', 'a'.repeat(500), '😀 \u0000']) await results(words);
  assert.deepEqual(await results('getting'), [B]);
  assert.equal(await page.locator('.found img').count(), 0);
  assert.deepEqual(errors, []);
  await close();
});

test('by keyboard: Enter and the arrows go to what was found and back, Escape clears', async () => {
  const { page, field, close } = await open(fileUrl(SEARCH));
  const active = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  await field.focus();
  await page.keyboard.type(index.pages[0].t.split(' ')[0].toLowerCase());
  const titles = await page.locator('.found ol a').allTextContents();
  assert.ok(titles.length > 0);
  await page.keyboard.press('Enter');
  assert.equal(await active(), titles[0]);
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(), 'find');
  for (let i = 0; i < titles.length + 2; i += 1) await page.keyboard.press('ArrowDown');
  assert.equal(await active(), titles.at(-1), 'the last one holds');
  await page.keyboard.press('Escape');
  assert.equal(await active(), 'find');
  assert.equal(await field.inputValue(), '');
  await page.keyboard.type(index.pages[0].t);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.waitForURL(url => !url.pathname.endsWith('search.html'));
  await close();
});

test('who looks for words of a crisis gets the way to help first', async () => {
  const { page, results, close } = await open(fileUrl(SEARCH));
  const [first, second] = (await page.locator('.find').getAttribute('data-help')).split(' ');
  for (const words of [first, second.toUpperCase(), `qqqq ${first} qqqq`]) {
    assert.equal((await results(words))[0], 'help.html', words);
    assert.ok(await page.locator('.found').isVisible());
  }
  assert.ok(!(await results(index.pages[0].t)).includes('help.html'));
  await close();
});

test('leaving forgets what was looked for, and without JavaScript there is the list alone', async () => {
  const { page, results, close } = await open(host.url(SEARCH));
  assert.ok((await results(index.pages[0].t)).length > 0);
  // what page.js does on the way out
  await page.evaluate(() => { for (const form of document.forms) form.reset(); });
  await page.waitForFunction(() => document.querySelector('#find').value === '' && document.querySelector('.found').hidden);
  await close();
  const plain = await open(fileUrl(SEARCH), null, { javaScriptEnabled: false });
  assert.ok(!await plain.field.isVisible());
  assert.equal(await plain.page.locator('.everything li').count(), index.pages.length);
  await plain.close();
});

test('every page and heading of the index exists, and stands in the list', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(fileUrl(SEARCH));
  const listed = await page.locator('.everything a').evaluateAll(links => links.map(link => link.getAttribute('href')));
  assert.deepEqual(index.pages.map(found => found.u).filter(u => !listed.includes(u)), []);
  index.pages.forEach(({ u }, number) => {
    const file = join(SITE, dirname(SEARCH), decodeURIComponent(u));
    assert.ok(existsSync(file), u);
    const html = readFileSync(file, 'utf8');
    for (const [, heading, anchor] of index.parts.filter(([of]) => of === number)) if (anchor) assert.ok(html.includes(`id="${anchor}"`), `${u} has no ${anchor} (${heading})`);
  });
  await context.close();
});

test('search and its index are small', () => {
  const bytes = statSync(INDEX).size + statSync(join(SITE, dirname(SEARCH), 'static/search.js')).size;
  assert.ok(bytes < 60 * 1024, `${bytes} bytes`);
});
