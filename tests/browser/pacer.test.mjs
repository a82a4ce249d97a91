// The breath: it starts when asked, goes over the hill as time goes, stops when asked, and ends by itself.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { course } from './course.mjs';

const small = course();
process.env.COPEBOOK_SITE = small.site; // support.mjs reads it once, so it is loaded after
const { fileUrl, launch } = await import('./support.mjs');

const BREATH = 'members/handouts/skills/breath.html';
/** The three breaths of the page, and what is counted in each second of the first and the last. */
const SECONDS = [10, 12, 16];
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); small.remove(); });

async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', error => wrong.push(error.message));
  await page.clock.install({ time: 0 });
  await page.goto(fileUrl(BREATH));
  await page.clock.pauseAt(10_000);
  return { page, close: async () => { await context.close(); assert.deepEqual(wrong, []); } };
}
const hill = (page, n) => page.locator('.hill').nth(n);
const button = (page, n) => hill(page, n).locator('.go-btn');
const word = (page, name) => button(page, 0).getAttribute(`data-${name}`);
const now = (page, n) => hill(page, n).locator('.dot circle').evaluateAll(all => all.map((e, i) => e.matches('.now') ? i : -1).filter(i => i >= 0));

test('the ball goes over the drawn hill, one dot a second', async () => {
  const { page, close } = await open();
  for (const [n, seconds] of SECONDS.entries()) {
    assert.equal(await hill(page, n).locator('.dot circle').count(), seconds);
    assert.equal(await hill(page, n).locator('.ball').count(), 0);
    await button(page, n).click();
    await page.clock.runFor(50);
    for (let second = 1; second < seconds; second += 1) {
      await page.clock.runFor(1000);
      const far = await hill(page, n).evaluate((e, second) => {
        const at = c => [c.cx.baseVal.value, c.cy.baseVal.value], [x, y] = at(e.querySelector('.ball')), [dx, dy] = at(e.querySelectorAll('.dot circle')[second - 1]);
        return Math.hypot(x - dx, y - dy);
      }, second);
      assert.ok(far < 12, `breath ${n}: after ${second} s the ball is ${far} away from its dot`);
    }
    await button(page, n).click();
    assert.equal(await hill(page, n).locator('.ball').count(), 0);
  }
  await close();
});

test('it stops when asked, and starts from the beginning', async () => {
  const { page, close } = await open();
  assert.equal(await button(page, 0).innerText(), await word(page, 'start'));
  await button(page, 0).click();
  assert.equal(await button(page, 0).innerText(), await word(page, 'stop'));
  await page.clock.runFor(4000);
  await button(page, 0).click();
  assert.equal(await button(page, 0).innerText(), await word(page, 'start'));
  const before = await hill(page, 0).innerHTML();
  await page.clock.runFor(120_000);
  assert.equal(await hill(page, 0).innerHTML(), before, 'nothing moves');
  await button(page, 0).click();
  await page.clock.runFor(100);
  assert.ok(await hill(page, 0).evaluate(e => e.querySelector('.ball').cx.baseVal.value) < 60, 'it begins at the foot of the hill');
  await close();
});

test('after five rounds it ends by itself, and says what comes next', async () => {
  const { page, close } = await open();
  await button(page, 1).click();
  await page.clock.runFor(12_000 * 5 - 500);
  assert.equal(await hill(page, 1).locator('.ball').count(), 1);
  assert.equal(await hill(page, 1).locator('.end').innerText(), '');
  await page.clock.runFor(1000);
  assert.equal(await hill(page, 1).locator('.ball').count(), 0);
  assert.equal(await hill(page, 1).locator('.end').innerText(), await word(page, 'end'));
  assert.equal(await button(page, 1).innerText(), await word(page, 'start'));
  await button(page, 1).click();
  assert.equal(await hill(page, 1).locator('.end').innerText(), '');
  await close();
});

test('with less motion: no ball, the dot of the second fills, and its count is in words', async () => {
  const { page, close } = await open({ reducedMotion: 'reduce' });
  const say = async (phase, n) => (await word(page, phase)).replace('{n}', n);
  for (const [n, counts] of [[0, { in: 4, out: 6 }], [1, { in: 4, hold: 2, out: 6 }], [2, { in: 4, hold: 4, out: 4, rest: 4 }]]) {
    await button(page, n).click();
    await page.clock.runFor(500);
    const count = hill(page, n).locator('.count');
    let second = 0;
    for (const [phase, most] of Object.entries(counts)) {
      for (let i = 1; i <= most; i += 1) {
        assert.equal(await count.innerText(), await say(phase, i));
        assert.deepEqual(await now(page, n), [second]);
        assert.equal(await hill(page, n).locator('.ball').count(), 0);
        await page.clock.runFor(1000);
        second += 1;
      }
    }
    assert.equal(await count.innerText(), await say('in', 1), 'and again');
    assert.equal(await count.evaluate(e => !!e.closest('[aria-live], [role=status], [role=alert]')), false, 'nobody has it read aloud once a second');
    await page.clock.runFor(SECONDS[n] * 4000);
    assert.equal(await count.innerText(), '');
    assert.deepEqual(await now(page, n), []);
  }
  await close();
});

test('the words change once a second, no more', async () => {
  const { page, close } = await open({ reducedMotion: 'reduce' });
  await page.evaluate(() => {
    window.changes = 0;
    new MutationObserver(all => { window.changes += all.length; }).observe(document.querySelector('.hill .count'), { childList: true, characterData: true, subtree: true });
  });
  await button(page, 0).click();
  await page.clock.runFor(10_000);
  assert.ok(await page.evaluate(() => window.changes) <= 2 * 11);
  await close();
});

test('without JavaScript the hill is there, and no button that does nothing', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(fileUrl(BREATH));
  assert.equal(await page.locator('.hill svg.h').first().isVisible(), true);
  assert.equal(await page.locator('.go-btn').first().isVisible(), false);
  await context.close();
});

test('from right to left the hill is mirrored, and the ball with it', async () => {
  const { page, close } = await open();
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  await button(page, 0).click();
  const place = () => hill(page, 0).locator('.ball').evaluate(e => e.getBoundingClientRect().x);
  await page.clock.runFor(500);
  const early = await place();
  await page.clock.runFor(7000);
  assert.ok(await place() < early - 100, 'it goes to the left');
  await close();
});
