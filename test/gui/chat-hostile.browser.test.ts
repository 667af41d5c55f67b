/*
 * The chat page among people who mean no good: script in names and messages, links that lie, marks that pile up, floods.
 */
import type { Page } from 'playwright-core';
import { filter, firstValueFrom } from 'rxjs';
import * as assert from 'uvu/assert';
import { ChatClient } from '../../lib/index.js';
import { node } from '../../transports/node.js';
import { browserSuite } from './browser-suite.js';
import { assertAccessible, assertNoComplaints, createGroup, PASSWORD, said, saidInAll, say, servePage, styleOf } from './chat-page.js';

const { suite, test, browser } = browserSuite('the chat page: hostile peers');
const clients: ChatClient[] = [];

suite.after.each(async () => {
  await Promise.all(clients.splice(0).map((client) => client.exit()));
});

/** A peer over TCP, who may say what the page would not. */
async function peer(address: string, name: string, group: string): Promise<ChatClient> {
  const client = new ChatClient(node, address, { reconnect: false });
  clients.push(client);
  await client.join({ name, group, password: PASSWORD });
  return client;
}

/** Everything that should never be: markup of a peer's, and what it would have done. */
function watchForScript(page: Page): readonly string[] {
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  return ran;
}

test('script in names and messages is text', async () => {
  const { link, at } = await servePage();
  const dana = await browser.open(link);
  const ran = watchForScript(dana.page);
  const group = await createGroup(dana.page, 'Dana');
  const name = '<img src=x onerror=alert(1)>';
  const mallory = await peer(at.tcp as string, name, group);
  const texts = [
    '<script>alert(2)</script>',
    '<img src=x onerror=alert(3)>',
    '"><svg onload=alert(4)>',
    '</p></li></ol><h1>hello</h1>',
    '<a href="javascript:alert(5)">x</a>',
    '<style>*{display:none}</style>',
    '{{alert(6)}} &lt;b&gt; &#60;i&#62;',
  ];
  for (const text of texts) await mallory.say(text);
  assert.equal(await saidInAll(dana.page, texts.length), texts);
  assert.is(await dana.page.locator('.sender').first().textContent(), name);
  assert.is(await dana.page.locator('.members li').nth(1).locator('bdi').textContent(), name);
  for (const tag of ['img', 'svg', 'script', 'style', 'h1', 'a']) assert.is(await dana.page.locator(`main ${tag}`).count(), 0, tag);
  assert.equal(ran, []);
  await assertAccessible(dana.page);
  assertNoComplaints(dana);
});

test('only addresses of http: and https: are links, and they lead where they say', async () => {
  const { link, at } = await servePage();
  const dana = await browser.open(link);
  const ran = watchForScript(dana.page);
  const group = await createGroup(dana.page, 'Dana');
  const mallory = await peer(at.tcp as string, 'Mallory', group);
  await mallory.say('see https://example.org/a_(b), (http://example.org/x). and https://example.org/?q="><img src=x onerror=alert(1)>');
  await mallory.say('javascript:alert(2) data:text/html,x file:///etc/passwd https://bank.example@evil.example/ https:// http://%');
  await mallory.say('https://evil.example/\u202emoc.knab');
  await saidInAll(dana.page, 3);
  const links = dana.page.locator('main .said a');
  const found = await Promise.all(
    (await links.all()).map(async (each) => [await each.textContent(), await each.getAttribute('href'), await each.getAttribute('rel')]),
  );
  assert.equal(found, [
    ['https://example.org/a_(b)', 'https://example.org/a_(b)', 'noopener noreferrer nofollow'],
    ['http://example.org/x', 'http://example.org/x', 'noopener noreferrer nofollow'],
    ['https://example.org/?q=', 'https://example.org/?q=', 'noopener noreferrer nofollow'],
    ['https://evil.example/', 'https://evil.example/', 'noopener noreferrer nofollow'],
  ]);
  assert.equal(ran, []);
  assertNoComplaints(dana);
});

