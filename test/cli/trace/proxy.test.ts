/*
 * `chatwire trace proxy` between unmodified programs: a real server, real clients and nc, each a process of its own.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readTrace } from '../../../tracer/file/index.js';
import { tell } from '../../../tracer/join/index.js';
import { needsTool } from '../../tool.js';
import { closePiped, Piped } from '../piped.js';

const test = suite('trace proxy');
const withNc = needsTool('nc') ? test : test.skip;
let folder = '';
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatwire-trace-'));
});
test.after.each(closePiped);
test.after(() => rmSync(folder, { recursive: true }));

/** A server and a proxy before it; resolves to where each listens. */
async function between(listen: string, near: string, ...flags: readonly string[]) {
  const server = new Piped(['serve', '--listen', listen]);
  const [, to = ''] = /(\S+:\S+)\s+join:/.exec(await server.until(/join:/)) ?? [];
  const proxy = new Piped(['trace', 'proxy', '--listen', near, '--to', to, ...flags], { COLUMNS: '100' });
  const [, address = ''] = /listens at (\S+) and/.exec(await proxy.until(/passes everything on/)) ?? [];
  return { server, proxy, to, address };
}

/** Creates a group, says something, leaves. */
async function chatThrough(address: string): Promise<void> {
  const { code, stdout } = await new Piped(['chat', address]).say('2', 'Ada', 'open sesame', 'Hello, wire').finish();
  assert.is(code, 0, stdout);
}

async function stopped(program: Piped): Promise<string> {
  program.program.kill('SIGINT');
  const { code, stdout } = await program.ended;
  assert.is(code, 0);
  return stdout;
}

const ways = [
  { name: 'tcp', listen: 'tcp://127.0.0.1:0', near: () => 'tcp://127.0.0.1:0' },
  { name: 'unix', listen: 'SERVER', near: () => `unix:${join(folder, 'proxy.sock')}` },
  { name: 'tcp in, unix out', listen: 'SERVER', near: () => 'tcp://127.0.0.1:0' },
  { name: 'udp', listen: 'udp://127.0.0.1:0', near: () => 'udp://127.0.0.1:0' },
];

for (const [number, { name, listen, near }] of ways.entries()) {
  test(`${name}: a live ladder of both ends as one connection, and a file of it without the password`, async () => {
    const file = join(folder, `${number}.jsonl`);
    const place = listen === 'SERVER' ? `unix:${join(folder, `server-${number}.sock`)}` : listen;
    const { proxy, address } = await between(place, near(), '-o', file);
    await chatThrough(address);
    await proxy.until('BYE');
    const ladder = await stopped(proxy);
    for (const word of ['PROMPT', 'ANSWER', 'SAY', 'Hello, wire', '•••']) assert.ok(ladder.includes(word), `${word}\n${ladder}`);
    const text = readFileSync(file, 'utf8');
    for (const secret of ['sesame', Buffer.from('sesame').toString('hex')]) assert.not(`${ladder}${text}`.includes(secret));
    const { trace, problems } = readTrace(text);
    assert.equal(problems, []);
    const { connections, steps } = tell(trace);
    assert.is(connections.length, 1, JSON.stringify(connections));
    assert.is(steps.filter((step) => step.kind === 'arrow' && step.lane === 'frames' && step.label === 'SAY').length, 1);
  });
}

test('udp on a bad network: what is lost is shown, and sent again', async () => {
  const { proxy, address } = await between('udp://127.0.0.1:0', 'udp://127.0.0.1:0', '--drop', 'client SYN 1', '--drop', 'server DATA 1');
  await chatThrough(address);
  await proxy.until('BYE');
  const ladder = await stopped(proxy);
  assert.match(ladder, /lost/);
  assert.match(ladder, /again/);
});

