/*
 * HTTP from a real browser: the part of the conformance suite that speaks of dialling and of connections, run in a page
 * of Chromium against a server in Node.
 */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { httpTransport } from '../../../transports/http/index.js';
import { startBrowser } from '../../gui/browser.js';
import { needsTool } from '../../tool.js';
import { bundled } from './puppet/bundle.js';
import { deserted, strings } from './puppet/node-side.js';
import type { ConformancePage } from './puppet/page.js';

/** Cases about listening, which a page cannot do, and about more connections than a page may have. */
const NOT_HERE = /listen|where nobody|an address is free|connections\$|drained, and a dial that fails|taps|200 connections|nothing behind/;

if (needsTool('chromium')) {
  const test = suite('http: from a browser');
  const code = await bundled('test/transports/http/puppet/page.ts');
  const listener = await httpTransport({
    pages(request, response) {
      // the strings are a WebSocket at another port, which the page of a test may open
      response.setHeader('content-security-policy', "script-src 'self'; connect-src 'self' ws:");
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(
        isScript
          ? code
          : '<!doctype html><title>Conformance</title><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
      );
    },
  }).listen!('http://127.0.0.1:0');
  const held = await strings(listener);
  const browser = await startBrowser();
  const { page, complaints } = await browser.open(`${listener.address}/#${held.url}`);
  await page.waitForFunction('globalThis.page !== undefined');
  const names = await page.evaluate<ReturnType<ConformancePage['names']>>('page.names()');

  const here = names.filter((name) => !NOT_HERE.test(name));
  for (const name of here) {
    test(name, async () => {
      await page.evaluate(`page.run(${JSON.stringify(name)})`);
    });
  }

  test('there are enough cases to mean something', () => {
    assert.ok(here.length > 25, `${here.length} of ${names.length}`);
    assert.equal(complaints, []);
  });

  test('what cannot be reached, and what is another origin, is refused', async () => {
    assert.is(await page.evaluate(`page.dialFails('http://127.0.0.1:${await deserted()}')`), 'refused');
    const other = await httpTransport().listen!('http://127.0.0.1:0');
    assert.is(await page.evaluate(`page.dialFails('${other.address}')`), 'refused');
    await other.close();
  });

  test.after(async () => {
    await browser.close();
    held.close();
    await listener.close();
  });
  test.run();
}
