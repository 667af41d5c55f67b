/*
 * The real strace: nothing of its raw log is lost in the lane, a name that is looked up blocks a worker thread only, and a
 * client that blocks is told from one that does not.
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
import { tell } from '../../../tracer/join/index.js';
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

/** Whether a line of the raw log is of a socket of the run: by its kind, or by the socket's file and the inodes of its clients. */
function ofRun(raw: string, transport: string): (line: string) => boolean {
  if (transport !== 'unix') return (line) => line.includes(`<${transport.toUpperCase()}:[`);
  const clients = [...raw.matchAll(/UNIX-STREAM:\[\d+->(\d+),"[^"]*chat\.sock"/g)].map(([, inode]) => inode);
  const names = ['chat.sock"', ...clients.flatMap((inode) => [`UNIX-STREAM:[${inode}]`, `UNIX-STREAM:[${inode}->`])];
  const listener = /UNIX-STREAM:(\[\d+)\]>, \{sa_family=AF_UNIX, sun_path="[^"]*chat\.sock/.exec(raw)?.[1] ?? '?';
  return (line) => [...names, `UNIX-STREAM:${listener}]`].some((name) => line.includes(name));
}

for (const transport of ['tcp', 'udp', 'unix']) {
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
      const isWait = ({ name }: { readonly name: string }) => /^epoll_p?wait/.test(name);
      const onSockets = events.filter((event) => !isWait(event));
      const isOfRun = ofRun(raw, transport);
      // what is read from a file may speak of sockets, too: our own sources do
      const isCall = (line: string) => /^\d+ +[\d.]+ (?!epoll_p?wait)\w+\((?!\d+<\/)/.test(line);
      const listed = raw.split('\n').filter((line) => isCall(line) && isOfRun(line));
      assert.is(onSockets.length, listed.length);
      const blocking = events.filter(({ verdict }) => verdict === 'blocking');
      assert.equal([...new Set(blocking.map(({ name }) => name))], ['epoll_pwait']);
      const sleeps = blocking.filter(({ connection }) => connection === undefined);
      assert.ok(sleeps.length > 0, 'the loop slept while a worker thread hashed the password');
      for (const { took, args } of sleeps) assert.ok(took >= 1e6 && args[3] !== '0', `${took} ns with a limit of ${args[3]} ms`);
      assert.ok(sleeps.length < onSockets.length / 4, `${sleeps.length} waits among ${onSockets.length} calls`);
      assert.is(
        events.some(({ verdict }) => verdict === 'in progress'),
        transport === 'tcp',
      );
      assert.not.match(JSON.stringify(events), /"1234|31323334/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

const LOOKUP = /^(?:socket\(|\w+\(\d+<(?:NETLINK|UNIX|UDP|TCP)|(?:read|close)\(\d+<\/etc\/(?:hosts|resolv|nsswitch|host|gai))/;

withStrace('a name is looked up by blocking calls on another thread: all that the raw log has of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatwire-lookup-'));
  try {
    const order = JSON.stringify({ name: 'handshake', transport: 'tcp', hostName: 'localhost', showSecrets: false });
    const log = join(folder, 'raw');
    const child = spawn('strace', [...straceArgs(log), process.execPath, built('cli/tracing/below/staged.ts'), order], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const { trace } = readTrace(await performed(child));
    const raw = readFileSync(log, 'latin1');
    const reader = straceLog();
    const calls = ofFirstProcess([...reader.push(raw), ...reader.finish()]);
    const { events } = callLane({ calls, ends: knownEnds(trace.events), startedAtMs: trace.header.startedAtMs, showSecrets: false });

    const [first, ...others] = events.filter(({ worker }) => worker);
    assert.equal([first?.name, first?.args, first?.verdict, first?.basis], ['getaddrinfo', ['"localhost"'], 'blocking', 'inferred']);
    const lines = raw.split('\n').map((line) => /^(\d+) +[\d.]+ (.*)$/.exec(line) ?? []);
    const main = lines[0]?.[1];
    const listened = lines.findIndex(([, , call = '']) => call.startsWith('listen('));
    const listed = lines.slice(listened).flatMap(([, thread, call = '']) => (thread !== main && LOOKUP.test(call) ? call : []));
    assert.equal(
      others.map(({ name }) => name),
      listed.map((call) => /^\w+/.exec(call)?.[0]),
    );
    assert.ok(others.some(({ name, args, verdict }) => name === 'read' && args[0] === '/etc/hosts' && verdict === 'blocking'));
    const hosts = readFileSync('/etc/hosts', 'latin1').split('\n')[0] ?? '';
    assert.not.ok(JSON.stringify(events).includes(JSON.stringify(hosts).slice(1, -1)), 'what stands in a file is nobody’s business');

    const told = tell({ header: trace.header, events: [...trace.events, ...events].sort((one, other) => one.at - other.at) }).steps;
    const lookup = told.find((step) => step.kind === 'mark' && step.label === 'getaddrinfo');
    assert.match(lookup?.words ?? '', /· blocking, on a worker thread, so the event loop goes on/);
    const place = (label: string) => told.findIndex((step) => step.kind === 'mark' && step.label === label);
    assert.ok(place('dialling') < place('getaddrinfo') && place('getaddrinfo') < place('connect'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

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