withNc('the text door: nc chats through it, and what it types for a password is masked', async () => {
  const { proxy, address } = await between('text+tcp://127.0.0.1:0', 'text+tcp://127.0.0.1:0');
  const port = address.split(':').at(-1) ?? '';
  const nc = spawn('nc', ['-N', '127.0.0.1', port]);
  nc.stdin.end('2\nBar\nopen sesame\nHi friends\n/quit\n');
  let heard = '';
  nc.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  await new Promise((resolve) => nc.once('close', resolve));
  assert.match(heard, /You're connected to group chat #\d+/);
  await proxy.until('Hi friends');
  const ladder = await stopped(proxy);
  assert.match(ladder, /LINE/);
  assert.not.match(ladder, /sesame/);
});

test('a server that is killed: the client is told, the proxy tells and goes on', async () => {
  const { server, proxy, address } = await between('tcp://127.0.0.1:0', 'tcp://127.0.0.1:0');
  const client = new Piped(['chat', address]);
  await client.until('choose an option');
  server.program.kill('SIGKILL');
  await client.until('Connection lost');
  await proxy.until(/was turned away: Nobody listens at/);
  client.program.kill('SIGKILL');
  const ladder = await stopped(proxy);
  assert.match(ladder, /FIN|RST/);
  assert.match(ladder, /could not reach/);
});

test('a proxy that is stopped says that it did this, and shows no reset by the ends', async () => {
  const { proxy, address } = await between('tcp://127.0.0.1:0', 'tcp://127.0.0.1:0');
  const client = new Piped(['chat', address]);
  await client.until('choose an option');
  await proxy.until('PROMPT');
  const ladder = await stopped(proxy);
  client.program.kill('SIGKILL');
  assert.is(ladder.match(/closed by the proxy: The proxy has ended\./g)?.length, 2, ladder);
  assert.not.match(ladder, /RST/);
});

test('a client that is killed: the server is told', async () => {
  const { server, address } = await between('tcp://127.0.0.1:0', 'tcp://127.0.0.1:0');
  const client = new Piped(['chat', address]);
  await client.until('choose an option');
  client.program.kill('SIGKILL');
  await server.until('closed:');
});

test('a port in use, and addresses that do not go together: a sentence and an exit code', async () => {
  const { address, to } = await between('tcp://127.0.0.1:0', 'tcp://127.0.0.1:0');
  const taken = await new Piped(['trace', 'proxy', '--listen', address, '--to', to]).finish();
  assert.is(taken.code, 1);
  assert.match(taken.stderr, /^chatwire: Somebody listens at .* already/);
  const mixed = await new Piped(['trace', 'proxy', '--listen', 'udp://127.0.0.1:0', '--to', address]).finish();
  assert.is(mixed.code, 2);
  assert.match(mixed.stderr, /write udp: on the other, too/);
  const lossy = await new Piped(['trace', 'proxy', '--listen', 'tcp://127.0.0.1:0', '--to', address, '--loss', '0.5']).finish();
  assert.is(lossy.code, 2);
  const nowhere = await new Piped(['trace', 'proxy', '--listen', address]).finish();
  assert.is(nowhere.code, 2);
  const itself = await new Piped(['trace', 'proxy', '--listen', address, '--to', address]).finish();
  assert.is(itself.code, 2);
  assert.match(itself.stderr, /^chatwire: The proxy would dial itself at .*\n$/);
  const figure = join(folder, 'no', 'such', 'folder.svg');
  const unwritable = await new Piped(['trace', 'proxy', '--listen', 'tcp://127.0.0.1:0', '--to', to, '-o', figure]).finish();
  assert.is(unwritable.code, 1);
  assert.match(unwritable.stderr, /^chatwire: .*could not be written: there is no such folder.*\n$/);
  assert.is(unwritable.stdout, '', 'before it listens, not when the lesson is over');
});

test('when nobody reads its ladder any more, it ends', async () => {
  const { proxy, address } = await between('tcp://127.0.0.1:0', 'tcp://127.0.0.1:0');
  const exited = new Promise<number | null>((resolve) => proxy.program.once('exit', resolve)); // its stdout will not be closed twice
  proxy.program.stdout.destroy();
  new Piped(['chat', address]).say('2', 'Ada', 'open sesame', 'Hello'); // something to show; the proxy may end in the middle of it
  assert.is(await exited, 0);
});

test.run();
