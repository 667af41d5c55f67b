/* `chatwire serve` as a program: what it prints, its flags, and how it ends. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient } from '../../lib/index.js';
import { node } from '../../transports/node.js';
import { closePiped, Piped, run } from './piped.js';
import { CTRL_C, closeTerminals, PseudoTerminal } from './pseudo-terminal.js';

test.after.each(async () => {
  await closePiped();
  await closeTerminals();
});

const isRoot = process.getuid?.() === 0;

/** Starts `chatwire serve` and learns where it listens. */
async function serving(...args: readonly string[]): Promise<{ serve: Piped; addresses: readonly string[] }> {
  const serve = new Piped(['serve', ...args]);
  const shown = await serve.until('What happens:');
  const addresses = [...shown.matchAll(/^ {2}(\S+)\s+join:/gm)].map(([, address]) => address as string);
  return { serve, addresses };
}

test('it prints where it listens and how to join, and then what happens', async () => {
  const { serve, addresses } = await serving('-l', 'tcp://127.0.0.1:0', '-l', 'text+tcp://127.0.0.1:0');
  const [framed, door] = addresses as [string, string];
  assert.match(serve.stdout, `join: npx chatwire chat ${framed}`);
  assert.match(serve.stdout, `join: nc 127.0.0.1 ${door.split(':').at(-1)}`);
  assert.is(serve.stderr, '');

  const dana = new ChatClient(node, framed, { reconnect: false });
  const { group } = await dana.create({ name: 'Dana', password: 'secret' });
  const bar = new ChatClient(node, framed, { reconnect: false });
  assert.is(
    await bar.join({ name: 'Bar', group, password: 'wrong' }).catch((error: Error) => error.message),
    'Wrong group ID or password.',
  );
  await bar.join({ name: 'Bar', group, password: 'secret' });
  await bar.say('the password is swordfish');
  await bar.exit();
  await serve.until(/tcp-2 +closed: exit/);
  await dana.exit();
  await serve.until(/tcp-1 +closed: exit/);
  const happened = serve.stdout.split('What happens:\n')[1] as string;
  const events = happened
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d\d:\d\d:\d\d {2}(tcp-\d) +/, '$1 ').replace(/127.0.0.1:\d+/, 'HOST'));
  assert.equal(events, [
    'tcp-1 came from tcp://HOST',
    `tcp-1 Dana created group ${group}`,
    `tcp-1 Dana joined group ${group}, now 1 member`,
    'tcp-2 came from tcp://HOST',
    'tcp-2 rejected: wrong-credentials',
    `tcp-2 Bar joined group ${group}, now 2 members`,
    `tcp-2 Bar said to group ${group}: (25 characters)`,
    `tcp-2 Bar left group ${group}`,
    'tcp-2 closed: exit',
    `tcp-1 Dana left group ${group}`,
    'tcp-1 closed: exit',
  ]);
});

test('--show-messages shows what is said, cleaned', async () => {
  const { serve, addresses } = await serving('-l', 'tcp://127.0.0.1:0', '--show-messages');
  const dana = new ChatClient(node, addresses[0] as string, { reconnect: false });
  await dana.create({ name: 'Dana', password: 'secret' });
  await dana.say('one\x1b[2J\ntwo');
  await serve.until(/Dana said to group \d+: one␛\[2J␤two\n/);
  await dana.exit();
});

test('a limit is a flag', async () => {
  const { serve, addresses } = await serving('-l', 'tcp://127.0.0.1:0', '--max-connections', '1');
  const first = new ChatClient(node, addresses[0] as string, { reconnect: false });
  await first.create({ name: 'Dana', password: 'secret' });
  const second = new ChatClient(node, addresses[0] as string, { reconnect: false });
  const refused = await second.join({ name: 'Bar', group: '1', password: 'x' }).catch((error: Error) => error.message);
  assert.is(refused, 'The server is full; please try again later.');
  await serve.until('closed: server-full');
  await first.exit();
});

test('on SIGTERM it parts with everybody and exits with 0', async () => {
  const { serve, addresses } = await serving('-l', 'tcp://127.0.0.1:0');
  const chat = new Piped(['chat', addresses[0] as string]).say('2', 'Dana', 'secret', 'Hi');
  await serve.until('said to group');
  serve.program.kill('SIGTERM');
  const { code, stdout, stderr } = await serve.ended;
  assert.equal([code, stderr], [0, '']);
  assert.match(stdout, /closing: parting with 1 connection; [^\n]*\n/);
  assert.match(stdout, /tcp-1 +closed: shutting-down\nclosed\n$/);
  await chat.until('The server was shut down; trying again in');
  chat.program.kill('SIGKILL');
});

test('Ctrl-C parts, and another one drops what is left, with 130', async () => {
  const terminal = new PseudoTerminal(['serve', '-l', 'text+tcp://127.0.0.1:0']);
  const screen = await terminal.until('What happens:');
  const port = /nc 127.0.0.1 (\d+)/.exec(screen)?.[1];
  const stubborn = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true }); // never ends its side
  stubborn.on('error', () => {}).resume();
  await terminal.until('came from');
  terminal.type(CTRL_C);
  await terminal.until('closing');
  terminal.type(CTRL_C);
  assert.is(await terminal.exitCode(), 130);
  stubborn.destroy();
});

test('nobody reads its output any more: it serves on', async () => {
  const { serve, addresses } = await serving('-l', 'tcp://127.0.0.1:0');
  serve.program.stdout.destroy();
  for (const name of ['Dana', 'Bar']) {
    const client = new ChatClient(node, addresses[0] as string, { reconnect: false });
    await client.create({ name, password: 'secret' });
    await client.exit();
  }
  serve.program.kill('SIGTERM');
  assert.is((await serve.ended).code, 0);
});

test('a port that is taken: one sentence, exit code 1, and nothing left open', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const busy = `tcp://127.0.0.1:${(taken.address() as AddressInfo).port}`;
  const { code, stdout, stderr } = await run(['serve', '-l', 'tcp://127.0.0.1:0', '-l', busy]);
  taken.close();
  assert.equal([code, stdout], [1, '']);
  assert.is(
    stderr,
    `chatwire: Somebody listens at ${busy} already: stop that program, or choose another port (port 0 takes a free one).\n`,
  );
});

test('serve twice at one address', async () => {
  const { addresses } = await serving('-l', 'tcp://127.0.0.1:0');
  const { code, stderr } = await run(['serve', '-l', addresses[0] as string]);
  assert.is(code, 1);
  assert.match(stderr, /^chatwire: Somebody listens at [^\n]*\n$/);
});

test('an address of another machine', async () => {
  const { code, stderr } = await run(['serve', '-l', 'tcp://192.0.2.1:4000']);
  assert.is(code, 1);
  assert.match(stderr, /^chatwire: The host in tcp:\/\/192\.0\.2\.1:4000 is no address of this machine: [^\n]*\n$/);
});

(isRoot ? test.skip : test)('a privileged port (not tested as root, who may)', async () => {
  const { code, stderr } = await run(['serve', '-l', 'tcp://127.0.0.1:80']);
  assert.is(code, 1);
  assert.match(stderr, /ports below 1024 need root; choose a higher one\.\n$/);
});

test('beyond loopback it warns in one sentence', async () => {
  const { serve, addresses } = await serving('-l', 'tcp://0.0.0.0:0', '-l', 'text+tcp://127.0.0.1:0');
  await serve.until('Warning');
  assert.is(serve.stderr, `Warning: the network can reach ${addresses[0]}, and can read all traffic there, passwords included.\n`);
});

test.run();
