/* Recorded system calls are read as strace prints them, and judged by their descriptor and their result. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { judge, readRecording, type SystemCall, systemCall } from '../../../tracer/syscalls/index.js';

const calls = (...lines: readonly string[]) => lines.map((line) => systemCall(line) as SystemCall);

test('a line: name, arguments, result, error, duration', () => {
  const line =
    '1.5 connect(18<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(4000), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS (Operation now in progress) <0.000035>';
  assert.equal(systemCall(line), {
    seconds: 1.5,
    name: 'connect',
    args: ['18<TCP:[1]>', '{sa_family=AF_INET, sin_port=htons(4000), sin_addr=inet_addr("127.0.0.1")}', '16'],
    result: '-1',
    error: 'EINPROGRESS',
    tookSeconds: 0.000035,
  });
  assert.is(systemCall('no call at all'), undefined);
});

test('an arrow in the name of a connection closes no bracket, and a comma between quotes parts nothing', () => {
  const [call] = calls('0.1 write(18<TCP:[127.0.0.1:1->127.0.0.1:2]>, "a, b", 4) = 4 <0.000001>');
  assert.equal(call?.args, ['18<TCP:[127.0.0.1:1->127.0.0.1:2]>', '"a, b"', '4']);
});

test('verdicts follow from O_NONBLOCK and the result', () => {
  const judged = judge(
    calls(
      '0.1 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 18<TCP:[1]> <0.000001>',
      '0.2 connect(18<TCP:[1]>, {sa_family=AF_INET}, 16) = -1 EINPROGRESS (Operation now in progress) <0.000001>',
      '0.3 epoll_pwait(3<anon_inode:[eventpoll]>, [{events=EPOLLOUT, data={u32=18, u64=18}}], 1024, -1, NULL, 8) = 1 <0.1>',
      '0.4 getsockopt(18<TCP:[1]>, SOL_SOCKET, SO_ERROR, [0], [4]) = 0 <0.000001>',
      '0.5 read(18<TCP:[1]>, "•••", 65536) = 15 <0.000001>',
      '0.6 read(18<TCP:[1]>, 0x1, 65536) = -1 EAGAIN (Resource temporarily unavailable) <0.000001>',
      '0.7 epoll_pwait(3<anon_inode:[eventpoll]>, [], 1024, 0, NULL, 8) = 0 <0.000001>',
      '0.8 read(7<TCP:[2]>, "•••", 65536) = 15 <0.000001>',
    ),
  );
  assert.equal(
    judged.map(({ verdict }) => verdict),
    ['never waits', 'in progress', 'blocking', 'never waits', 'non-blocking', 'would block', 'non-blocking', 'blocking'],
  );
  assert.match(judged[3]?.because ?? '', /how the connect\(\) in progress ended: SO_ERROR is 0/);
});

for (const transport of ['tcp', 'udp', 'unix']) {
  test(`the kept recording over ${transport}: only the event loop blocks`, () => {
    const { title, facts, server, client } = readRecording(readFileSync(`docs/recordings/${transport}-system-calls.txt`, 'utf8'));
    assert.match(title, new RegExp(`A chat over ${transport}`));
    for (const fact of ['Date', 'Machine', 'Versions', 'Server', 'Client']) assert.ok(facts[fact], fact);
    const judged = [...judge(server), ...judge(client)];
    assert.equal([...new Set(judged.filter(({ verdict }) => verdict === 'blocking').map(({ name }) => name))], ['epoll_pwait']);
    const order = server.map(({ name }) => name).filter((name) => ['socket', 'bind', 'listen', 'accept4', 'close'].includes(name));
    assert.equal(order.slice(0, 2), ['socket', 'bind']);
    assert.is(order.includes('accept4'), transport !== 'udp');
    assert.is(
      judge(client).some(({ verdict }) => verdict === 'in progress'),
      transport === 'tcp',
    );
  });
}

test.run();
