/*
 * `trace proxy --step` in a pseudo-terminal, between bare sockets and before a real server: a held packet is really in the
 * air; keys let it go, kill, copy and delay it; and when the proxy ends while one is held, it is let go.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closePiped, Piped } from '../piped.js';
import { CTRL_C, closeTerminals, PseudoTerminal } from '../pseudo-terminal.js';

const test = suite('trace proxy --step');
const sockets: Socket[] = [];
test.after.each(async () => {
  await closePiped();
  await closeTerminals();
  for (const socket of sockets.splice(0)) socket.close();
});

async function socket(): Promise<{ readonly socket: Socket; readonly port: number }> {
  const opened = createSocket('udp4');
  opened.bind(0, '127.0.0.1');
  await once(opened, 'listening');
  sockets.push(opened);
  return { socket: opened, port: opened.address().port };
}

async function proxy(to: string): Promise<{ readonly terminal: PseudoTerminal; readonly port: number }> {
  const terminal = new PseudoTerminal(['trace', 'proxy', '--step', '--listen', 'udp://127.0.0.1:0', '--to', to], { columns: 90, rows: 24 });
  await terminal.until('Nothing is held');
  return { terminal, port: Number(/listens at udp:\/\/127\.0\.0\.1:(\d+)/.exec(terminal.screen)?.[1]) };
}

test('let go, killed, copied, delayed; and let go at the end', async () => {
  const [server, client] = [await socket(), await socket()];
  const { terminal, port } = await proxy(`udp://127.0.0.1:${server.port}`);
  assert.match(terminal.screen, /space let it go · k kill · d delay 1 s · c copy/);
  const got: string[] = [];
  const waiting = new Set<() => void>();
  server.socket.on('message', (message) => {
    got.push(String(message));
    for (const look of waiting) look();
  });
  const has = (...wanted: readonly string[]): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (got.join() !== wanted.join()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const say = async (...texts: readonly string[]) => {
    for (const text of texts) client.socket.send(text, port, '127.0.0.1');
    await terminal.until(/Held: client → server/);
  };
  const press = async (key: string) => {
    terminal.type(key);
    await terminal.until('Nothing is held');
  };
  await say('one');
  assert.equal(got, []);
  await press(' ');
  await has('one');
  await say('two');
  await press('k');
  await say('three');
  await press('c');
  await has('one', 'three', 'three');
  await say('four');
  await press('d');
  await has('one', 'three', 'three', 'four');
  await say('five');
  terminal.resize(60, 18);
  await terminal.until((screen) => screen.includes('Held: client') && terminal.rows.length <= 18 && /lets all go|all go$/m.test(screen));
  terminal.type(CTRL_C);
  assert.is(await terminal.exitCode(), 0);
  await has('one', 'three', 'three', 'four', 'five');
});

test('a killed SYN is sent again, and the ladder shows that it was lost', async () => {
  const server = new Piped(['serve', '--listen', 'udp://127.0.0.1:0']);
  const [, to = ''] = /(\S+:\S+)\s+join:/.exec(await server.until(/join:/)) ?? [];
  const { terminal, port } = await proxy(to);
  const client = new Piped(['chat', `udp://127.0.0.1:${port}`]);
  await terminal.until('Held: client → server SYN');
  terminal.type('k');
  await terminal.until(/SYN 1\/4 .*× lost/);
  while (!terminal.written.includes('Held: server → client COOKIE')) {
    const before = await terminal.until('Held: ');
    terminal.type(' ');
    await terminal.until((screen) => screen !== before);
  }
  terminal.type(CTRL_C);
  assert.is(await terminal.exitCode(), 0);
  assert.match(terminal.screen, /COOKIE 2\/4/);
  client.program.kill();
});

test('held for long, the first packet is told as what it was: it arrives; and a window that gets narrower gets a ladder that fits', async () => {
  const server = new Piped(['serve', '--listen', 'udp://127.0.0.1:0']);
  const [, to = ''] = /(\S+:\S+)\s+join:/.exec(await server.until(/join:/)) ?? [];
  const { terminal, port } = await proxy(to);
  const client = new Piped(['chat', `udp://127.0.0.1:${port}`]);
  // the client sends its SYN again, and the ladder waits for a second: both happen while the first is held
  await terminal.until('3 more behind it');
  assert.not.match(terminal.screen, /SYN 1\/4/);
  terminal.resize(62, 24);
  terminal.type(' ');
  await terminal.until(/SYN 1\/4/);
  assert.not.match(terminal.screen, /lost/);
  const ladder = terminal.rows.filter((row) => /│ server │/.test(row));
  assert.ok(ladder.length >= 1 && ladder.every((row) => row.length <= 62), terminal.screen);
  terminal.type(CTRL_C);
  assert.is(await terminal.exitCode(), 0);
  client.program.kill();
});

test('a stream has no packets to hold, and keys need a terminal: a sentence each, and exit code 2', async () => {
  const terminal = new PseudoTerminal(['trace', 'proxy', '--step', '--listen', 'tcp://127.0.0.1:0', '--to', 'tcp://127.0.0.1:1'], {
    columns: 120,
  });
  assert.is(await terminal.exitCode(), 2);
  assert.match(terminal.screen, /^chatwire: Packets can be held over udp: only; .*$/);
  const args = ['trace', 'proxy', '--step', '--listen', 'udp://127.0.0.1:0', '--to', 'udp://127.0.0.1:1'];
  const { code, stderr } = await new Piped(args).finish();
  assert.is(code, 2);
  assert.match(stderr, /^chatwire: --step needs a terminal/);
});

test.run();
