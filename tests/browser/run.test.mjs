// Run mode: a session from its first minute to its end, with a clock that the test moves.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { axe, RULES, SITE, fileUrl, launch, pages } from './support.mjs';

const SESSION = pages('facilitator').filter(path => /\/sessions\/[^./]*\.html$/.test(path)).find(path => readFileSync(join(SITE, path), 'utf8').includes('data-kind="break"'));
const GUIDE = SESSION.replace(/sessions\/.*/, '');
vm.runInThisContext(readFileSync(join(SITE, GUIDE, 'static/plan.js'), 'utf8'));
const plan = globalThis.copebookPlan;

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A session page at a time of the day, and what a person can read and do there. */
async function open(hash, time = '10:00', options = {}, prepare = async () => {}) {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, timezoneId: 'UTC', locale: 'en-GB', ...options });
  const page = await context.newPage();
  const errors = [], asked = [];
  page.on('pageerror', error => errors.push(error.message));
  page.on('console', message => { if (message.type() === 'error') errors.push(message.text()); });
  page.on('request', request => asked.push(request.url()));
  const at = text => new Date(`2026-11-24T${text}:00Z`);
  await page.clock.install({ time: at(time) });
  await page.clock.setFixedTime(at(time));
  await prepare(page, context);
  await page.goto(fileUrl(SESSION) + hash);
  const text = selector => page.locator(selector).textContent();
  return {
    page, context, errors, asked, text,
    /** It is this time now, and the page has noticed. */
    clock: async time => { await page.clock.setFixedTime(at(time)); await page.clock.runFor(6000); },
    left: async () => +(await text('.run .big b')),
    state: async () => plan.read(new URL(page.url()).hash),
    press: key => page.keyboard.press(key),
    act: name => page.locator(`.run [data-do="${name}"]`).click(),
    late: () => page.locator('.run .late').isVisible(),
    parts: () => page.locator('.agenda .part').evaluateAll(all => all.map(part => ({
      id: part.id, name: part.querySelector('h3').textContent, minutes: +(part.dataset.m ?? 0), least: +(part.dataset.least ?? 0),
      drop: 'drop' in part.dataset, keep: 'keep' in part.dataset, kind: part.dataset.kind, steps: part.querySelectorAll('.steps > li').length,
    }))),
    close: () => context.close(),
  };
}
const clock = minutes => plan.time(600 + minutes);      // minutes after ten
const sum = numbers => numbers.reduce((a, b) => a + b, 0);
const length = parts => sum(parts.map(part => part.minutes));

test('a session that keeps its time is left alone', async () => {
  const s = await open('#start=10:00', '09:55');
  const parts = await s.parts();
  await s.page.click('#go');
  assert.match(await s.text('.says'), /Starts at 10:00, in 5 minutes/);
  let from = 0;
  for (const [index, part] of parts.entries()) {
    await s.clock(clock(from));
    if (index) await s.press('n');
    assert.equal(await s.text('.run h1'), part.name);
    assert.equal(await s.left(), part.minutes);
    assert.equal(await s.text('.says'), `Ends at ${clock(length(parts))}, on time`);
    assert.equal(await s.text('.to-end'), `To the end: ${length(parts) - from} minutes`);
    assert.equal(await s.late(), false);
    from += part.minutes;
    await s.clock(clock(from - 1));
    assert.equal(await s.left(), 1);
  }
  assert.equal(await s.text('.run .go'), 'End the session');
  await s.clock(clock(from));
  await s.act('next');
  assert.equal(await s.text('.took'), `Planned ${from} minutes, took ${from} minutes.`);
  await s.page.reload();
  assert.equal(await s.text('.took'), `Planned ${from} minutes, took ${from} minutes.`, 'the end survives a reload');
  await s.page.locator('[data-do="close-session"]').click();
  assert.deepEqual(await s.state(), { start: '10:00' }, 'nothing of the run is left');
  assert.deepEqual(s.errors, []);
  await s.close();
});

