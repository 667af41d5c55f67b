/*
 * More tabs than a browser has connections to a server: with a SharedWorker all of them chat over one stream; without it
 * the one that would take the last connection is told so.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Connection } from '../../../lib/transport.js';
import { httpTransport } from '../../../transports/http/index.js';
import { startBrowser } from '../../gui/browser.js';
import { needsTool } from '../../tool.js';
import { bundled } from './puppet/bundle.js';

if (needsTool('chromium')) {
  const test = suite('http: tabs of a browser');
  const scripts = new Map([
    ['/tab.js', await bundled('test/transports/http/puppet/tab.ts')],
    ['/worker.js', await bundled('transports/http/shared-worker.ts')],
  ]);
  const listener = await httpTransport({
    pages(request, response) {
      const script = scripts.get(request.url ?? '');
      response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
      response.end(
        script ?? '<!doctype html><title>Tab</title><link rel="icon" href="data:,"><script type="module" src="/tab.js"></script>',
      );
    },
  }).listen!('http://127.0.0.1:0');
  const accepted: Connection[] = [];
  listener.connections$.subscribe((connection) => {
    accepted.push(connection);
    connection.received$.subscribe({ next: (chunk) => connection.send(chunk), error: () => undefined });
  });
  const browser = await startBrowser();

  /** Opens tabs of one profile, and what the last one is told. */
  async function tabs(count: number, how: 'shared' | 'own') {
    const context = await browser.browser.newContext();
    const complaints: string[] = [];
    const pages = [];
    let told = '';
    for (let tab = 0; tab < count; tab += 1) {
      const page = await context.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(listener.address);
      await page.waitForFunction('globalThis.tab !== undefined');
      told = await page.evaluate<string>(`tab.open('${how}')`);
      pages.push(page);
    }
    return { context, pages, told, complaints };
  }

  test('nine tabs share one stream, and each gets what is its own; one that is closed is gone at once', async () => {
    const { context, pages, told, complaints } = await tabs(9, 'shared');
    assert.is(told, 'open');
    const back = await Promise.all(pages.map((page, index) => page.evaluate<string>(`tab.echo('tab ${index}')`)));
    assert.equal(
      back,
      pages.map((_, index) => `tab ${index}`),
    );
    await pages[4]?.close({ runBeforeUnload: true });
    assert.is((await (accepted[4] as Connection).closed).error?.code, 'reset'); // told, not missed: that would be a timeout
    assert.is(await pages[8]?.evaluate<string>("tab.echo('and on')"), 'and on');
    assert.equal(complaints, []);
    await context.close();
  });

  test('without sharing, the sixth tab is told that the browser has no more connections', async () => {
    const before = accepted.length;
    const { context, pages, told } = await tabs(6, 'own');
    assert.is(told, 'overflow');
    assert.is(await pages[4]?.evaluate<string>("tab.echo('well')"), 'well');
    await pages[0]?.close({ runBeforeUnload: true });
    assert.is((await (accepted[before] as Connection).closed).error?.code, 'reset');
    await pages[5]?.waitForFunction("tab.open('own').then((told) => told === 'open')");
    await context.close();
  });

  test.after(async () => {
    await browser.close();
    for (const connection of accepted) connection.abort();
    await listener.close();
  });
  test.run();
}
