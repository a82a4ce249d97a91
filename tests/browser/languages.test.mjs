// A second language: the switch keeps the page and what was written, marks are right, and search finds the language's words.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { course } from './course.mjs';

const QUESTIONS = `- line: ¿Dónde estabas?
- lines: ¿Qué pasaba?
  height: 3
- line: ¿Dónde estabas?
- scale: ¿Qué tan mal estabas?
  from: 0
  to: 10
  low: calma
  high: lo peor
- check: ¿Qué usaste?
  options: [Vista, Tacto, Olfato]
  other: true
- choose: ¿Ayudó?
  options: [Todavía no, Un poco]
  other: true
- yes_no: ¿Lo usarás otra vez?
  if_yes: ¿Cuándo?
  if_no: ¿Qué en su lugar?
- plan: Mi plan
  slots: [Primera señal, Qué hago]
- table: Cada vez
  columns: [Dónde, Antes 0-10]
  rows: 3
- table: Cada día
  columns: [Día, Dónde]
  rows: [Lunes, Martes]
- grid: ¿Qué tan bien los conoces?
  items: [Decir no, Pedir]
  options: [Mal, Bien]
- list: Lo que me calma
  count: 2
- blanks: Primero noto ____, luego yo ____.
`;
const more = {
  'curriculum.es.yml': 'title: Pasos pequeños\nsummary: Un curso de prueba.\nconfidentiality: Es privado.\ncrisis: [ { line: Test line, name: Línea de prueba, hours: siempre } ]\n',
  'modules/skills/module.es.yml': 'title: Habilidades\n',
  'modules/skills/sheet.es.md': `---\ntitle: Una ficha\n---\nEscribe qué te da preocupación y cómo respiras.\n\n::: worksheet Mirar atrás\n${QUESTIONS}:::\n`,
};
// the key stands behind that of the language
const small = course({ language: 'en\ntranslations: [ es ]', more });
process.env.COPEBOOK_SITE = small.site; // support.mjs reads it once, so it is loaded after
const { axe, fileUrl, launch, serve } = await import('./support.mjs');

const SHEET = 'members/handouts/skills/sheet.html', ES = 'members/es/handouts/skills/sheet.html', BREATH = 'members/es/handouts/skills/breath.html';
let browser, host;
before(async () => { [browser, host] = await Promise.all([launch(), serve()]); });
after(async () => { await browser.close(); host.close(); small.remove(); });

async function open(path, address = host.url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  page.on('pageerror', error => { throw error; });
  await page.goto(address(path));
  return page;
}
const to = async (page, name) => { await page.locator('.languages').getByText(name).click(); await page.waitForLoadState(); };
const at = (page, act) => page.locator(`[data-act=${act}]`);
/** Every control and what it holds, by its place. */
const values = page => page.evaluate(() => Object.fromEntries([...document.forms[0].elements].filter(e => e.name)
  .map(e => [e.type === 'textarea' ? e.name : `${e.name}=${e.value}`, e.type === 'textarea' ? e.value : e.checked])));
/** Answers one question of each kind, and a row that the table did not have. */
const write = async page => {
  const texts = page.locator('form textarea:visible');
  const add = page.locator('.grow').first();
  await add.click();
  await texts.first().waitFor();
  for (let i = 0; i < await texts.count(); i += 1) await texts.nth(i).fill(`answer ${i}`);
  for (const choice of await page.locator('form input[type=radio]').all()) await choice.evaluate(e => { if (e.value === '2' || e.value === 'no') { e.click(); } });
  for (const choice of await page.locator('form input[type=checkbox]').all()) await choice.evaluate((e, n) => e.click(), 0);
};

test('the switch keeps the page, and each language is named in itself', async () => {
  const page = await open(SHEET);
  const languages = () => page.locator('.languages li > *').evaluateAll(all => all.map(e => [e.textContent, e.lang, e.hreflang ?? '', e.getAttribute('aria-current')]));
  assert.deepEqual(await languages(), [['English', 'en', '', 'true'], ['Español', 'es', 'es', null]]);
  await to(page, 'Español');
  assert.equal(page.url(), host.url(ES));
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'es');
  assert.equal(await page.locator('h1').innerText(), 'Una ficha');
  await to(page, 'English');
  assert.equal(page.url(), host.url(SHEET));
});

