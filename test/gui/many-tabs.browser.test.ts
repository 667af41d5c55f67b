/*
 * Many tabs of one browser with the ladder beside the chat: more than a browser has connections to a server.
 */
import type { BrowserContext, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { PATIENCE_MS } from '../patience.js';
import { browserSuite } from './browser-suite.js';
import { createGroup, joinGroup, say, servePage } from './chat-page.js';

const { suite, test, browser } = browserSuite('many tabs with a trace');
const WIDE = { width: 1280, height: 720 };

async function profile(): Promise<{ readonly context: BrowserContext; readonly complaints: string[] }> {
  const context = await browser.browser.newContext({ viewport: WIDE });
  context.setDefaultTimeout(PATIENCE_MS / 2);
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  return { context, complaints };
}

async function tab(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  return page;
}

const ladderOf = (page: Page) => page.getByRole('region', { name: 'The ladder' });

test('nine tabs with the ladder: each loads, chats, and has the whole trace', async () => {
  const { link } = await servePage({ flags: ['--trace'] });
  const { context, complaints } = await profile();
  const first = await tab(context, link);
  const group = await createGroup(first, 'tab 1');
  const pages = [first];
  for (let number = 2; number <= 9; number += 1) {
    const page = await tab(context, link);
    await joinGroup(page, `tab ${number}`, group);
    pages.push(page);
  }
  await say(pages[8] as Page, 'from the ninth');
  await say(first, 'from the first');
  for (const page of pages) {
    await page.locator('.said', { hasText: 'from the ninth' }).waitFor();
    const status = ladderOf(page).locator('.ladder-status', { hasText: /^live/ });
    await status.waitFor();
    // of the past, from before most of the tabs were there
    await ladderOf(page).getByRole('button', { name: 'Filter' }).click();
    await ladderOf(page).getByLabel('Types').fill('HELLO');
    await status.filter({ hasText: / 9 of / }).waitFor();
  }
  assert.equal(complaints, []);
});

test('in a browser without shared workers: a ladder in as many tabs as have room beside the chat, then a notice', async () => {
  const { link } = await servePage({ flags: ['--trace'] });
  const { context, complaints } = await profile();
  await context.addInitScript('delete globalThis.SharedWorker');
  const pages: Page[] = [];
  for (let number = 1; number <= 3; number += 1) {
    const page = await tab(context, link);
    pages.push(page);
    await page.getByRole('button', { name: 'Create a group chat.' }).waitFor();
    await ladderOf(page)
      .locator('.ladder-status', { hasText: number < 3 ? /^live/ : /^not shown here/ })
      .waitFor();
  }
  const last = pages[2] as Page;
  await ladderOf(last).getByRole('alert').getByText('This browser has no connection left for the ladder').waitFor();
  await createGroup(last, 'Dana');
  assert.equal(complaints, []);
});

suite.run();