test('twelve minutes late: it proposes to the minute, never below the least, and the close stays whole', async () => {
  const s = await open('#start=10:00');
  const parts = await s.parts();
  await s.page.click('#go');
  await s.clock(clock(parts[0].minutes + 12));
  assert.equal(await s.late(), true, 'it speaks before the part is left');
  await s.press('n');
  assert.match(await s.text('.says'), new RegExp(`Will end at ${clock(length(parts) + 12)}, 12 minutes late`));
  const words = await s.text('.run .late');
  await s.act('use');
  assert.equal(await s.late(), false);
  const { cut } = await s.state(), cuts = [...plan.readNumbers(cut)];
  const saved = cuts.map(([index, to]) => {
    const part = parts[index];
    assert.ok(index > 1 && !part.keep, `${part.name} may not be cut`);
    assert.ok(to === 0 ? part.drop : to >= part.least && to < part.minutes, `${part.name} cut to ${to}`);
    assert.ok(words.includes(to ? `${part.name} in ${to} minutes, not ${part.minutes}` : 'leave out'), words);
    return part.minutes - to;
  });
  const spare = sum(saved) - 12;
  assert.ok(spare === 0 || words.includes(`leaves ${spare} minute`), `${sum(saved)} minutes saved: ${words}`);
  assert.ok(words.includes(`${parts.findLast(part => part.keep).name} stays whole`));
  assert.match(await s.text('.says'), spare < 2 ? /on time/ : /in hand/);

  // the cuts live through a reload, and count when their part comes
  await s.page.reload();
  assert.equal((await s.state()).cut, cut);
  assert.equal(await s.late(), false);
  const [first, to] = cuts.find(([, to]) => to > 0) ?? [];
  if (!first) return;
  for (let index = 1; index < first; index++) await s.press('n');
  assert.equal(await s.left(), to);
  await s.page.reload();
  assert.equal(await s.left(), to);
  assert.match(await s.text('.run .of >> nth=0'), new RegExp(`of ${to}, until `));
  assert.deepEqual(s.errors, []);
  await s.close();
});

test('a cut can be undone, and a refused one is silent until the delay grows', async () => {
  const s = await open('#start=10:00');
  const [first] = await s.parts();
  await s.page.click('#go');
  await s.clock(clock(first.minutes + 6));
  await s.press('n');
  await s.act('use');
  assert.equal(await s.page.locator('.altered').isVisible(), true);
  await s.act('undo');
  assert.equal((await s.state()).cut, undefined);
  assert.equal(await s.late(), true);
  await s.act('keep');
  assert.equal(await s.late(), false);
  await s.page.reload();
  assert.equal(await s.late(), false, 'also after a reload');
  await s.act('more');
  assert.equal(await s.late(), true, 'it grew by two minutes');
  await s.close();
});

test('when nothing can be cut any more, it says so', async () => {
  const s = await open('#start=10:00', '12:00');
  const parts = await s.parts();
  const last = parts.length - 1;
  await s.page.goto(`${fileUrl(SESSION)}#start=10:00&run=1&part=${last}&since=${clock(length(parts))}&now=${clock(length(parts))}`);
  await s.page.reload();
  assert.match(await s.text('.run .late'), /Nothing more can be cut.*Tell the group now/s);
  assert.equal(await s.page.locator('[data-do="use"]').isVisible(), false);
  // and where something can be cut, but not enough, it says how late it will be all the same
  await s.page.goto(`${fileUrl(SESSION)}#start=10:00&run=1&part=${last - 1}&since=11:59&now=11:59`);
  await s.page.reload();
  const words = await s.text('.run .late');
  assert.match(words, /To be less late:|Nothing more can be cut/);
  assert.match(words, /Tell the group now/);
  if (/less late/.test(words)) {
    await s.act('use');
    assert.equal(await s.late(), false, 'what remains is known by now');
  }
  await s.close();
});

