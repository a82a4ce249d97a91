// Worksheets: what a member writes stays where the member wants it, and is nowhere lost.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { course } from './course.mjs';

const small = course();
// the same course after its author has changed the worksheet
const changed = course({ questions: `- line: A new question
- line: Where were you?
- lines: What was going on?
- check: What did you use?
  options: [Touch, Smell]
- scale: How upset were you?
  from: 0
  to: 2
` });
process.env.COPEBOOK_SITE = small.site; // support.mjs reads it once, so it is loaded after
const { fileUrl, launch, serve } = await import('./support.mjs');

const SHEET = 'members/handouts/skills/sheet.html', SECOND = 'members/handouts/skills/second.html', HELP = 'members/help.html';
const PREFIX = 'cb1:/members/:';
let browser, host;
before(async () => { [browser, host] = await Promise.all([launch(), serve()]); });
after(async () => { await browser.close(); host.close(); small.remove(); changed.remove(); });

/** A new reader. What goes wrong in a script, or is asked of another address, fails the test. */
async function reader(options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const wrong = [];
  context.on('weberror', error => wrong.push(error.error().message));
  context.on('request', request => { if (request.method() !== 'GET') wrong.push(`${request.method()} ${request.url()}`); });
  const open = async (path = SHEET, address = host.url) => {
    const page = await context.newPage();
    await page.goto(address(path));
    return page;
  };
  return { context, open, close: async () => { await context.close(); assert.deepEqual(wrong, []); } };
}
const at = (page, act) => page.locator(`[data-act=${act}]`);
const keep = async (page, where) => { await at(page, 'keep').click(); await at(page, where).click(); };
const reply = page => page.locator('.reply [role=status]').innerText();
const notice = page => page.locator('.notice').innerText();
/** The page's own word for something it says. */
const word = (page, name) => page.locator('.acts').getAttribute(`data-${name}`);
const first = page => page.locator('textarea').first();
const stored = page => page.evaluate(() => ({ ...localStorage }));
const saved = (page, area = 'localStorage') => page.evaluate(([area, prefix]) => {
  const key = Object.keys(window[area]).find(key => key.startsWith(prefix) && !key.includes('.bad'));
  return key ? JSON.parse(window[area][key]) : null;
}, [area, PREFIX]);
const until = (page, what, text) => page.waitForFunction(([what, text]) => document.querySelector(what)?.innerText.includes(text), [what, text]);
const untilKept = (page, text) => page.waitForFunction(text => Object.values(localStorage).some(kept => kept.includes(text)), text);
/** Longer than a worksheet waits before it keeps what was typed. */
const pause = page => page.waitForTimeout(700);

/** Every control and what it holds. */
const values = page => page.evaluate(() => Object.fromEntries([...document.forms[0].elements].filter(e => e.name)
  .map(e => [e.type === 'textarea' ? e.name : `${e.name}=${e.value}`, e.type === 'textarea' ? e.value : e.checked])));
/** Answers every question, each differently. */
async function fill(page) {
  await page.evaluate(() => {
    [...document.querySelectorAll('form.sheet textarea')].forEach((e, i) => { e.value = `answer ${i}`; e.dispatchEvent(new InputEvent('input', { bubbles: true })); });
    const choices = document.querySelectorAll('form.sheet :is(input[type=radio], input[type=checkbox])');
    for (const nth of [3, 11, 13, 14, 16, 18, 20, 23]) choices[nth].click();
  });
}
async function save(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), at(page, 'save').click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}
const choose = (page, text, name = 'answers.json') =>
  page.locator('.acts input[type=file]').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

