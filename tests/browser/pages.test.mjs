// Every kind of page on both sites: accessible, no wider than the screen, quiet on the network, whole without JavaScript.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileUrl, kinds, launch, pages } from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A page in a browser of its own; the policy of the page would stop axe, so it is lifted for that alone. */
async function open(path, options = {}, bypassCSP = false) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP, ...options });
  const page = await context.newPage();
  const asked = [];
  page.on('request', request => asked.push(request.url()));
  await page.goto(fileUrl(path));
  return { page, asked, close: () => context.close() };
}

for (const path of [...kinds('members'), ...kinds('facilitator')]) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 1280]) {
      test(`axe finds nothing: ${path}, ${colorScheme}, ${width} px`, async () => {
        const { page, close } = await open(path, { colorScheme, viewport: { width, height: 900 } }, true);
        await page.addScriptTag({ content: axe });
        const found = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
        assert.deepEqual(found.violations.map(v => `${v.id}: ${v.nodes[0].html}`), []);
        await close();
      });
    }
  }

  test(`no sideways scroll at 320 px, nor with text twice as large: ${path}`, async () => {
    const { page, close } = await open(path, { viewport: { width: 320, height: 700 } });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(await overflow() <= 0, `${await overflow()} px too wide`);
    await page.setViewportSize({ width: 640, height: 900 });
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    assert.ok(await overflow() <= 0, `${await overflow()} px too wide at 200 %`);
    await close();
  });

  test(`whole without JavaScript: ${path}`, async () => {
    const words = async javaScriptEnabled => {
      const { page, close } = await open(path, { javaScriptEnabled });
      const text = await page.locator('main').innerText();
      await close();
      return text.split(/\s+/).filter(word => word.length > 3);
    };
    const withScripts = new Set(await words(false));
    const lost = (await words(true)).filter(word => !withScripts.has(word));
    assert.ok(lost.length < 12, `without scripts these are missing: ${lost.slice(0, 20)}`);
  });
}

test('reading asks for nothing but the site\'s own files, and stores nothing', async () => {
  for (const path of [...kinds('members'), ...kinds('facilitator')]) {
    const { page, asked, close } = await open(path);
    assert.deepEqual(asked.filter(url => !url.startsWith('file:')), [], path);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0, path);
    await close();
  }
});

test('every member page has the crisis lines and a way out, in reach', async () => {
  for (const path of pages('members')) {
    const { page, close } = await open(path, { viewport: { width: 390, height: 844 } });
    assert.ok(await page.locator('a[href^="tel:"]').count() > 0, `${path} has no number to call`);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    for (const link of ['a[href="#help"]', 'a.leave']) {
      const box = await page.locator(link).first().boundingBox();
      assert.ok(box && box.y >= 0 && box.y < 844 && box.height >= 44, `${path}: ${link} is out of reach`);
    }
    await close();
  }
});

test('leave blanks the page, replaces it, and works by Shift three times', async () => {
  const [path] = kinds('members').filter(path => path.includes('/handouts/'));
  for (const leave of [page => page.locator('a.leave').click(), async page => { for (let i = 0; i < 3; i++) await page.keyboard.press('Shift'); }]) {
    const { page, close } = await open(path);
    const left = page.waitForRequest(request => request.url().startsWith('https://www.bbc.co.uk/'));
    await page.route(/^https:/, route => route.fulfill({ body: 'weather' }));
    await leave(page);
    await left;
    await page.waitForURL('https://www.bbc.co.uk/**');
    assert.equal(await page.evaluate(() => history.length), 1 + 1, 'the page is still one step back');
    await close();
  }
});

test('a printed handout has no chrome, and its crisis line', async () => {
  const [path] = kinds('members').filter(path => path.includes('/handouts/'));
  const { page, close } = await open(path);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('nav.bar').isVisible(), false);
  assert.equal(await page.locator('aside.crisis').isVisible(), true);
  assert.equal(await page.locator('h1').isVisible(), true);
  await close();
});

test('a guide page says on screen and on paper that it is not for members', async () => {
  for (const path of kinds('facilitator')) {
    const { page, close } = await open(path);
    assert.match(await page.title(), /Facilitator guide/, path);
    assert.equal(await page.locator('meta[name=robots]').getAttribute('content').then(text => text.includes('noindex')), true);
    await close();
  }
});