test('a reload in the middle of a step finds its place', async () => {
  const s = await open('#start=10:00');
  const parts = await s.parts();
  await s.page.click('#go');
  await s.clock(clock(parts[0].minutes));
  await s.press('n');
  await s.press('ArrowRight'); await s.press('ArrowRight');
  await s.clock(clock(parts[0].minutes + 4));
  const seen = async () => [await s.text('.run h1'), await s.text('.run [aria-current="step"] .out'), await s.left(), await s.text('.says')];
  const before = await seen();
  assert.equal(before[2], parts[1].minutes - 4);
  await s.page.reload();
  assert.deepEqual(await seen(), before);
  // a tablet that slept knows how late it is when it wakes, before any timer has fired
  await s.page.clock.setFixedTime(new Date(`2026-11-24T${clock(parts[0].minutes + 7)}:00Z`));
  await s.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  assert.equal(await s.left(), parts[1].minutes - 7);
  // the same address on another device is the same session
  const other = await open(new URL(s.page.url()).hash, clock(parts[0].minutes + 7));
  assert.equal(await other.left(), parts[1].minutes - 7);
  await other.close();
  await s.close();
});

test('a pause stops the part and moves the end, and survives a reload', async () => {
  const s = await open('#start=10:00');
  const [first] = await s.parts();
  await s.page.click('#go');
  await s.clock(clock(2));
  await s.press('p');
  const left = first.minutes - 2;
  await s.clock(clock(9));
  assert.equal(await s.left(), left);
  assert.match(await s.text('.says'), /^Paused since 10:02\. If you go on now, it ends at/);
  assert.equal(await s.late(), false, 'it is silent while the group pauses');
  await s.page.reload();
  assert.equal(await s.left(), left);
  await s.act('pause');
  assert.equal(await s.left(), left);
  assert.match(await s.text('.says'), /7 minutes late/);
  assert.equal(await s.late(), true);
  await s.clock(clock(10));
  assert.equal(await s.left(), left - 1);
  await s.close();
});

test('back to a part goes on from when it began', async () => {
  const s = await open('#start=10:00');
  const parts = await s.parts();
  await s.page.click('#go');
  await s.clock(clock(6));
  await s.press('n');
  await s.clock(clock(7));
  await s.press('ArrowLeft');
  assert.equal(await s.text('.run h1'), parts[0].name);
  assert.equal(await s.left(), parts[0].minutes - 7);
  assert.equal((await s.state()).step, parts[0].steps > 1 ? String(parts[0].steps - 1) : undefined, 'at its last step');
  await s.close();
});

test('between two minutes, a part has begun all the same', async () => {
  const s = await open('#start=10:00');
  const [first, second] = await s.parts();
  await s.page.click('#go');
  await s.page.clock.setFixedTime(new Date(`2026-11-24T${clock(first.minutes)}:50Z`));
  await s.press('n');
  assert.equal(await s.left(), second.minutes);
  assert.match(await s.text('.says'), /^Ends at .*, on time$/);
  await s.close();
});

test('keys go on and back, and can be turned off', async () => {
  const s = await open('#start=10:00');
  const parts = await s.parts();
  await s.page.focus('#go');
  await s.press('Enter');
  const here = () => s.page.locator('.run .steps > li').evaluateAll(all => all.findIndex(each => each.matches('.here')));
  await s.press('ArrowRight');
  assert.equal(await here(), 1);
  await s.press('ArrowLeft');
  assert.equal(await here(), 0);
  for (let i = 0; i < 40; i++) await s.press('ArrowRight');
  assert.equal(await s.text('.run h1'), parts[0].name, 'a key held down too long leaves no part behind');
  await s.press('n');
  assert.equal(await s.text('.run h1'), parts[1].name);
  await s.press('Control+n');
  assert.equal(await s.text('.run h1'), parts[1].name, 'the browser keeps its own keys');
  await s.page.locator('.keys summary').click();
  for (const name of ['→', 'N', '←', 'P', 'Esc']) assert.ok((await s.text('.keys dl')).includes(name));
  await s.page.locator('.keys input').uncheck();
  await s.press('n');
  assert.equal(await s.text('.run h1'), parts[1].name);
  await s.page.reload();
  await s.press('n');
  assert.equal(await s.text('.run h1'), parts[1].name, 'also after a reload');
  await s.page.locator('.keys summary').click();
  await s.page.locator('.keys input').check();
  await s.press('Escape');
  assert.equal(await s.page.locator('.run').count(), 0);
  assert.equal(await s.page.evaluate(() => document.activeElement.id), 'go');
  assert.equal(await s.text('#go'), 'Go on with the session');
  await s.page.click('#go');
  assert.equal(await s.text('.run h1'), parts[1].name, 'and back where it was');
  await s.close();
});

