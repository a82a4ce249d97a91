// Every kind of page on both sites: accessible, no wider than the screen, quiet on the network, whole without JavaScript.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { axeFindsNothing, fileUrl, kinds, launch, pages } from './support.mjs';

const ALL = [...kinds('members'), ...kinds('facilitator')];
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

for (const path of ALL) {
  test(`axe finds nothing, light and dark, on a phone and wide: ${path}`, async () => {
    const { page, close } = await open(path, {}, true);
    await axeFindsNothing(page);
    await close();
  });

  test(`no sideways scroll at 320 px, nor with text twice as large, from either side: ${path}`, async () => {
    const { page, close } = await open(path, { viewport: { width: 320, height: 700 } });
    for (const dir of ['ltr', 'rtl']) {
      await page.evaluate(dir => { document.documentElement.dir = dir; }, dir);
      for (const [width, size] of [[320, ''], [640, '200%']]) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(size => {
          const root = document.documentElement;
          root.style.fontSize = size;
          return root.scrollWidth - root.clientWidth;
        }, size);
        assert.ok(wide <= 0, `${wide} px too wide at ${width} px, ${size || '100%'}, ${dir}`);
      }
    }
    await close();
  });

  test(`whole without JavaScript: ${path}`, async () => {
    const words = async javaScriptEnabled => {
      const { page, close } = await open(path, { javaScriptEnabled });
      const text = await page.locator('main').innerText();
      await close();
      return text.split(/\s+/).filter(word => word.length > 3);
    };
    const without = new Set(await words(false));
    const lost = (await words(true)).filter(word => !without.has(word));
    assert.ok(lost.length < 12, `without scripts these are missing: ${lost.slice(0, 20)}`);
  });
}

test('reading asks for nothing but the site\'s own files, and stores nothing', async () => {
  for (const path of ALL) {
    const { page, asked, close } = await open(path);
    assert.deepEqual(asked.filter(url => !url.startsWith('file:')), [], path);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0, path);
    await close();
  }
});

test('every member page has the crisis lines and a way out, in reach', async () => {
  const { page, close } = await open(ALL[0], { viewport: { width: 390, height: 844 } });
  for (const path of pages('members')) {
    await page.goto(fileUrl(path));
    assert.ok(await page.locator('a[href^="tel:"]').count() > 0, `${path} has no number to call`);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    for (const link of ['a[href="#help"]', 'a.leave']) {
      const box = await page.locator(link).first().boundingBox();
      assert.ok(box && box.y >= 0 && box.y < 844 && box.height >= 44, `${path}: ${link} is out of reach`);
    }
  }
  await close();
});

test('every page of a course leads to search, to the workbook, and to help', async () => {
  const { page, close } = await open(ALL[0]);
  for (const path of pages('members').filter(path => path !== 'members/index.html')) {
    await page.goto(fileUrl(path));
    const leads = await page.locator('footer.colophon a').evaluateAll(links => links.map(link => link.pathname.split('/').pop()));
    for (const to of ['index.html', 'search.html', 'workbook.html', 'help.html']) assert.ok(leads.includes(to), `${path} does not lead to ${to}`);
  }
  await close();
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

test('the bar stays on one line with the largest text, and nothing in it is cut', async () => {
  const [path] = kinds('members').filter(path => path.includes('/handouts/'));
  const { page, close } = await open(path);
  for (const width of [320, 390, 640, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const size of ['1', '2', '3']) {
      await page.evaluate(size => { document.documentElement.dataset.size = size; }, size);
      const [tops, right] = await page.locator('.bar li > a, .bar summary').evaluateAll(all => [new Set(all.map(e => Math.round(e.getBoundingClientRect().top))).size, Math.max(...all.map(e => e.getBoundingClientRect().right))]);
      assert.equal(tops, 1, `two lines at ${width} px, size ${size}`);
      assert.ok(right <= width, `${right} px at ${width} px, size ${size}`);
    }
  }
  await close();
});

test('a guide page says on screen and on paper that it is not for members', async () => {
  // what is shown to the group on a screen is for members
  for (const path of kinds('facilitator').filter(path => !path.includes('/present/'))) {
    const { page, close } = await open(path);
    assert.match(await page.title(), /Facilitator guide/, path);
    assert.equal(await page.locator('meta[name=robots]').getAttribute('content').then(text => text.includes('noindex')), true);
    await close();
  }
});
