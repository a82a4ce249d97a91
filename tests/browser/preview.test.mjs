// The preview, as its author uses it: two sites side by side that follow each save and keep her place.
import { after, before, beforeEach, afterEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAM, lay } from './course.mjs';
import { launch } from './support.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const HOME = 'facilitator/index.html', SHEET = 'members/handouts/skills/sheet.html';
let browser, folder, preview;
before(async () => { browser = await launch(); });
after(() => browser.close());

const sheet = () => join(folder, 'course/modules/skills/sheet.md');
const save = change => writeFileSync(sheet(), change(readFileSync(sheet(), 'utf8')));

/** Starts the preview of a small course of the test's own, and shows one of its handouts. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'copebook-preview-'));
  lay(join(folder, 'course'));
  writeFileSync(sheet(), readFileSync(sheet(), 'utf8').replace('Write it down.', `Write it down.\n\n${'A line to make the page long.\n\n'.repeat(60)}`));
  writeFileSync(join(folder, 'editor.mjs'), 'import { writeFileSync } from "node:fs"; writeFileSync("opened", process.argv.slice(2).join(" "));');
  const server = spawn(PROGRAM, ['serve', 'course', '--port', '0', '--editor', `${process.execPath} editor.mjs {file} {line}`], { cwd: folder });
  let said = '';
  server.stderr.on('data', data => { said += data; });
  const url = await new Promise(done => server.stdout.once('data', data => done(String(data).trim())));
  const context = await browser.newContext({ viewport: { width: 1400, height: 800 } });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => { if (message.type() === 'error') errors.push(message.text()); });
  await page.goto(url);
  const frame = name => page.frameLocator(`#${name} iframe:not(.coming)`);
  const inside = async name => (await page.locator(`#${name} iframe:not(.coming)`).elementHandle()).contentFrame();
  await frame('members').locator('h1').waitFor();
  await frame('members').locator('a[href$="skills/sheet.html"]').first().click();
  await frame('members').locator('h1', { hasText: 'A secret title' }).waitFor();
  preview = { server, page, errors, frame, inside, said: () => said };
});
afterEach(async () => {
  await preview.page.context().close();
  preview.server.kill();
  rmSync(folder, { recursive: true });
});

test('both sites stand side by side; each names its file and opens it', async () => {
  const { page, frame, errors } = preview;
  assert.ok(await frame('guide').locator('h1').isVisible());
  assert.deepEqual(await page.locator('.file').allTextContents(), ['course/curriculum.yml', 'course/modules/skills/sheet.md']);
  const opened = async () => { for (let n = 0; n < 300 && !(existsSync(join(folder, 'opened')) && readFileSync(join(folder, 'opened'), 'utf8')); n += 1) await page.waitForTimeout(10); return readFileSync(join(folder, 'opened'), 'utf8'); };
  await page.locator('#members [data-act=open]').click();
  assert.equal(await opened(), 'course/modules/skills/sheet.md 1');
  assert.match(await page.locator('#members .note').getAttribute('href'), /^obsidian:\/\/open\?path=.*sheet\.md$/);
  // a block by pointing at it, and by the list for those who do not point
  rmSync(join(folder, 'opened'));
  const line = readFileSync(sheet(), 'utf8').split('\n').findIndex(text => text.startsWith('::: worksheet')) + 1;
  await frame('members').locator('#w-1').hover();
  await page.locator('#members .here', { hasText: `Line ${line}` }).click();
  assert.equal(await opened(), `course/modules/skills/sheet.md ${line}`);
  rmSync(join(folder, 'opened'));
  await page.locator('#members .lines summary').click();
  await page.locator('#members .lines button', { hasText: 'What was going on?' }).click();
  assert.equal(await opened(), `course/modules/skills/sheet.md ${line + 2}`);
  // the same page in the other site
  await page.locator('#members [data-act=twin]').click();
  await frame('guide').locator('h1', { hasText: 'A secret title' }).waitFor();
  assert.deepEqual(errors, []);
});

test('a save is shown in its place, and only where the page has changed', async () => {
  const { page, frame, inside, errors } = preview;
  const scroll = async () => (await inside('members')).evaluate(() => scrollY);
  await (await inside('members')).evaluate(() => scrollTo(0, 900));
  await (await inside('guide')).evaluate(() => { window.same = true; });
  const before = Date.now();
  save(text => text.replace('A line to make', 'A sentence to make'));
  await frame('members').locator('p', { hasText: 'A sentence to make' }).first().waitFor();
  assert.ok(Date.now() - before < 3000);
  assert.equal(await scroll(), 900);
  assert.equal(await (await inside('guide')).evaluate(() => window.same), true, 'the guide was loaded again');
  // what the reader looks at stays where it is when the page grows above it
  await (await inside('members')).evaluate(() => document.getElementById('w-1').scrollIntoView());
  const at = async () => (await inside('members')).evaluate(() => Math.round(document.getElementById('w-1').getBoundingClientRect().top));
  const top = await at();
  save(text => text.replace('Write it down.', 'Write it down. First.\n\nThen.\n\nAnd more.'));
  await frame('members').locator('p', { hasText: 'And more.' }).waitFor();
  assert.ok(Math.abs(await at() - top) <= 1, `${await at()} is not ${top}`);
  // the same text again: nothing happens
  await (await inside('members')).evaluate(() => { window.same = true; });
  save(text => text);
  await page.waitForTimeout(600);
  assert.equal(await (await inside('members')).evaluate(() => window.same), true, 'the page was loaded again for nothing');
  assert.deepEqual(errors, []);
});

test('errors lie over the last good page, as text, and go by themselves', async () => {
  const { page, frame, errors } = preview;
  const panel = page.locator('#problems');
  save(text => text.replace('::: worksheet', '::: worksheeet <img src=x onerror=alert(1)>'));
  await panel.waitFor();
  assert.match(await panel.innerText(), /worksheeet <img src=x onerror=alert\(1\)>/);
  assert.equal(await panel.locator('img').count(), 0);
  assert.match(await page.locator('.tell').innerText(), /error/);
  assert.ok(await frame('members').locator('h1', { hasText: 'A secret title' }).isVisible());
  await panel.locator('li button').first().click();
  await page.locator('.state', { hasText: 'Opened course/modules/skills/sheet.md' }).waitFor();
  await panel.locator('.close').click();
  assert.ok(!await panel.isVisible());
  await page.locator('.tell').click();
  save(text => text.replace('::: worksheeet <img src=x onerror=alert(1)>', '::: worksheet Mended'));
  await frame('members').locator('#w-1', { hasText: 'Mended' }).waitFor();
  await page.locator('.state', { hasText: 'Up to date' }).waitFor();
  assert.doesNotMatch(await page.locator('.tell').innerText(), /error/);
  assert.equal(await panel.isVisible(), false);
  assert.deepEqual(errors, []);
});

test('what is typed and chosen is kept, with the cursor; what has no place any more is not thrown away', async () => {
  const { page, frame, inside, errors } = preview;
  await frame('members').locator('textarea').first().fill('At home, in the kitchen');
  await frame('members').locator('input[type=radio]:visible').nth(5).check({ force: true });
  await frame('members').locator('textarea').nth(1).focus();
  await page.keyboard.type('It was');
  save(text => text.replace('A line to make', 'A sentence to make'));
  await frame('members').locator('p', { hasText: 'A sentence to make' }).first().waitFor();
  await page.keyboard.type(' late');
  const values = () => frame('members').locator('textarea').evaluateAll(fields => fields.slice(0, 2).map(field => field.value));
  assert.deepEqual(await values(), ['At home, in the kitchen', 'It was late']);
  assert.ok(await (await inside('members')).evaluate(() => document.querySelectorAll('input[type=radio]:checked').length) >= 1);
  // the question goes: what stands there stays until its writer lets it go
  save(text => text.replace(/- lines: What was going on\?\n {2}height: 3\n/, '').replace('A sentence to make', 'A word to make'));
  await page.locator('#members .notice').waitFor();
  assert.deepEqual(await values(), ['At home, in the kitchen', 'It was late']);
  await page.locator('#members [data-act=anew]').click();
  await frame('members').locator('p', { hasText: 'A word to make' }).first().waitFor();
  assert.deepEqual(errors, []);
});

test('a narrow window shows one site at a time, and members have a phone', async () => {
  const { page, frame } = preview;
  await page.locator('#members [data-act=phone]').click();
  assert.equal(await page.locator('#members iframe').evaluate(frame => frame.clientWidth), 390);
  await page.setViewportSize({ width: 600, height: 800 });
  // a page is told of its new width a moment later
  await page.locator('#members .stage').waitFor({ state: 'hidden' });
  assert.ok(await page.locator('#guide .stage').isVisible());
  await page.getByRole('radio', { name: 'Members' }).check({ force: true });
  await page.locator('#guide .stage').waitFor({ state: 'hidden' });
  await frame('members').locator('h1').waitFor();
});

test('another page of this machine gets nothing, and the page itself survives a restart of its window', async () => {
  const { page, frame } = preview;
  const url = new URL(page.url());
  await page.reload();
  await frame('members').locator('h1', { hasText: 'A secret title' }).waitFor();
  const stranger = await (await browser.newContext()).newPage();
  const got = await stranger.goto(`${url.origin}/${SHEET}`);
  assert.equal(got.status(), 403);
  assert.match(await stranger.locator('body').innerText(), /open the whole address/);
  // a site of the web that has the same browser, cookies and all
  const other = await page.context().newPage();
  await other.route('http://evil.example/', route => route.fulfill({ contentType: 'text/html', body: `<img src="${url.origin}/${HOME}"><iframe src="${url.origin}/${SHEET}"></iframe>` }));
  // turned away by us, or by the browser before it asks
  const isOurs = request => request.url() === `${url.origin}/${SHEET}`;
  const refused = Promise.race([other.waitForEvent('response', { predicate: response => isOurs(response.request()) }).then(response => response.status()), other.waitForEvent('requestfailed', isOurs).then(() => 403)]);
  await other.goto('http://evil.example/');
  assert.equal(await refused, 403);
  await other.close();
});

test('the preview is for everyone: no finding of axe, in the page and in its panel', async () => {
  const { page } = preview;
  const source = readFileSync(AXE, 'utf8');
  const check = async what => {
    const found = await page.evaluate(`(() => { ${source}; return axe.run(document, { iframes: false }); })()`);
    assert.deepEqual(found.violations.map(({ id, nodes }) => `${what}: ${id} ${nodes[0].html}`), []);
  };
  await check('at rest');
  save(text => text.replace('::: worksheet', '::: worksheeet'));
  await page.locator('#problems').waitFor();
  await check('with problems');
});