test('by touch: a step, the next part, two more minutes, every target large enough', async () => {
  const s = await open('#start=10:00', '10:00', { viewport: { width: 390, height: 844 }, hasTouch: true });
  const parts = await s.parts();
  await s.page.tap('#go');
  await s.page.locator('.run .steps > li').nth(1).tap();
  assert.equal(await s.page.locator('.run .steps > li').nth(1).getAttribute('aria-current'), 'step');
  await s.page.locator('[data-do="more"]').tap();
  assert.equal(await s.left(), parts[0].minutes + 2);
  await s.page.locator('[data-do="step"]').tap();
  assert.equal(await s.page.locator('.run .steps > li').nth(2).getAttribute('aria-current'), 'step');
  for (const button of await s.page.locator('.run :is(.dock, .ways) :is(a, button)').all()) {
    const box = await button.boundingBox();
    if (box) assert.ok(box.height >= 44 && box.width >= 44, `${await button.textContent()}: ${box.width} × ${box.height}`);
  }
  assert.ok(await s.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await s.page.locator('[data-do="next"]').tap();
  assert.equal(await s.text('.run h1'), parts[1].name);
  await s.close();
});

test('with two facilitators, run mode says who leads', async () => {
  const s = await open('#start=10:00');
  const leads = await s.page.locator('.agenda .part').evaluateAll(all => all.map(part => part.querySelector('.ld').textContent.trim().replace(/\s+/g, ' ')));
  assert.ok(new Set(leads).size > 1, leads.join());
  await s.page.click('#go');
  for (const [index, lead] of leads.entries()) {
    if (index) await s.press('n');
    assert.equal((await s.text('.ch .ld')).trim().replace(/\s+/g, ' '), lead);
  }
  await s.close();
});

test('a part without a time of its own counts from the clock', async () => {
  // the same page, with the time of its second part taken away
  const s = await open('#start=10:00', '10:00', {}, async page => {
    await page.route('**/sessions/*.html', async route => {
      const body = readFileSync(new URL(route.request().url().split('#')[0])).toString();
      let part = 0;
      await route.fulfill({ contentType: 'text/html', body: body.replace(/ data-m="\d+" data-least="\d+"/g, found => (++part === 2 ? '' : found)) });
    });
  });
  const parts = await s.parts();
  assert.equal(parts[1].minutes, 0);
  await s.page.click('#go');
  await s.clock(clock(parts[0].minutes));
  await s.press('n');
  assert.equal((await s.text('.run .big')).trim(), 'No set time');
  assert.match(await s.text('.says'), /on time/);
  await s.clock(clock(parts[0].minutes + 5));
  assert.match(await s.text('.says'), /5 minutes late/);
  await s.act('use');
  await s.press('n');
  assert.match(await s.text('.says'), /on time|in hand/);
  await s.close();
});

test('a handout is one tap away, as members see it, and goes back to its place', async () => {
  const s = await open('#start=10:00');
  const parts = await s.parts();
  const index = await s.page.locator('.agenda .part').evaluateAll(all => all.findIndex(part => part.querySelector('.what > .give')));
  await s.page.goto(`${fileUrl(SESSION)}#start=10:00&run=1&part=${index}&since=10:00&now=10:00`);
  await s.page.reload();
  const title = await s.text('.given a >> nth=0');
  await s.page.locator('.given a').first().click();
  assert.equal(await s.page.locator('dialog .member').isVisible(), true);
  assert.equal(await s.text('#look-title'), title);
  await s.press('n');
  assert.equal(await s.text('.run h1'), parts[index].name, 'keys rest while it is open');
  await s.press('Escape');
  assert.equal(await s.page.locator('dialog[open]').count(), 0);
  assert.equal(await s.text('.run h1'), parts[index].name);
  // a browser tells of the closing a moment later
  await s.page.locator('dialog .member').waitFor({ state: 'detached' });
  assert.equal(await s.page.locator('.sheets .member').count(), await s.page.locator('.sheets .ho').count());
  await s.close();
});

test('the screen for the group follows, and says nothing of the script', async () => {
  const s = await open('#start=10:00');
  const parts = await s.parts();
  const script = await s.page.locator('.agenda :is(.out, .aside), .hard, .ready, .about, .head .goals li').evaluateAll(all => all.map(each => each.textContent.trim().replace(/\s+/g, ' ')));
  await s.page.click('#go');
  const [screen] = await Promise.all([s.context.waitForEvent('page'), s.act('screen')]);
  await screen.waitForLoadState();
  const shown = () => screen.evaluate(() => [...document.querySelectorAll('.slide')].filter(each => each.checkVisibility()).map(each => each.id));
  for (const [index, part] of parts.entries()) {
    if (index) { await s.press('n'); await screen.waitForURL(`**#${part.id}`); }
    assert.deepEqual(await shown(), [part.id]);
  }
  const said = (await screen.evaluate(() => document.body.textContent)).replace(/\s+/g, ' ');
  for (const passage of script) {
    const words = passage.split(' ');
    for (let i = 0; i + 8 <= words.length; i++) assert.ok(!said.includes(words.slice(i, i + 8).join(' ')), `the screen says “${words.slice(i, i + 8).join(' ')}”`);
  }
  assert.equal(await screen.locator('[class*=watch], [class*=note], [class*=say], [class*=aside]').count(), 0);
  // the member wording of each part that has one is there, and links lead nowhere else
  const told = await s.page.locator('.agenda .told > :not(.gl)').allTextContents();
  for (const words of told) assert.ok(said.includes(words.trim().replace(/\s+/g, ' ')), words);
  assert.ok((await screen.locator('a').evaluateAll(all => all.map(each => each.getAttribute('href')))).every(href => href.startsWith('#')));
  // after a reload, the button finds the same window again
  await s.page.reload();
  await s.act('screen');
  await s.press('ArrowLeft');
  while (await s.text('.run h1') === parts.at(-1).name) await s.press('ArrowLeft');
  await screen.waitForURL(`**#${parts.at(-2).id}`);
  assert.equal(s.context.pages().length, 2);
  assert.deepEqual(s.errors, []);
  await s.close();
});

test('the screen works without JavaScript, and by its own keys with it', async () => {
  for (const javaScriptEnabled of [false, true]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(fileUrl(SESSION.replace('/sessions/', '/present/')));
    assert.equal(await page.locator('h1').isVisible(), true);
    assert.equal(await page.locator('.slide:visible').count(), 0);
    await page.goto(`${page.url()}#item-2`);
    assert.equal(await page.locator('.slide:visible').getAttribute('id'), 'item-2');
    if (javaScriptEnabled) {
      await page.keyboard.press('ArrowRight');
      assert.equal(await page.locator('.slide:visible').getAttribute('id'), 'item-3');
      assert.equal(await page.locator('nav [aria-current]').textContent(), '3');
    }
    await context.close();
  }
});

test('it asks to stay awake, and again when the tablet wakes up', async () => {
  const s = await open('#start=10:00', '10:00', {}, page => page.addInitScript(() => {
    globalThis.locks = 0;
    Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => { globalThis.locks += 1; return { release: async () => { globalThis.locks -= 1; } }; } } });
  }));
  await s.page.click('#go');
  assert.equal(await s.page.evaluate(() => globalThis.locks), 1);
  await s.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  assert.equal(await s.page.evaluate(() => globalThis.locks), 2);
  await s.close();
});

