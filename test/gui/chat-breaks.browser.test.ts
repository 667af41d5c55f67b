/*
 * The chat page when things break: the network goes and comes back, the server is shut down, killed and started again.
 * Nothing is lost and nothing told twice.
 */
import * as assert from 'uvu/assert';
import { breakable } from '../cli/breakable.js';
import { browserSuite } from './browser-suite.js';
import {
  askToJoin,
  assertAccessible,
  assertNoComplaints,
  closePages,
  createGroup,
  joinGroup,
  saidInAll,
  say,
  servePage,
} from './chat-page.js';

const { suite, test, browser } = browserSuite('the chat page: what breaks');
/** What Chromium itself writes of requests that fail; a page cannot keep it from doing so. */
const FAILED_REQUEST = /^Failed to load resource: net::ERR_/;

test('offline and back: what both sides said meanwhile arrives, once', async () => {
  const { link } = await servePage();
  const dana = await browser.open(link);
  const bar = await browser.open(link);
  const group = await createGroup(dana.page, 'Dana');
  await joinGroup(bar.page, 'Bar', group);
  await say(dana.page, 'before');
  await saidInAll(bar.page, 1);

  await bar.page.context().setOffline(true);
  await bar.page.getByText('This device is offline.').waitFor();
  await assertAccessible(bar.page);
  for (const i of [1, 2, 3]) await say(dana.page, `Dana ${i}`);
  for (const i of [1, 2, 3]) await say(bar.page, `Bar ${i}`);
  await saidInAll(dana.page, 4);
  assert.is(await bar.page.locator('.pending li').count(), 3);
  await bar.page.context().setOffline(false);

  const order = await saidInAll(dana.page, 7);
  assert.equal([...order].sort(), ['Bar 1', 'Bar 2', 'Bar 3', 'Dana 1', 'Dana 2', 'Dana 3', 'before']);
  assert.equal(await saidInAll(bar.page, 7), order);
  assert.is(await bar.page.getByText('This device is offline.').count(), 0);
  assertNoComplaints(dana);
  assertNoComplaints(bar, FAILED_REQUEST);
});

test('a connection that is given up: a banner, and the session goes on over the next', async () => {
  const { link, at } = await servePage();
  const way = await breakable(at.http as string);
  const dana = await browser.open(link);
  const bar = await browser.open(`${way.address.replace('tcp:', 'http:')}/`);
  const group = await createGroup(dana.page, 'Dana');
  await joinGroup(bar.page, 'Bar', group);
  await say(bar.page, 'before');
  await saidInAll(dana.page, 1);

  await way.break();
  await say(bar.page, 'Bar, before it noticed');
  await bar.page.getByText('Connection lost; trying again').waitFor();
  await dana.page.getByText('Bar lost the connection').waitFor();
  await dana.page.getByText('connection lost', { exact: true }).waitFor();
  await say(bar.page, 'Bar, while it was away');
  await bar.page.getByText('waiting for the connection').first().waitFor();
  await say(dana.page, 'Dana, meanwhile');
  await way.mend();

  await bar.page.getByText('Back; nothing was missed.').waitFor();
  await dana.page.getByText('Bar is back').waitFor();
  const order = await saidInAll(dana.page, 4);
  assert.equal(order, ['before', 'Dana, meanwhile', 'Bar, before it noticed', 'Bar, while it was away']);
  assert.equal(await saidInAll(bar.page, 4), order);
  await bar.page.getByRole('heading', { name: 'Members (2)' }).waitFor();
  assert.is(await bar.page.getByText('Connection lost; trying again').count(), 0);
  await closePages(browser);
  await way.break();
  assertNoComplaints(dana);
  assertNoComplaints(bar, FAILED_REQUEST);
});

for (const [signal, why] of [
  ['SIGKILL', 'Connection lost'],
  ['SIGTERM', 'The server was shut down'],
] as const) {
  test(`the server ends by ${signal} and is started again: back to the menu with a sentence, what was unsent is kept`, async () => {
    const first = await servePage();
    const port = Number(new URL(first.link).port);
    const dana = await browser.open(first.link);
    const group = await createGroup(dana.page, 'Dana');
    await say(dana.page, 'before');
    await saidInAll(dana.page, 1);

    first.serve.program.kill(signal);
    await first.serve.ended;
    await dana.page.getByText(`${why}; trying again`).waitFor();
    await say(dana.page, 'said to nobody');
    await servePage({ port });
    await dana.page.getByText('The server no longer knows your session').waitFor();
    await dana.page.getByText('What was not sent is kept').waitFor();
    await dana.page.getByRole('heading', { name: 'Hello client, please choose an option:' }).waitFor();
    await assertAccessible(dana.page);

    const again = await createGroup(dana.page, 'Dana');
    assert.is(await dana.page.getByLabel('Your message').inputValue(), 'said to nobody');
    await dana.page.getByRole('button', { name: 'Send' }).click();
    assert.equal(await saidInAll(dana.page, 1), ['said to nobody']);
    assert.type(again, 'string');
    assert.type(group, 'string');
    assertNoComplaints(dana, FAILED_REQUEST);
  });
}

test('nobody is there when one chooses: a sentence, and the form goes on once there is', async () => {
  const first = await servePage();
  const dana = await browser.open(first.link);
  await dana.page.getByRole('button', { name: 'Exit the server.' }).click();
  await dana.page.getByRole('heading', { name: 'Goodbye.' }).waitFor();
  first.serve.program.kill('SIGKILL');
  await first.serve.ended;
  await dana.page.getByRole('button', { name: 'Connect again' }).click();
  await dana.page.getByText('cannot be reached').waitFor();
  await servePage({ port: Number(new URL(first.link).port) });
  await askToJoin(dana.page, 'Dana', '1', 'wrong');
  await dana.page.getByText('Wrong group ID or password.').waitFor();
  assertNoComplaints(dana, FAILED_REQUEST);
});

suite.run();
