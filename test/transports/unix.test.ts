/*
 * Unix sockets pass the whole suite; below stands what is said of their file.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Listener } from '../../lib/transport.js';
import { TransportError } from '../../lib/transport.js';
import { unix } from '../../transports/unix/index.js';
import { holdToTheContract } from './suite.js';

const folder = mkdtempSync(join(tmpdir(), 'chatwire-'));
let names = 0;
const path = (): string => join(folder, `${++names}.sock`);
const listen = (at: string): Promise<Listener> => unix.listen!(`unix:${at}`);

holdToTheContract({ name: 'unix', transport: unix, address: () => `unix:${path()}`, badAddress: `unix:${join(folder, 'x'.repeat(108))}` });

async function failure(promise: Promise<unknown>, code: string): Promise<TransportError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.instance(error, TransportError);
  assert.is((error as TransportError).code, code);
  return error as TransportError;
}

/** Leaves a socket file behind, as a server does that is killed. */
function leaveBehind(at: string): void {
  const program = `require('net').createServer().listen(${JSON.stringify(at)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', program]);
  assert.ok(statSync(at).isSocket());
}

/** The process's umask, which can be read only by setting it. */
function umask(): number {
  const mask = process.umask(0o077);
  process.umask(mask);
  return mask;
}

const test = suite('unix');
test.after(() => rmSync(folder, { recursive: true }));

test('only the owner may connect, and the file goes at close()', async () => {
  const at = path();
  const before = umask();
  const listener = await listen(at);
  assert.is(statSync(at).mode & 0o777, 0o600);
  assert.is(umask(), before);
  await listener.close();
  assert.not(existsSync(at));
});

test('a stale socket file is replaced', async () => {
  const at = path();
  leaveBehind(at);
  const listener = await listen(at);
  const dialled = await unix.dial(listener.address);
  dialled.abort();
  await dialled.closed;
  await listener.close();
});

test('a live socket is refused as in use, and lives on', async () => {
  const at = path();
  const listener = await listen(at);
  assert.match((await failure(listen(at), 'address-in-use')).message, 'Somebody listens at');
  assert.ok(existsSync(at));
  await listener.close();
});

test('what is no socket is never deleted', async () => {
  const [file, link, socket] = [path(), path(), path()];
  writeFileSync(file, 'precious');
  assert.match((await failure(listen(file), 'address-in-use')).message, 'no socket, so it is left alone');
  assert.is(readFileSync(file, 'utf8'), 'precious');
  leaveBehind(socket);
  symlinkSync(socket, link);
  await failure(listen(link), 'address-in-use');
  assert.ok(existsSync(link) && existsSync(socket));
});

test('a path may have 107 bytes and not one more', async () => {
  const limit = process.platform === 'darwin' ? 103 : 107;
  const longest = join(folder, 'x'.repeat(limit - folder.length - 1));
  const listener = await listen(longest);
  assert.ok(existsSync(longest));
  await listener.close();
  const { message } = await failure(listen(`${longest}y`), 'unsupported');
  assert.match(message, `may be ${limit} bytes long, and "${longest}y" is ${limit + 1}: choose a shorter one.`);
  await failure(unix.dial(`unix:/tmp/${'é'.repeat(60)}`), 'unsupported');
});

test('a directory that is not there is said to be missing', async () => {
  assert.match((await failure(listen(join(folder, 'no', 'such')), 'unreachable')).message, 'does not exist: create it first');
});

test('a socket file at which nobody answers is refused when dialled', async () => {
  const at = path();
  leaveBehind(at);
  await failure(unix.dial(`unix:${at}`), 'refused');
});

test.run();