test('nothing is stored, nothing is asked for, and there is nothing to write into', async () => {
  const s = await open('#start=10:00');
  const parts = await s.parts();
  await s.page.click('#go');
  for (const [index] of parts.entries()) { await s.clock(clock(15 * index + 5)); await s.press('ArrowRight'); await s.press('n'); }
  const kept = await s.page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length]);
  assert.deepEqual(kept, [0, 0, '', 0]);
  assert.deepEqual(s.asked.filter(url => !url.startsWith('file:')), []);
  assert.equal(await s.page.locator('.run :is(textarea, input:not([type=checkbox]), [contenteditable])').count(), 0);
  assert.equal(await s.page.evaluate(() => history.length), 2, 'and one step back leaves the page');
  assert.deepEqual(s.errors, []);
  await s.close();
});

for (const [colorScheme, width, height] of [['light', 1180, 820], ['dark', 1180, 820], ['light', 390, 844], ['dark', 820, 1180]]) {
  test(`axe finds nothing in run mode: ${colorScheme}, ${width} px`, async () => {
    const s = await open('#start=10:00&run=1&part=1&since=10:22&now=10:24&step=1', '10:24', { colorScheme, viewport: { width, height }, bypassCSP: true });
    assert.equal(await s.late(), true);
    await s.page.locator('.keys summary').click();
    await s.page.addScriptTag({ content: axe });
    const check = () => s.page.evaluate(runOnly => window.axe.run({ runOnly }), RULES);
    assert.deepEqual((await check()).violations.map(v => `${v.id}: ${v.nodes[0].html}`), []);
    await s.page.goto(`${fileUrl(SESSION)}#start=10:00&run=1&part=7&since=11:20&end=11:36`);
    await s.page.reload();
    await s.page.addScriptTag({ content: axe });
    assert.deepEqual((await check()).violations.map(v => `${v.id}: ${v.nodes[0].html}`), []);
    await s.close();
  });
}