test('what is kept on this device is there in the other language, each answer in its place', async () => {
  const page = await open(SHEET);
  await write(page);
  await at(page, 'keep').click();
  await at(page, 'device').click();
  const english = await values(page);
  assert.ok(Object.values(english).filter(Boolean).length > 25, 'the test has answered little');
  await to(page, 'Español');
  assert.deepEqual(await values(page), english);
  assert.ok(await page.locator('.earlier').isHidden(), 'an answer has lost its place');
  assert.match(await page.locator('.notice').innerText(), /^(?!.*cambi)/, 'nothing has changed');
  // what is changed there is changed here
  await page.locator('form textarea').first().fill('una respuesta');
  await page.locator('form input[type=checkbox]').first().click();
  await page.waitForTimeout(700);
  const spanish = await values(page);
  await to(page, 'English');
  assert.deepEqual(await values(page), spanish);
  assert.notDeepEqual(spanish, english);
});

test('what is kept nowhere goes along to the other language, and stays nowhere', async () => {
  const page = await open(SHEET);
  let asked = 0;
  page.on('dialog', dialog => { asked += 1; dialog.accept(); });
  await write(page);
  const english = await values(page);
  await to(page, 'Español');
  assert.deepEqual(await values(page), english);
  assert.equal(asked, 0);
  assert.deepEqual(await page.evaluate(() => [{ ...sessionStorage }, { ...localStorage }]), [{}, {}]);
  // it is as unsaved as before: closing the page would ask
  await page.reload();
  assert.equal(asked, 1);
  assert.equal((await values(page))['w-1-1'], '');
});

test('a file saved in one language opens in the other', async () => {
  const page = await open(SHEET);
  await write(page);
  const download = page.waitForEvent('download');
  await at(page, 'save').click();
  const path = join(small.site, 'saved.json');
  await (await download).saveAs(path);
  const english = await values(page);
  const other = await open(ES);
  await other.locator('input[type=file]').setInputFiles(path);
  await at(other, 'replace').click();
  assert.deepEqual(await values(other), english);
});

test('from a disk the switch works, and nothing is carried in the browser', async () => {
  const page = await open(SHEET, fileUrl);
  let asked = 0;
  page.on('dialog', dialog => { asked += 1; dialog.accept(); });
  await page.locator('form textarea').first().pressSequentially('one');
  await to(page, 'Español');
  assert.equal(page.url(), fileUrl(ES));
  assert.equal(asked, 1);
  assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0);
});

test('a page without a translation says so, and its words are marked', async () => {
  const page = await open(BREATH);
  assert.match(await page.locator('.standing').innerText(), /todavía no está en español/);
  assert.equal(await page.locator('h1').getAttribute('lang'), 'en');
  assert.equal(await page.locator('.doc > .text').first().getAttribute('lang'), 'en');
  assert.equal(await page.locator('.go-btn').first().evaluate(e => e.closest('[lang]').lang), 'es', 'buttons are in the language of the page');
});

test('search finds Spanish words, with and without their accents', async () => {
  for (const address of [host.url, fileUrl]) {
    for (const typed of ['preocupación', 'preocupacion', 'RESPIRAS']) {
      const page = await open('members/es/search.html', address);
      await page.locator('#find').fill(typed);
      await page.locator('.found .card').first().waitFor();
      assert.equal(await page.locator('.found .card h3').first().innerText(), 'Una ficha', typed);
      await page.locator('.found .card a').first().click();
      assert.ok(page.url().includes('/members/es/handouts/skills/sheet.html'), page.url());
      await page.context().close();
    }
  }
});

test('pages in both languages have no fault that axe can find', async () => {
  for (const path of [ES, BREATH, 'members/es/index.html', 'members/es/sessions/01-start.html', 'members/es/workbook.html', 'facilitator/handouts/skills/sheet.es.html', 'facilitator/handouts/skills/sheet.html']) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open(path, host.url, { bypassCSP: true, colorScheme });
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), [], path);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is wider than the screen`);
      await page.context().close();
    }
  }
});
