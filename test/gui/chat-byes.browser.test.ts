/*
 * The chat page and a server that parts with it, for each reason of the protocol's: a sentence, the menu, and a new
 * connection when one chooses again. A server that breaks the protocol is told from one that parts.
 */
import * as assert from 'uvu/assert';
import { strings } from '../../gui/strings.js';
import { ChatServer, type Connection, type Listener } from '../../lib/index.js';
import { FAREWELLS, promptFrame } from '../../lib/session/questions.js';
import { type ByeCode, encodeFrame, type ServerFrame } from '../../lib/wire/index.js';
import { node } from '../../transports/node.js';
import { built } from '../built.js';
import { browserSuite } from './browser-suite.js';
import { askToJoin, assertNoComplaints, createGroup } from './chat-page.js';
import { withPages } from './page-transport.js';

const { suite, test, browser } = browserSuite('the chat page: partings');
const closing: (() => Promise<unknown>)[] = [];

suite.before(async () => {
  built('cli/main.ts');
});
suite.after.each(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Whoever connects is asked what the menu asks, and then told this, frame by frame. */
async function saying(...frames: readonly ServerFrame[]): Promise<Listener> {
  const listener = (await withPages().listen?.('http://127.0.0.1:0')) as Listener;
  const open = new Set<Connection>();
  listener.connections$.subscribe((connection) => {
    open.add(connection);
    connection.received$.subscribe({ error: () => {}, complete: () => void connection.end() });
    for (const frame of [promptFrame(1, 'menu'), ...frames]) connection.send(encodeFrame(frame));
    void connection.end();
  });
  closing.push(async () => {
    for (const connection of open) connection.abort();
    await listener.close();
  });
  return listener;
}

for (const code of Object.keys(strings.chat.byes) as ByeCode[]) {
  if (code === 'shutting-down' || code === 'exit') continue; // the client comes back by itself; and has left by itself
  test(`${code}: its sentence, and the menu`, async () => {
    const { address } = await saying({ type: 'BYE', code, text: FAREWELLS[code], retryAfterMs: 0 });
    const one = await browser.open(address);
    await one.page.getByText(strings.chat.byes[code]).waitFor();
    await one.page.getByRole('heading', { name: strings.chat.greeting }).waitFor();
    assertNoComplaints(one);
  });
}

test('every reason of the protocol’s has its sentence', () => {
  assert.equal(Object.keys(strings.chat.byes).sort(), Object.keys(FAREWELLS).sort());
});

test('shutting-down: the banner says why, and that it tries again', async () => {
  const { address } = await saying({ type: 'BYE', code: 'shutting-down', text: FAREWELLS['shutting-down'], retryAfterMs: 60_000 });
  const one = await browser.open(address);
  await one.page.getByText('The server was shut down; trying again in 60 s').waitFor();
  assertNoComplaints(one);
});

test('a server that breaks the protocol: a sentence', async () => {
  const { address } = await saying({ type: 'MESSAGE', sequence: 1, time: 0, sender: 'x', text: 'unasked' });
  const one = await browser.open(address);
  await one.page.getByText('Connection lost; trying again').waitFor();
  assertNoComplaints(one);
});

test('too long at the menu: a sentence, and the next choice dials again', async () => {
  const server = new ChatServer({ ...node, transports: [withPages()] }, { dialogueTimeoutMs: 3_000 });
  closing.push(() => server.close({ graceMs: 0 }));
  const one = await browser.open(await server.listen('http://127.0.0.1:0'));
  await one.page.getByText(strings.chat.byes.timeout).waitFor();
  await createGroup(one.page, 'Dana');
  assertNoComplaints(one);
});

test('too many wrong passwords from one place: it says to wait', async () => {
  const server = new ChatServer({ ...node, transports: [withPages()] }, { wrongPasswordsPerMinute: 1, maxWrongAnswers: 9 });
  closing.push(() => server.close({ graceMs: 0 }));
  const address = await server.listen('http://127.0.0.1:0');
  const dana = await browser.open(address);
  const group = await createGroup(dana.page, 'Dana');
  const bar = await browser.open(address);
  await askToJoin(bar.page, 'Bar', group, 'wrong');
  await bar.page.getByText('Wrong group ID or password.').waitFor();
  await bar.page.getByLabel('Password of the group').fill('wrong again');
  await bar.page.getByRole('button', { name: 'Connect', exact: true }).click();
  await bar.page.getByText('Too many wrong passwords; wait a minute and try again.').waitFor();
  assertNoComplaints(bar);
});

suite.run();
