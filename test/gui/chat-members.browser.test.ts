/*
 * Members of one group, however connected: two browsers, the command over TCP, nc at the text door, a client over UDP.
 * Everybody hears everybody once, in the same order. And one browser with more tabs than it has connections.
 */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { ChatClient, ChatServer } from '../../lib/index.js';
import { node } from '../../transports/node.js';
import { breakable } from '../cli/breakable.js';
import { Piped } from '../cli/piped.js';
import { endAll, run } from '../text-door/typed.js';
import type { OpenPage } from './browser.js';
import { browserSuite } from './browser-suite.js';
import { assertNoComplaints, closePages, createGroup, joinGroup, PASSWORD, saidInAll, say, servePage } from './chat-page.js';
import { withPages } from './page-transport.js';

const ROUNDS = 5;
const { suite, test, browser } = browserSuite('the chat page: members over every transport', 'nc');
const closing: (() => Promise<void>)[] = [];

suite.after.each(async () => {
  endAll();
  for (const close of closing.splice(0)) await close();
});

test('two browsers, TCP, nc and UDP in one group: everything once, in the same order', async () => {
  const { link, at } = await servePage({ listen: ['tcp://127.0.0.1:0', 'text+tcp://127.0.0.1:0', 'udp://127.0.0.1:0'] });
  const dana = await browser.open(link);
  const bar = await browser.open(link);
  const group = await createGroup(dana.page, 'Dana');
  await joinGroup(bar.page, 'Bar', group);

  const tcp = new Piped(['chat', at.tcp as string]).say('1', 'Tcp', group, PASSWORD);
  await tcp.until(`connected to group chat #${group}`);
  const [host, port] = (at['text+tcp'] as string).replace('text+tcp://', '').split(':') as [string, string];
  const nc = run('nc', [host, port]);
  nc.type(`1\nNc\n${group}\n${PASSWORD}\n`);
  await nc.screen.until(`connected to group chat #${group}\n`);
  const udp = new ChatClient(node, at.udp as string, { reconnect: false });
  const overUdp: string[] = [];
  udp.messages$.subscribe(({ text }) => overUdp.push(text));
  await udp.join({ name: 'Udp', group, password: PASSWORD });
  await dana.page.getByRole('heading', { name: 'Members (5)' }).waitFor();
  await bar.page.getByRole('heading', { name: 'Members (5)' }).waitFor();

  const names = ['Dana', 'Bar', 'Tcp', 'Nc', 'Udp'];
  for (let round = 1; round <= ROUNDS; round++) {
    const text = (name: string) => `${name} says ${round}`;
    tcp.say(text('Tcp'));
    nc.type(`${text('Nc')}\n`);
    await Promise.all([say(dana.page, text('Dana')), say(bar.page, text('Bar')), udp.say(text('Udp'))]);
  }
  const order = await saidInAll(dana.page, names.length * ROUNDS);
  const wanted = names.flatMap((name) => Array.from({ length: ROUNDS }, (_, i) => `${name} says ${i + 1}`));
  assert.equal([...order].sort(), wanted.sort());
  assert.equal(await saidInAll(bar.page, order.length), order);

  const without = (name: string) => order.filter((text) => !text.startsWith(`${name} says`));
  const spoken = (text: string) => [...text.matchAll(/^\S+: (.* says \d+)$/gm)].map(([, each]) => each as string);
  await nc.screen.when(() => spoken(nc.screen.text).length >= without('Nc').length, 'what the others said');
  assert.equal(spoken(nc.screen.text), without('Nc'));
  await tcp.until(without('Tcp').at(-1) as string);
  assert.equal(spoken(tcp.stdout), without('Tcp'));
  await udp.exit();
  assert.equal(overUdp, without('Udp'));
  await dana.page.getByText('Udp left the group', { exact: false }).first().waitFor();
  assertNoComplaints(dana);
  assertNoComplaints(bar);
});

/** The list of the members, as a person reads it. */
function membersOn(page: Page): Promise<readonly string[]> {
  return page.locator('#members li').allInnerTexts();
}