describe('worksheets', { concurrency: 3 }, () => {
  test('reading and writing keep nothing, and put nothing into the address, the title or the history', async () => {
    for (const address of [host.url, fileUrl]) {
      const { open, close } = await reader();
      const page = await open(SHEET, address);
      await fill(page);
      await pause(page);
      const seen = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, history.state, document.title, location.href].join());
      assert.doesNotMatch(seen, /answer/);
      assert.match(seen, /^0,0,,,/);
      await close();
    }
  });

  test('every kind of answer is kept on this device, for this worksheet alone, and is there again', async () => {
    const { open, close } = await reader();
    const page = await open();
    assert.equal(await at(page, 'device').isVisible(), false, 'the choice waits behind a button');
    await fill(page);
    const written = await values(page);
    assert.equal(Object.values(written).filter(Boolean).length, Object.keys(written).filter(name => !name.includes('=')).length + 8);
    await at(page, 'keep').click();
    assert.match(await page.locator('.who').innerText(), /127\.0\.0\.1/, 'who could read it is said first');
    await at(page, 'device').click();
    assert.equal(await reply(page), await word(page, 'state_device'));
    await first(page).fill('changed after that');
    await untilKept(page, 'changed after that');
    const now = await values(page);
    await page.reload();
    assert.deepEqual(await values(page), now);
    assert.equal(await first(page).inputValue(), 'changed after that');
    assert.match(await notice(page), /20\d\d/, 'of when they are is said');
    assert.equal(await page.locator('.state').innerText(), await word(page, 'state_device'));
    const keys = Object.keys(await stored(page));
    assert.equal(keys.length, 1);
    assert.match(keys[0], /^cb1:\/members\/:[0-9a-f]{12}$/, 'the name says nothing of what is kept');
    const second = await open(SECOND);
    assert.equal(await first(second).inputValue(), '');
    await first(page).fill('');
    await page.waitForFunction(() => !Object.values(localStorage)[0].includes('changed after that'));
    await page.reload();
    assert.deepEqual(await page.locator('textarea').evaluateAll(all => [all[0].value, all[2].value]), ['', 'answer 2'], 'of two questions with the same words, each has its own');
    const book = await open('members/workbook.html');
    assert.equal(await book.locator('textarea').nth(1).inputValue(), 'answer 1', 'the workbook prints them too');
    assert.equal(await book.locator('.acts').count(), 0, 'and leaves the rest to the page of each');
    await close();
  });

  test('kept until the tab is closed: there after a reload, not in another tab', async () => {
    const { open, close } = await reader();
    const page = await open();
    await first(page).fill('for now');
    await keep(page, 'tab');
    await page.reload();
    assert.equal(await first(page).inputValue(), 'for now');
    assert.deepEqual(await stored(page), {});
    assert.equal(await first(await open()).inputValue(), '');
    await keep(page, 'device');
    assert.equal((await saved(page)).answers[0].value, 'for now');
    assert.equal(await saved(page, 'sessionStorage'), null, 'it is kept in one place');
    await at(page, 'drop').click();
    assert.deepEqual(await stored(page), {});
    assert.equal(await reply(page), await word(page, 'dropped'));
    assert.equal(await first(page).inputValue(), 'for now', 'what stands on the page stays');
    await close();
  });

  test('deleting wins over a change that waits to be kept', async () => {
    const { open, close } = await reader();
    const page = await open();
    await keep(page, 'device');
    await first(page).fill('typed just before');
    await at(page, 'drop').click();
    await pause(page);
    await first(page).fill('typed after');
    await pause(page);
    assert.deepEqual(await stored(page), {});
    await close();
  });

  test('from a disk nothing is kept, and why is said', async () => {
    const { open, close } = await reader();
    const page = await open(SHEET, fileUrl);
    await at(page, 'keep').click();
    assert.equal(await page.locator('.who').innerText(), await word(page, 'keep_file'));
    for (const act of ['tab', 'device', 'drop']) assert.equal(await at(page, act).isVisible(), false);
    await close();
  });

  for (const [name, address] of [['http', path => host.url(path)], ['a disk', fileUrl]]) {
    test(`save to a file, clear, undo, open the file again: from ${name}`, async () => {
      const { open, close } = await reader({ acceptDownloads: true });
      const page = await open(SHEET, address);
      await fill(page);
      const written = await values(page);
      const file = await save(page);
      assert.match(file.name, /^answers-\d{4}-\d\d-\d\d\.json$/);
      assert.doesNotMatch(file.text, /secret title/i);
      assert.equal(JSON.parse(file.text).answers.find(a => a.q === 'What was going on?').value, 'answer 1');

      const empty = await values(await open(SHEET, address));
      await at(page, 'clear').click();
      assert.deepEqual(await values(page), empty);
      await at(page, 'undo').click();
      assert.deepEqual(await values(page), written);

      await at(page, 'clear').click();
      await first(page).fill('begun again');
      await at(page, 'undo').click();
      assert.deepEqual(await values(page), { ...written, [Object.keys(written)[0]]: 'begun again' }, 'undo spares what was written since');

      await choose(page, file.text);
      await page.locator('.opened').waitFor();
      assert.match(await page.locator('.opened').innerText(), new RegExp(`\\b${JSON.parse(file.text).answers.length}\\b.*20\\d\\d`));
      assert.equal(await first(page).inputValue(), 'begun again', 'nothing changes before it is asked for');
      await at(page, 'replace').click();
      assert.deepEqual(await values(page), written);
      await at(page, 'undo').click();
      assert.equal(await first(page).inputValue(), 'begun again');
      await close();
    });
  }

  test('a file of another worksheet is shown as text, and changes nothing', async () => {
    const { open, close } = await reader({ acceptDownloads: true });
    const other = await open(SECOND);
    await first(other).fill('<img src=x onerror="document.title=1"> from the other');
    const { text } = await save(other);
    const page = await open();
    await first(page).fill('mine');
    await choose(page, text);
    await page.locator('.opened').waitFor();
    assert.equal(await at(page, 'replace').isVisible(), false);
    await at(page, 'show').click();
    assert.match(await page.locator('.opened dl').innerText(), /What else\?\s+<img src=x onerror="document.title=1"> from the other/);
    assert.equal(await page.locator('.opened img').count(), 0);
    assert.equal(await first(page).inputValue(), 'mine');
    await at(page, 'cancel').click();
    assert.equal(await page.locator('.opened').isVisible(), false);
    await close();
  });

  const record = (changes = {}) => ({ v: 1, version: 'x', saved: '2026-01-02T03:04:05.000Z', answers: [], ...changes });
  const BROKEN = {
    'no JSON': '{"v":1,',
    'a page': '<!doctype html><script>alert(1)</script>',
    'another version': JSON.stringify(record({ v: 9 })),
    'no answers': JSON.stringify({ v: 1, version: 'x', saved: '2026-01-02' }),
    'answers that are no text': JSON.stringify(record({ answers: [{ q: 'Where were you?', id: '1', type: 'text', value: { toString: 'x' } }] })),
    'a list of lists': JSON.stringify(record({ answers: [{ q: 'Where were you?', id: '1', type: 'many', value: [['x']] }] })),
    'no date': JSON.stringify(record({ saved: 'soon' })),
    'null': 'null',
    'more than a megabyte': JSON.stringify(record({ answers: [{ q: 'Where were you?', id: '1', type: 'text', value: 'x'.repeat(1.1e6) }] })),
  };

  test('a file that is something else is refused, and changes nothing', async () => {
    const { open, close } = await reader();
    const page = await open();
    await first(page).fill('mine');
    for (const [name, text] of Object.entries(BROKEN)) {
      await page.locator('.reply [role=status]').evaluate(e => { e.textContent = ''; });
      await choose(page, text);
      await until(page, '.reply [role=status]', await word(page, 'unreadable'));
      assert.equal(await first(page).inputValue(), 'mine', name);
      assert.equal(await page.locator('.opened').isVisible(), false, name);
    }
    await close();
  });

  test('what is kept and cannot be read is set aside, never deleted, and told', async () => {
    const { open, close } = await reader();
    const start = await open();
    await keep(start, 'device');
    const [key] = Object.keys(await stored(start));
    await start.close();
    for (const name of ['no JSON', 'another version', 'answers that are no text', 'more than a megabyte']) {
      const page = await open(SECOND), text = BROKEN[name];
      await page.evaluate(([key, text]) => { localStorage.clear(); localStorage[key] = text; localStorage['cb1:/another/:123'] = 'foreign'; }, [key, text]);
      await page.goto(host.url(SHEET));
      assert.equal(await notice(page), await word(page, 'bad'), name);
      assert.deepEqual(await stored(page), { [`${key}.bad`]: text, 'cb1:/another/:123': 'foreign' }, name);
      await first(page).fill('goes on');
      await keep(page, 'device');
      assert.equal((await saved(page)).answers[0].value, 'goes on', name);
      await page.evaluate(([key, text]) => { localStorage[key] = text + ' '; }, [key, text]);
      await page.reload();
      assert.deepEqual(Object.entries(await stored(page)).filter(([name]) => name.includes('.bad')).map(([, text]) => text).sort(), [text, text + ' '].sort(), 'the second does not cover the first');
      await page.close();
    }
    await close();
  });

  test('names of the language itself, and HTML, are only text', async () => {
    const { open, close } = await reader();
    const page = await open();
    const html = '</textarea><img src=x onerror="document.title=1">';
    await first(page).fill(html);
    await keep(page, 'device');
    await page.evaluate(prefix => {
      const key = Object.keys(localStorage).find(key => key.startsWith(prefix));
      const data = JSON.parse(localStorage[key]);
      const strange = ['__proto__', 'constructor', 'toString', '<b>x</b>'].map(q => ({ q, id: q, type: 'text', value: `value of ${q}` }));
      localStorage[key] = JSON.stringify({ ...data, answers: [...data.answers, ...strange] }).replace('{"v"', '{"__proto__":{"polluted":1},"v"');
    }, PREFIX);
    await page.reload();
    assert.equal(await first(page).inputValue(), html);
    assert.match(await page.locator('.earlier').innerText(), /__proto__\s+value of __proto__[^]*<b>x<\/b>\s+value of <b>x<\/b>/);
    assert.equal(await page.evaluate(() => ({}).polluted), undefined);
    assert.equal(await page.locator('form img, .earlier b').count(), 0);
    await close();
  });

  test('no room left: it is told, the answers stay on the page, and leaving asks', async () => {
    const { context, open, close } = await reader();
    await context.addInitScript(() => {
      const real = Storage.prototype.setItem;
      Storage.prototype.setItem = function (...args) { if (window.full) throw new DOMException('full', 'QuotaExceededError'); return real.apply(this, args); };
    });
    const page = await open();
    await first(page).fill('before');
    await keep(page, 'device');
    await page.evaluate(() => { window.full = true; });
    await first(page).fill('after');
    await until(page, '.reply [role=status]', await word(page, 'full'));
    assert.equal(await first(page).inputValue(), 'after');
    assert.equal((await saved(page)).answers[0].value, 'before', 'what was kept before is still kept');
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.accept();
    const other = await open(SECOND);
    await other.evaluate(() => { window.full = true; });
    await keep(other, 'tab');
    assert.equal(await reply(other), await word(other, 'full'));
    assert.equal(await other.locator('.state').innerText(), await word(other, 'state_page'), 'it does not say that it keeps');
    await close();
  });

  test('a browser that stores nothing: it is told, and all else works', async () => {
    const { context, open, close } = await reader({ acceptDownloads: true });
    await context.addInitScript(() => {
      for (const area of ['localStorage', 'sessionStorage']) Object.defineProperty(window, area, { get() { throw new DOMException('no', 'SecurityError'); } });
    });
    const page = await open();
    await first(page).fill('mine');
    await keep(page, 'device');
    assert.equal(await reply(page), await word(page, 'off'));
    assert.match((await save(page)).text, /mine/);
    await (await open(HELP)).locator('.kept .status').waitFor();
    await close();
  });

  test('two tabs: the newest answer to each question wins, and it is told', async () => {
    const { context, open, close } = await reader();
    const one = await open(), two = await open();
    await one.locator('textarea').nth(0).fill('one writes the first');
    await keep(one, 'device');
    await until(two, '.notice', await word(two, 'tabs'));
    assert.equal(await two.locator('textarea').nth(0).inputValue(), 'one writes the first');
    await two.locator('textarea').nth(1).fill('two writes the second');
    await one.locator('textarea').nth(2).fill('one writes the third');
    for (const text of ['second', 'third']) await untilKept(one, text);
    await one.waitForFunction(() => document.querySelectorAll('textarea')[1].value !== '');
    await two.waitForFunction(() => document.querySelectorAll('textarea')[2].value !== '');
    for (const page of [one, two]) {
      assert.deepEqual(await page.locator('textarea').evaluateAll(all => all.slice(0, 3).map(e => e.value)), ['one writes the first', 'two writes the second', 'one writes the third']);
    }
    assert.deepEqual((await saved(one)).answers.map(a => a.value), ['one writes the first', 'two writes the second', 'one writes the third']);
    // no loop: nobody writes when nobody types
    const writes = await one.evaluate(async () => { let n = 0; addEventListener('storage', () => { n += 1; }); await new Promise(done => setTimeout(done, 900)); return n; });
    assert.equal(writes, 0);

    // a tab that was asleep, and heard of nothing
    const asleep = await context.newPage();
    await asleep.addInitScript(() => addEventListener('storage', event => event.stopImmediatePropagation()));
    await asleep.goto(host.url(SHEET));
    await one.locator('textarea').nth(3).fill('one writes the fourth');
    await untilKept(one, 'fourth');
    await asleep.locator('textarea').nth(4).fill('the sleeper writes the fifth');
    await untilKept(one, 'fifth');
    assert.deepEqual((await saved(one)).answers.map(a => a.value.replace(/.* /, '')), ['first', 'second', 'third', 'fourth', 'fifth']);

    await one.locator('textarea').nth(5).fill('one writes the sixth');
    await untilKept(one, 'sixth');
    await at(asleep, 'clear').click();
    assert.deepEqual((await saved(one)).answers, [], 'cleared is cleared');
    await at(asleep, 'undo').click();

    // deleted in one tab, with a change waiting in the others
    await asleep.locator('textarea').nth(0).fill('typed while asleep');
    await one.locator('textarea').nth(0).fill('typed while two deletes');
    await keep(two, 'drop');
    await until(one, '.notice', await word(one, 'gone'));
    await pause(one);
    assert.deepEqual(await stored(one), {});
    assert.equal(await notice(one), await word(one, 'gone'));
    assert.equal(await one.locator('textarea').nth(0).inputValue(), 'typed while two deletes');
    assert.equal(await one.locator('.state').innerText(), await word(one, 'state_page'));
    await close();
  });

  test('a worksheet that has changed: answers find their question, and the others are shown and kept', async () => {
    const { context, open, close } = await reader();
    const page = await open();
    await fill(page);
    await keep(page, 'device');
    const count = (await saved(page)).answers.length;
    await context.route(host.url(SHEET), route => route.fulfill({ path: join(changed.site, SHEET) }));
    await page.reload();
    assert.match(await notice(page), new RegExp(`${await word(page, 'changed')} ${await word(page, 'left')}`));
    assert.deepEqual(await page.locator('textarea').evaluateAll(all => all.map(e => e.value)), ['', 'answer 0', 'answer 1']);
    assert.deepEqual(await page.locator('form.sheet :checked').evaluateAll(all => all.map(e => e.parentElement.innerText)), ['Smell']);
    const earlier = await page.locator('.earlier').innerText();
    for (const text of [/Where were you\?\s+answer 2/, /What did you use\?\s+Sight, Other:/, /How upset were you\?\s+3/, /Each time – 2 – Where\s+answer \d+/,
      /My plan – First sign\s+answer/, /First I notice ____, then I ____\. – 1\s+answer/]) assert.match(earlier, text);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.earlier').isVisible(), true, 'they are printed');
    await page.emulateMedia({ media: null });
    await page.locator('textarea').nth(0).fill('new');
    await untilKept(page, 'new');
    assert.equal((await saved(page)).answers.length, count + 2, 'none is dropped: one is new, and one is now in two places');
    await context.unroute(host.url(SHEET));
    await page.reload();
    assert.equal(await page.locator('.earlier dt').count(), 2, 'back again, all but the new one and the choices without a place have theirs');
    assert.equal(await page.locator('textarea').nth(2).inputValue(), 'answer 2');
    await at(page, 'clear').click();
    assert.equal(await page.locator('.earlier').isVisible(), false);
    await at(page, 'undo').click();
    assert.equal(await page.locator('.earlier dt').count(), 2);
    await close();
  });

  test('a table can have more rows, and they come back', async () => {
    const { open, close } = await reader();
    const page = await open();
    assert.equal(await page.locator('.grow').count(), 1, 'a table with names for its rows has no more of them');
    for (let i = 0; i < 4; i += 1) await page.locator('.grow').click();
    await page.keyboard.type('the seventh');
    const cell = page.locator('table.numbered tbody tr').nth(6).locator('textarea').first();
    assert.equal(await cell.inputValue(), 'the seventh');
    assert.equal(await cell.evaluate(e => e.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id).textContent).join()), '7,Where');
    await keep(page, 'device');
    await page.reload();
    assert.equal(await page.locator('table.numbered tbody tr').count(), 7);
    assert.equal(await cell.inputValue(), 'the seventh');
    assert.equal(await page.evaluate(() => new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size === document.querySelectorAll('[id]').length), true);
    await page.evaluate(prefix => {
      const key = Object.keys(localStorage).find(key => key.startsWith(prefix)), data = JSON.parse(localStorage[key]);
      localStorage[key] = JSON.stringify({ ...data, answers: data.answers.map(a => ({ ...a, q: a.q.replace('7', '999999'), id: a.id.replace('7', '999999') })) });
    }, PREFIX);
    await page.reload();
    assert.equal(await page.locator('table.numbered tbody tr').count(), 200);
    assert.equal(await page.locator('.grow').isVisible(), false);
    assert.match(await page.locator('.earlier').innerText(), /the seventh/);
    await close();
  });

  test('Enter sends nothing', async () => {
    for (const options of [{}, { javaScriptEnabled: false }]) {
      const { open, close } = await reader(options);
      const page = await open();
      for (const control of [first(page), page.locator('input[type=radio]').first(), page.locator('input[type=checkbox]').first()]) {
        await control.focus();
        await page.keyboard.press('Enter');
      }
      assert.equal(page.url(), host.url(SHEET));
      assert.equal(await page.locator('form.sheet').isVisible(), true);
      await close();
    }
  });

  test('leaving asks once, where something would be lost; the button Leave never does', async () => {
    const { context, open, close } = await reader();
    await context.route(/^https:/, route => route.fulfill({ body: 'weather' }));
    const page = await open();
    const asked = [];
    page.on('dialog', dialog => { asked.push(dialog.type()); return dialog.dismiss(); });
    const away = () => page.evaluate(to => { location.href = to; }, host.url(SECOND)).catch(() => {});
    await first(page).pressSequentially('not kept');
    await Promise.all([page.waitForEvent('dialog'), away()]);
    assert.equal(await first(page).inputValue(), 'not kept', 'it can be stayed with');
    await Promise.all([page.waitForURL(host.url(SECOND)), away()]);
    assert.deepEqual(asked, ['beforeunload'], 'it asks once');

    const kept = await open();
    kept.on('dialog', dialog => { asked.push('kept'); return dialog.dismiss(); });
    await keep(kept, 'device');
    await first(kept).pressSequentially('kept');
    await kept.goto(host.url(SECOND));
    assert.equal(asked.length, 1, 'nothing would be lost');
    await kept.goto(host.url(SHEET));
    assert.equal(await first(kept).inputValue(), 'kept', 'even what was typed just before');

    const left = await open(SECOND);
    left.on('dialog', dialog => { asked.push('leave'); return dialog.dismiss(); });
    // with answers that have no place, which no reset takes away
    await choose(left, JSON.stringify(record({ sheet: await left.locator('form.sheet').getAttribute('data-sheet'), answers: [{ q: 'Gone', id: '1', type: 'text', value: 'x' }] })));
    await at(left, 'replace').click();
    await first(left).pressSequentially('not kept');
    await left.locator('a.leave').click();
    await left.waitForURL(/^https:/);
    assert.equal(asked.length, 1);

    await kept.evaluate(() => {
      const field = document.querySelector('textarea');
      field.value += ' and more';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      document.querySelector('a.leave').click();
    });
    await kept.waitForURL(/^https:/);
    assert.equal((await saved(await open())).answers[0].value, 'kept and more', 'the blanked page is not what is kept');
    await close();
  });

  test('a page that the browser brings back shows nothing that was deleted or given up', async () => {
    const { open, close } = await reader();
    const page = await open();
    const back = () => page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await first(page).fill('kept, then deleted elsewhere');
    await keep(page, 'device');
    await page.evaluate(() => localStorage.clear());
    await back();
    assert.equal(await first(page).inputValue(), '');
    await first(page).fill('never kept');
    await back();
    assert.equal(await first(page).inputValue(), 'never kept', 'nobody was told that it goes');
    await page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })));
    await back();
    assert.equal(await first(page).inputValue(), '');
    await close();
  });

  test('on paper: all that was typed, and no button', async () => {
    for (const unsupported of [false, true]) {
      const { context, open, close } = await reader({ viewport: { width: 794, height: 1100 } });
      // as in a browser whose fields do not grow by themselves
      if (unsupported) await context.addInitScript(() => {
        CSS.supports = () => false;
        addEventListener('DOMContentLoaded', () => { const sheet = new CSSStyleSheet(); sheet.replaceSync('.sheet textarea { field-sizing: fixed !important }'); document.adoptedStyleSheets = [sheet]; });
      });
      const page = await open();
      const long = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
      await page.locator('textarea').evaluateAll((all, long) => all.forEach(e => { e.value = long; }), long);
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      const cut = await page.locator('textarea').evaluateAll(all => all.filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).map(e => e.className));
      assert.deepEqual(cut, []);
      // an answer longer than a page must not be cut at its end
      await first(page).fill('line\n'.repeat(100));
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      assert.equal(await page.locator('.long').evaluate(e => e.innerText), 'line\n'.repeat(100));
      assert.deepEqual([await page.locator('.long').isVisible(), await first(page).isVisible()], [true, false]);
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      assert.deepEqual([await page.locator('.long').count(), await first(page).isVisible()], [0, true]);
      for (const what of ['.acts', '.grow', '.notice']) assert.equal(await page.locator(what).first().isVisible(), false, what);
      await close();
    }
  });

  test('the help page lists what this device keeps of this site, and deletes all of it', async () => {
    const { open, close } = await reader();
    const empty = await open(HELP);
    const status = page => page.locator('.kept .status').innerText();
    assert.equal(await status(empty), await empty.locator('.kept').getAttribute('data-none'));
    assert.equal(await empty.locator('.delete').isVisible(), false);

    const sheet = await open(), second = await open(SECOND);
    await fill(sheet);
    await keep(sheet, 'device');
    await first(second).fill('second');
    await keep(second, 'device');
    await second.evaluate(prefix => { localStorage[`${prefix}1.bad`] = '?'; localStorage['cb1:/another/:1'] = 'foreign'; }, PREFIX);
    const page = await open(HELP);
    assert.match(await status(page), /\b3$/);
    const lines = await page.locator('.kept li').allInnerTexts();
    assert.equal(lines.length, 3);
    assert.ok(lines.some(line => /20\d\d.*\b1$/.test(line)), lines.join());
    assert.doesNotMatch(lines.join(), /secret|Looking back|answer \d/i);
    await page.locator('.delete').click();
    await page.locator('.sure .no').click();
    assert.equal(Object.keys(await stored(page)).length, 4);
    await page.locator('.delete').click();
    await page.locator('.sure .yes').click();
    assert.equal(await status(page), await page.locator('.kept').getAttribute('data-gone'));
    assert.deepEqual(await stored(page), { 'cb1:/another/:1': 'foreign' });
    await until(sheet, '.notice', await word(sheet, 'gone'));
    await first(sheet).fill('typed after');
    await pause(sheet);
    assert.deepEqual(await stored(page), { 'cb1:/another/:1': 'foreign' });

    const disk = await open(HELP, fileUrl);
    assert.equal(await disk.locator('.kept').isVisible(), false);
    await close();
  });

  test('inside a page of someone else, nothing kept is shown', async () => {
    const { context, open, close } = await reader();
    const page = await open();
    await first(page).fill('mine');
    await keep(page, 'device');
    await context.route('**/frame.html', route => route.fulfill({ contentType: 'text/html', body: `<iframe src="${host.url(SHEET)}"></iframe>` }));
    await page.goto(host.url('frame.html'));
    const frame = page.frameLocator('iframe');
    await frame.locator('[data-act=keep]').click();
    assert.equal(await frame.locator('textarea').first().inputValue(), '');
    assert.equal(await frame.locator('[data-act=device]').isVisible(), false);
    await close();
  });

  test('all of it by keyboard, and every control has a name', async () => {
    const { open, close } = await reader();
    const page = await open();
    await first(page).fill('mine');
    await at(page, 'keep').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab'); await page.keyboard.press('Tab'); await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    assert.equal((await saved(page)).answers.length, 1);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'drop', 'the place in the page is not lost');
    await page.keyboard.press('Enter');
    assert.deepEqual(await stored(page), {});
    assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'device');
    const nameless = await page.locator('form.sheet :is(textarea, input, button)').evaluateAll(all => all.filter(e =>
      !e.labels?.length && !e.ariaLabel && !e.getAttribute('aria-labelledby') && !e.textContent.trim()).map(e => e.outerHTML));
    assert.deepEqual(nameless, []);
    await close();
  });
});