/* The arithmetic alone. */

/** A repeatable source of chance. */
function chance(seed) {
  let state = seed;
  const next = () => { state = (state + 0x6d2b79f5) | 0; let t = Math.imul(state ^ (state >>> 15), 1 | state); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
  return { under: n => Math.floor(next() * n), often: share => next() < share };
}
const KINDS = ['check-in', 'review', 'teach', 'practise', 'discuss', 'break', 'close', ''];
const SOFT = { teach: 0, review: 1, discuss: 2, break: 3, 'check-in': 4, practise: 5 };
const soft = part => SOFT[part.kind] ?? 2;

function agenda(dice, most) {
  return Array.from({ length: 1 + dice.under(most) }, () => {
    const kind = KINDS[dice.under(KINDS.length)], minutes = dice.often(.1) ? 0 : 1 + dice.under(dice.often(.2) ? 60 : 20);
    return { kind, minutes, least: dice.often(.3) ? minutes : Math.min(minutes, 1 + dice.under(minutes + 1)), drop: minutes > 0 && dice.often(.25), keep: kind === 'close' };
  });
}

/** What a plan costs, as ux.md §2.3 has it. */
const cost = (parts, cuts, late) => 100 * cuts.length + 60 * cuts.filter(cut => cut.to === 0).length + 3 * sum(cuts.map(cut => soft(parts[cut.part]))) + sum(cuts.map(cut => cut.by)) - late;

/** All plans there are, looked at one by one. */
function cheapest(parts, current, late) {
  const later = parts.map((part, index) => ({ ...part, index })).filter(part => part.index > current && !part.keep && part.minutes > 0);
  let best = null;
  const walk = (at, out, less) => {
    if (at < later.length) {
      const part = later[at];
      walk(at + 1, out, less);
      if (part.least < part.minutes) walk(at + 1, out, [...less, part]);
      if (part.drop) walk(at + 1, [...out, part], less);
      return;
    }
    const need = late - sum(out.map(part => part.minutes)), slack = sum(less.map(part => part.minutes - part.least));
    if (need > 0 ? slack < need : less.length) return;
    const price = 100 * (out.length + less.length) + 60 * out.length + 3 * sum([...out, ...less].map(soft)) + (need > 0 ? 0 : -need);
    if (best === null || price < best) best = price;
  };
  walk(0, [], []);
  return best;
}

test('20,000 agendas: the plan fits or says that it cannot, keeps order, the least and the close, and is the best there is', () => {
  const dice = chance(4);
  let fits = 0, compared = 0;
  for (let n = 0; n < 20000; n++) {
    const parts = agenda(dice, n % 4 ? 9 : 20), current = dice.under(parts.length), late = 1 + dice.under(45);
    const before = JSON.stringify(parts), found = plan.propose(parts, current, late), told = `${before}, part ${current}, ${late} late: ${JSON.stringify(found)}`;
    assert.equal(JSON.stringify(parts), before, 'the plan itself is not touched');
    assert.equal(found.saved, sum(found.cuts.map(cut => cut.by)), told);
    for (const [index, cut] of found.cuts.entries()) {
      const part = parts[cut.part];
      assert.ok(cut.part > current && (index === 0 || cut.part > found.cuts[index - 1].part), `order: ${told}`);
      assert.ok(!part.keep && part.kind !== 'close', `close: ${told}`);
      assert.ok(cut.by > 0 && cut.to === part.minutes - cut.by, told);
      assert.ok(cut.to >= part.least || (cut.to === 0 && part.drop), `least: ${told}`);
    }
    const later = parts.slice(current + 1).filter(part => !part.keep);
    const most = sum(later.map(part => (part.drop ? part.minutes : part.minutes - part.least)));
    assert.equal(found.fits, most >= late, told);
    if (!found.fits) { assert.equal(found.saved, most, told); continue; }
    fits += 1;
    assert.equal(found.spare, found.saved - late, told);
    assert.ok(found.spare >= 0, told);
    if (found.spare > 0) assert.ok(found.cuts.every(cut => cut.to === 0), `only leaving out may save too much: ${told}`);
    if (later.filter(part => part.minutes > 0).length <= 8) {
      compared += 1;
      assert.equal(cost(parts, found.cuts, late), cheapest(parts, current, late), `not the best: ${told}`);
    }
  }
  assert.ok(fits > 5000 && compared > 4000, `${fits} fitted, ${compared} compared`);
});

test('twenty parts are decided while a finger is still on the screen', () => {
  const parts = Array.from({ length: 21 }, (_, n) => ({ kind: KINDS[n % 6], minutes: 7 + n, least: 3 + (n % 4), drop: n % 3 === 0, keep: false }));
  const from = performance.now();
  for (const late of [5, 30, 60, 90, 120]) assert.equal(plan.propose(parts, 0, late).fits, true);
  assert.ok(performance.now() - from < 1000, `${performance.now() - from} ms for five`);
});

test('the example of the design: eight minutes late, the talk is left out', () => {
  const part = (kind, minutes, least, drop = false) => ({ kind, minutes, least, drop, keep: kind === 'close' });
  const parts = [part('check-in', 10, 5), part('review', 15, 8), part('teach', 15, 8), part('break', 10, 5), part('practise', 20, 15), part('discuss', 10, 5, true), part('close', 10, 10)];
  assert.deepEqual(plan.propose(parts, 4, 8), { fits: true, cuts: [{ part: 5, to: 0, by: 10 }], saved: 10, spare: 2 });
  assert.deepEqual(plan.propose(parts, 4, 3), { fits: true, cuts: [{ part: 5, to: 7, by: 3 }], saved: 3, spare: 0 });
  assert.deepEqual(plan.propose(parts, 5, 3), { fits: false, cuts: [], saved: 0, spare: 0 });
  assert.deepEqual(plan.propose(parts, 1, 0), { fits: true, cuts: [], saved: 0, spare: 0 });
});

test('an address that was edited by hand cuts nothing that may not be cut', () => {
  const parts = [{ minutes: 10, least: 6, drop: false, keep: false }, { minutes: 10, least: 6, drop: true, keep: false }, { minutes: 10, least: 10, drop: false, keep: true }];
  const read = text => plan.changed(parts, plan.readNumbers(text), new Map()).map(part => part.minutes);
  assert.deepEqual(read('0:2,1:0,2:0'), [6, 0, 10]);
  assert.deepEqual(read('0:99,1:x,7:1,-1:5,__proto__:3'), [10, 10, 10]);
  assert.deepEqual(plan.read('#start=25:00&part=%3Cb%3E&evil=1'), { start: '25:00', part: '<b>' });
  assert.equal(plan.clock('25:00'), null);
  const state = { start: '10:00', run: '1', part: '0', cut: '2:7,5:0', since: '10:00' };
  assert.deepEqual(plan.read(plan.write(state)), state);
});

test('midnight is no wall', () => {
  assert.equal(plan.between(plan.clock('23:50'), plan.clock('00:10')), 20);
  assert.equal(plan.between(plan.clock('00:10'), plan.clock('23:50')), -20);
  assert.equal(plan.time(plan.clock('23:50') + 20), '00:10');
});