test('marks that pile up, thousands of lines and right-to-left text stay within their own message', async () => {
  const { link, at } = await servePage();
  const dana = await browser.open(link);
  const group = await createGroup(dana.page, 'Dana');
  const mallory = await peer(at.tcp as string, `M${'\u0301\u0353'.repeat(15)}`, group);
  const texts = [
    `Z${'\u0300\u0301\u0353'.repeat(1333)}`,
    '\u0489'.repeat(4000),
    'x\n'.repeat(2000),
    '\u202eabc',
    'שלום לכולם',
    '𝕳'.repeat(4000),
    'the last',
  ];
  for (const text of texts) await mallory.say(text);
  assert.equal(await saidInAll(dana.page, texts.length), texts);
  const height = dana.page.viewportSize()?.height as number;
  for (const row of await dana.page.locator('[data-entry]').all()) {
    const box = await row.boundingBox();
    assert.ok(box && box.height < height, `a row of ${box?.height} pixels`);
    assert.is(await styleOf(row, 'overflow-x'), 'clip');
  }
  assert.ok(await dana.page.getByText('the last', { exact: true }).isVisible());
  assert.ok(await dana.page.getByLabel('Your message').isVisible());
  assert.is(await styleOf(dana.page.locator('.said', { hasText: 'שלום לכולם' }), 'direction'), 'rtl');
  assert.is(
    await dana.page.evaluate('document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight'),
    false,
  );
  await dana.page.getByRole('button', { name: 'Show all of it' }).first().click();
  assertNoComplaints(dana);
});

test('a message that is too long: refused with its sentence, and kept to be shortened', async () => {
  const { link } = await servePage();
  const dana = await browser.open(link);
  await createGroup(dana.page, 'Dana');
  await say(dana.page, 'a'.repeat(4001));
  await dana.page.getByText('A message has at most 4000 characters.').waitFor();
  assert.is((await dana.page.getByLabel('Your message').inputValue()).length, 4001);
  await assertAccessible(dana.page);
  await say(dana.page, 'shorter');
  assert.equal(await saidInAll(dana.page, 1), ['shorter']);
  assertNoComplaints(dana);
});

test('a flood: few rows on the page, one can write, and read on further up; nothing is missing', async () => {
  const COUNT = 6_000;
  const { link, at } = await servePage({ flags: ['--messages-per-second', '5000'] });
  const dana = await browser.open(link);
  const group = await createGroup(dana.page, 'Dana');
  const mallory = await peer(at.tcp as string, 'Mallory', group);
  const { page } = dana;
  await mallory.say('message 1');
  const flood = Array.from({ length: COUNT - 2 }, (_, i) => mallory.say(`message ${i + 2}`));
  // on the page itself it may be washed away before anybody looks
  const heard = firstValueFrom(mallory.messages$.pipe(filter(({ text }) => text === 'one word of mine')));
  await say(page, 'one word of mine');
  await heard;
  await Promise.all(flood);
  await mallory.say(`message ${COUNT}`);
  await page.getByText(`message ${COUNT}`, { exact: true }).waitFor();

  const numbers = async () =>
    (await said(page)).filter((text) => text.startsWith('message ')).map((text) => Number(text.replace('message ', '')));
  const isWithoutGap = (shown: readonly number[]) => shown.every((number, i) => i === 0 || number === (shown[i - 1] as number) + 1);
  const atTheEnd = await numbers();
  assert.ok(atTheEnd.length <= 200 && atTheEnd.length > 100);
  assert.ok(isWithoutGap(atTheEnd));
  await say(page, 'my last word');
  await page.locator('[data-entry] .said', { hasText: 'my last word' }).waitFor();

  // up to where the oldest that are kept begin, window by window
  const log = page.getByRole('log');
  const oldest = page.getByText('What was said before this is no longer kept on this page.');
  for (let step = 0; step < 500 && (await oldest.count()) === 0; step++) {
    await log.evaluate((box) => {
      box.scrollTop = Math.max(0, box.scrollTop - 1500);
    });
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    const shown = await numbers();
    assert.ok(shown.length <= 200 && isWithoutGap(shown));
  }
  assert.is(await oldest.count(), 1);
  assert.ok(((await numbers())[0] as number) > 1);
  await page.getByRole('button', { name: /Newest messages/ }).click();
  await page.getByText(`message ${COUNT}`, { exact: true }).waitFor();
  assertNoComplaints(dana);
});

suite.run();