test('away and back: who was lost, left and came meanwhile is shown, and a newcomer sees who is away', async () => {
  const server = new ChatServer({ ...node, transports: [withPages({ graceMs: 500 }), ...node.transports] });
  closing.push(() => server.close({ graceMs: 0 }));
  const [link, tcp] = [await server.listen('http://127.0.0.1:0'), await server.listen('tcp://127.0.0.1:0')];
  const [barsWay, cidsWay] = [await breakable(link), await breakable(tcp)];
  const dana = await browser.open(link);
  const bar = await browser.open(`${barsWay.address.replace('tcp:', 'http:')}/`);
  const group = await createGroup(dana.page, 'Dana');
  const [cid, dan, eve] = [new ChatClient(node, cidsWay.address), new ChatClient(node, tcp), new ChatClient(node, tcp)];
  await cid.join({ name: 'Cid', group, password: PASSWORD });
  await dan.join({ name: 'Dan', group, password: PASSWORD });
  await joinGroup(bar.page, 'Bar', group);
  await bar.page.getByRole('heading', { name: 'Members (4)' }).waitFor();
  assert.equal(await membersOn(bar.page), ['Dana', 'Cid', 'Dan', 'Bar (you)']);

  await barsWay.break();
  await bar.page.getByText('Connection lost; trying again').waitFor();
  await dana.page.getByText('Bar lost the connection').waitFor();
  await cidsWay.break();
  await dana.page.getByText('Cid lost the connection').waitFor();
  await dan.exit();
  await eve.join({ name: 'Eve', group, password: PASSWORD });
  const foo = await browser.open(link);
  await joinGroup(foo.page, 'Foo', group);
  await foo.page.getByRole('heading', { name: 'Members (5)' }).waitFor();
  assert.equal(await membersOn(foo.page), ['Dana', 'Cid connection lost', 'Bar connection lost', 'Eve', 'Foo (you)']);

  await barsWay.mend();
  await bar.page.getByText('Back; nothing was missed.').waitFor();
  await bar.page.getByRole('heading', { name: 'Members (5)' }).waitFor();
  assert.equal(await membersOn(bar.page), ['Dana', 'Cid connection lost', 'Bar (you)', 'Eve', 'Foo']);
  await cidsWay.mend();
  await foo.page.getByText('Cid is back').waitFor();
  await foo.page.locator('.member-away').first().waitFor({ state: 'detached' });
  assert.equal(await membersOn(foo.page), ['Dana', 'Cid', 'Bar', 'Eve', 'Foo (you)']);
  await Promise.all([cid.exit(), eve.exit()]);
  await closePages(browser);
  await Promise.all([barsWay.break(), cidsWay.break()]);
  assertNoComplaints(dana);
  assertNoComplaints(foo);
});

test('eight tabs of one browser chat with each other: more than it has connections to a server', async () => {
  const { link } = await servePage();
  const first = await browser.open(link);
  const group = await createGroup(first.page, 'Tab 1');
  const tabs = [first];
  for (let i = 2; i <= 8; i++) {
    const page = await first.page.context().newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    await page.goto(link);
    await joinGroup(page, `Tab ${i}`, group);
    tabs.push({ page, complaints } satisfies OpenPage);
  }
  for (const [i, { page }] of tabs.entries()) await say(page, `from tab ${i + 1}`);
  const wanted = tabs.map((_, i) => `from tab ${i + 1}`);
  for (const tab of tabs) {
    assert.equal([...(await saidInAll(tab.page, tabs.length))].sort(), [...wanted].sort());
    assertNoComplaints(tab);
  }
  await tabs[7]?.page.close();
  await first.page.getByText('Tab 8 lost the connection').waitFor();
});

test('a browser without SharedWorker: the tab too many is told, and gets in once another is closed', async () => {
  const { serve, link } = await servePage();
  const context = await browser.browser.newContext();
  await context.addInitScript('delete globalThis.SharedWorker');
  const tabs = [];
  for (let i = 1; i <= 5; i++) {
    const page = await context.newPage();
    await page.goto(link);
    await page.getByRole('button', { name: 'Connect to a group chat.' }).waitFor();
    await serve.until(`http-${i} `);
    tabs.push(page);
  }
  const sixth = await context.newPage();
  await sixth.goto(link);
  await sixth.getByText('a browser has no more connections to a server: close one of them').waitFor();
  await tabs[0]?.close();
  await createGroup(sixth, 'Dana');
});

suite.run();
