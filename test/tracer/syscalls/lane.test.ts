/*
 * The lane of system calls: a log of strace to events, each at its connection, with its verdict, and with nothing in it that
 * could tell a secret.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { knownEnds } from '../../../tracer/below/known-ends.js';
import { callLane, ofFirstProcess, straceLog } from '../../../tracer/syscalls/index.js';
import type { TraceEvent } from '../../../tracer/trace/trace.js';

const state = (
  by: string,
  connection: string,
  name: 'dialling' | 'open' | 'accepted',
  local: string | undefined,
  remote: string,
): TraceEvent => ({
  ...{ kind: 'state', at: 0, basis: 'observed', by, connection, state: name, remote },
  ...(local !== undefined && { local }),
});
const [C, S] = ['tcp://127.0.0.1:50000', 'tcp://127.0.0.1:4000'];
const taps = [
  state('bar', 'tcp-1', 'dialling', undefined, S),
  state('server', 'tcp-2', 'accepted', S, C),
  state('bar', 'tcp-1', 'open', C, S),
];

const octal = (bytes: Uint8Array) => Array.from(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
const prompt = encodeFrame({ type: 'PROMPT', id: 1, question: 'password', text: 'Enter password:', options: [] });
const answer = (value: string) => encodeFrame({ type: 'ANSWER', id: 1, question: 'password', value });

const [listener, client, server] = [
  '18<TCP:[127.0.0.1:4000]>',
  '19<TCP:[127.0.0.1:50000->127.0.0.1:4000]>',
  '20<TCP:[127.0.0.1:4000->127.0.0.1:50000]>',
];
const to = '{sa_family=AF_INET, sin_port=htons(4000), sin_addr=inet_addr("127.0.0.1")}';

function log(password: string): string {
  const said = answer(password);
  const lines = [
    '7 100.000001 clone3({flags=CLONE_VM|CLONE_THREAD, stack=0x1} => {parent_tid=[8]}, 88) = 8 <0.000010>',
    '7 100.000002 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD) = 9 <0.000010>',
    '7 100.000003 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 18<TCP:[11]> <0.000010>',
    `7 100.000004 listen(${listener}, 511) = 0 <0.000010>`,
    '7 100.000005 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 19<TCP:[12]> <0.000010>',
    `7 100.000006 connect(19<TCP:[12]>, ${to}, 16) = -1 EINPROGRESS (Operation now in progress) <0.000010>`,
    `9 100.000007 close(${client}) = 0 <0.000010>`,
    '7 100.000008 epoll_pwait(14<anon_inode:[eventpoll]>,  <unfinished ...>',
    '8 100.000009 read(5<pipe:[3]>, "x", 1) = 1 <0.000010>',
    '7 100.200008 <... epoll_pwait resumed>[{events=EPOLLOUT, data={u32=19, u64=19}}], 1024, -1, NULL, 8) = 1 <0.200000>',
    `7 100.200020 accept4(${listener}, NULL, NULL, SOCK_CLOEXEC|SOCK_NONBLOCK) = ${server} <0.000010>`,
    `7 100.200021 getsockopt(${client}, SOL_SOCKET, SO_ERROR, [0], [4]) = 0 <0.000010>`,
    `7 100.200022 write(${server}, "${octal(prompt)}", ${prompt.length}) = ${prompt.length} <0.000010>`,
    `7 100.200023 read(${client}, "${octal(prompt)}", 65536) = ${prompt.length} <0.000010>`,
    `7 100.200024 write(${client}, "${octal(said)}", ${said.length}) = ${said.length} <0.000010>`,
    `7 100.200025 read(${server}, "${octal(said)}", 65536) = ${said.length} <0.000010>`,
    `7 100.200026 read(${server}, 0x7ff, 65536) = -1 EAGAIN (Resource temporarily unavailable) <0.000010>`,
    '7 100.200027 write(1<pipe:[4]>, "nothing of ours", 15) = 15 <0.000010>',
    `7 100.200028 close(${client}) = 0 <0.000010>`,
  ];
  return `${lines.join('\n')}\n`;
}

function lane(text: string, events: readonly TraceEvent[] = taps, showSecrets = false) {
  const reader = straceLog();
  const calls = ofFirstProcess([...reader.push(text), ...reader.finish()]);
  return callLane({ calls, ends: knownEnds(events), startedAtMs: 99_000, showSecrets }).events;
}

test('every call on a socket of the run is there, at its connection, and no other', () => {
  assert.equal(
    lane(log('secret')).map(({ by, connection, name, verdict }) => [by, connection, name, verdict]),
    [
      ['server', undefined, 'socket', 'never waits'],
      ['server', undefined, 'listen', 'never waits'],
      ['bar', 'tcp-1', 'socket', 'never waits'],
      ['bar', 'tcp-1', 'connect', 'in progress'],
      ['bar', 'tcp-1', 'epoll_pwait', 'blocking'],
      ['server', 'tcp-2', 'accept4', 'non-blocking'],
      ['bar', 'tcp-1', 'getsockopt', 'never waits'],
      ['server', 'tcp-2', 'write', 'non-blocking'],
      ['bar', 'tcp-1', 'read', 'non-blocking'],
      ['bar', 'tcp-1', 'write', 'non-blocking'],
      ['server', 'tcp-2', 'read', 'non-blocking'],
      ['server', 'tcp-2', 'read', 'would block'],
      ['bar', 'tcp-1', 'close', 'never waits'],
    ],
  );
});

test('a wait in which the loop slept is there, whatever woke it; a short one, one of another thread, and those outside the run are not', () => {
  const eventfd = '[{events=EPOLLIN, data={u32=17, u64=17}}]';
  const wait = (thread: number, at: string, ready: string, result: number, took: string) =>
    `${thread} ${at} epoll_pwait(14<anon_inode:[eventpoll]>, ${ready}, 1024, 7000, NULL, 8) = ${result} <${took}>`;
  const lines = log('secret').trimEnd().split('\n');
  const at = lines.findIndex((line) => line.includes('accept4')) + 1;
  lines.splice(at, 0, wait(7, '100.200020', eventfd, 1, '0.017200'), wait(7, '100.217300', eventfd, 1, '0.000900'));
  lines.splice(at, 0, wait(8, '100.200020', eventfd, 1, '0.017200'), wait(7, '100.200020', '[]', 0, '0.001000'));
  lines.splice(3, 0, wait(7, '100.000003', eventfd, 1, '0.017200'));
  lines.push(wait(7, '100.300000', eventfd, 1, '0.017200'));
  const sleeps = lane(lines.join('\n')).filter(({ name, connection }) => name === 'epoll_pwait' && connection === undefined);
  assert.equal(
    sleeps.map(({ by, basis, verdict, took, args, result }) => [by, basis, verdict, took, args[1], result]),
    [
      ['server', 'observed', 'blocking', 1_000_000, '[]', '0'],
      ['server', 'observed', 'blocking', 17_200_000, '{17: EPOLLIN}', '1'],
    ],
  );
  assert.match(sleeps[0]?.because ?? '', /a timer was due$/);
  assert.match(sleeps[1]?.because ?? '', /it was no socket of the run/);
});

test('how the answer to connect() came is said: epoll, then SO_ERROR', () => {
  const events = lane(log('secret'));
  assert.match(events.find(({ name }) => name === 'epoll_pwait')?.because ?? '', /connect\(\) in progress has its answer/);
  assert.match(events.find(({ name }) => name === 'getsockopt')?.because ?? '', /SO_ERROR is 0/);
});

test('a wait stands where it began, and takes as long as it took', () => {
  const wait = lane(log('secret')).find(({ name }) => name === 'epoll_pwait');
  assert.is(wait?.took, 200_000_000);
  assert.ok(Math.abs((wait?.at ?? 0) - 1_000_008_000) < 2000, `${wait?.at}`);
});

test('a password cannot be told from anything, not even how long it is', () => {
  const [short, long] = [lane(log('x')), lane(log('a much longer password'))];
  assert.equal(short, long);
  assert.not.match(JSON.stringify(long), /much longer|\\\\15|nothing of ours/);
  const shown = lane(log('a much longer password'), taps, true).find(({ names }) => names?.includes('ANSWER'));
  assert.is(shown?.length, answer('a much longer password').length);
});

test('calls have the place of their bytes in the stream, and the names of the frames', () => {
  const moved = lane(log('secret')).filter(({ offset }) => offset !== undefined);
  assert.equal(
    moved.map(({ name, direction, offset, names }) => [name, direction, offset, names]),
    [
      ['write', 'sent', 0, ['PROMPT']],
      ['read', 'received', 0, ['PROMPT']],
      ['write', 'sent', 0, ['ANSWER']],
      ['read', 'received', 0, ['ANSWER']],
    ],
  );
});

test('what strace did not print whole is not told, and neither is what comes after it', () => {
  const cut = log('secret').replace(
    `"${octal(answer('secret'))}", ${answer('secret').length}`,
    `"${octal(answer('secret').subarray(0, 3))}"..., 99`,
  );
  const write = lane(cut).find(({ by, name }) => by === 'bar' && name === 'write');
  assert.equal([write?.args, write?.result, write?.length], [['19', '…', '…'], '…', undefined]);
});

test('Unix sockets have no addresses: matched in their order, and inferred', () => {
  const path = 'unix:/tmp/x.sock';
  const ends = [state('bar', 'unix-1', 'dialling', undefined, path), state('server', 'unix-2', 'accepted', path, path)];
  const text = [
    '7 100.1 socket(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK, 0) = 18<UNIX-STREAM:[1]> <0.000010>',
    '7 100.2 bind(18<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path="/tmp/x.sock"}, 110) = 0 <0.000010>',
    '7 100.3 socket(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK, 0) = 19<UNIX-STREAM:[2]> <0.000010>',
    '7 100.4 connect(19<UNIX-STREAM:[2]>, {sa_family=AF_UNIX, sun_path="/tmp/x.sock"}, 110) = 0 <0.000010>',
    '7 100.5 accept4(18<UNIX-STREAM:[1,"/tmp/x.sock"]>, NULL, NULL, SOCK_NONBLOCK) = 20<UNIX-STREAM:[3->2,"/tmp/x.sock"]> <0.000010>',
    '7 100.6 socket(AF_UNIX, SOCK_STREAM, 0) = 21<UNIX-STREAM:[9]> <0.000010>',
    '7 100.7 connect(21<UNIX-STREAM:[9]>, {sa_family=AF_UNIX, sun_path="/run/somebody-else"}, 110) = 0 <0.000010>',
  ];
  assert.equal(
    lane(text.join('\n'), ends).map(({ by, connection, name, basis }) => [by, connection, name, basis]),
    [
      ['server', undefined, 'socket', 'observed'],
      ['server', undefined, 'bind', 'observed'],
      ['bar', 'unix-1', 'socket', 'inferred'],
      ['bar', 'unix-1', 'connect', 'inferred'],
      ['server', 'unix-2', 'accept4', 'inferred'],
    ],
  );
});

test.run();
