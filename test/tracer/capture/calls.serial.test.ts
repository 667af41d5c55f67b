/*
 * The real strace: nothing of its raw log is lost in the lane, and a client that blocks is told from one that does not.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { knownEnds } from '../../../tracer/below/known-ends.js';
import { straceArgs, traceCalls } from '../../../tracer/capture/index.js';
import { readTrace } from '../../../tracer/file/index.js';
import { callLane, judge, ofFirstProcess, straceLog } from '../../../tracer/syscalls/index.js';
import { built } from '../../built.js';
import { needsTool } from '../../tool.js';

const hasStrace = needsTool('strace');
const withStrace = hasStrace ? test : test.skip;
const withPython = [hasStrace, needsTool('python3')].every(Boolean) ? test : test.skip;

/** Lets a demo in a process of its own begin once it listens; gives what it wrote behind that line. */
async function performed(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    if (text === '') child.stdin?.end('begin\n');
    text += piece;
  });
  await once(child, 'close');
  return text.slice(text.indexOf('\n') + 1);
}

for (const [transport, socket] of [
  ['tcp', /<TCP:\[/],
  ['udp', /<UDP:\[/],
  ['unix', /<UNIX-STREAM:\[[^\]]*(?:chat\.sock|\])/],
] as const) {
  withStrace(`over ${transport}, every call on a socket in the raw log is in the lane, and none but the loop blocks`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatwire-strace-'));
    try {
      const order = JSON.stringify({ name: 'handshake', transport, showSecrets: false });
      const log = join(folder, 'raw');
      const child = spawn('strace', [...straceArgs(log), process.execPath, built('cli/tracing/below/staged.ts'), order], {
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const { trace } = readTrace(await performed(child));
      const raw = readFileSync(log, 'latin1');
      const reader = straceLog();
      const calls = ofFirstProcess([...reader.push(raw), ...reader.finish()]);
      const { events } = callLane({ calls, ends: knownEnds(trace.events), startedAtMs: trace.header.startedAtMs, showSecrets: false });
      const onSockets = events.filter(({ name }) => !/^epoll_p?wait/.test(name));
      const listed = raw
        .split('\n')
        .filter(
          (line) =>
            /^\d+ +[\d.]+ \w+\(/.test(line) && socket.test(line) && !/^\d+ +[\d.]+ (?:read|write|close|epoll_ctl)\([012]</.test(line),
        );
      if (transport === 'unix') assert.ok(onSockets.length > 30, `${onSockets.length} calls`);
      else assert.is(onSockets.length, listed.length);
      assert.equal(
        [...new Set(events.filter(({ verdict }) => verdict === 'blocking').map(({ name }) => name))].filter(
          (name) => name !== 'epoll_pwait',
        ),
        [],
      );
      assert.is(
        events.some(({ verdict }) => verdict === 'in progress'),
        transport === 'tcp',
      );
      assert.not.match(JSON.stringify(events), /1234/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

const CLIENT = `
import socket, sys
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
s.sendall(b"hello")
print(s.recv(100))
`;

withPython('a client that blocks: connect() and recv() wait, and no epoll is there', async () => {
  const server = createServer((connection) => connection.on('data', (data) => connection.end(data))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as { readonly port: number };
    const traced = traceCalls({ command: 'python3', args: ['-c', CLIENT, String(port)], stdin: 'ignore' });
    if ('unavailable' in traced) throw new Error(traced.unavailable);
    traced.child.stdout?.resume();
    traced.child.stderr?.resume();
    const verdicts = judge(await traced.calls).filter(({ args }) => /<TCP/.test(args[0] ?? ''));
    const of = (name: string) => verdicts.find((call) => call.name === name)?.verdict;
    assert.equal([of('connect'), of('sendto'), of('recvfrom'), of('close')], ['blocking', 'blocking', 'blocking', 'never waits']);
  } finally {
    server.close();
  }
});

test.run();
