// What the browser tests share: a browser, the built sites, and a plain file server for the tests over http.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/** The folder that `tests/run` built the sites into. */
export const SITE = process.env.COPEBOOK_SITE ?? new URL('../../site', import.meta.url).pathname;

/** Starts Chromium; it can reach no host but this machine. */
export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});

/** Every page below a folder, as paths from SITE, in order. */
export function pages(folder) {
  const found = [];
  const walk = at => readdirSync(at).sort().forEach(name => {
    const path = join(at, name);
    if (statSync(path).isDirectory()) walk(path);
    else if (name.endsWith('.html')) found.push(relative(SITE, path));
  });
  walk(join(SITE, folder));
  return found;
}

/** One page of each kind: the first of each folder and depth, which is what its template makes of it. */
export function kinds(folder) {
  const seen = new Set();
  return pages(folder).filter(path => {
    const parts = path.split('/').slice(1);
    const kind = `${parts.length} ${parts.length > 2 ? parts.at(-2 - (parts.includes('handouts') ? 1 : 0)) : parts.at(-1)}`;
    return !seen.has(kind) && seen.add(kind);
  });
}

/** The address of a page when it is opened by a double click. */
export const fileUrl = path => pathToFileURL(join(SITE, path)).href;

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

/** Serves SITE on a free port, as any static host would. */
export async function serve() {
  const server = createServer((request, response) => {
    const path = join(SITE, decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (!path.startsWith(SITE) || !existsSync(path) || statSync(path).isDirectory()) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(readFileSync(path));
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { url: path => `http://127.0.0.1:${server.address().port}/${path}`, close: () => server.close() };
}

/** The source of axe, to be run in a page. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The rules that pages keep: WCAG 2.2 A and AA, and what axe calls best practice. */
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Has axe look at a page, wide and on a phone, light and dark; then `also` is asked. */
export async function axeFindsNothing(page, also = () => {}) {
  await page.evaluate(axe);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      // what is not about colour is the same by night
      const only = colorScheme === 'light' ? { type: 'tag', values: RULES } : { type: 'rule', values: ['color-contrast'] };
      const found = await page.evaluate(runOnly => window.axe.run({ runOnly, resultTypes: ['violations'] }), only);
      assert.deepEqual(found.violations.map(v => `${v.id}: ${v.nodes[0].html}`), [], `${colorScheme}, ${width} px`);
      await also(`${colorScheme}, ${width} px`);
    }
  }
}
