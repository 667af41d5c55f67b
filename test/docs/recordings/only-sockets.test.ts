/* A recording keeps the calls on the chat's sockets and the waiting for them, and nothing of what was sent. */
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { onlySockets } from '../../../docs/recordings/only-sockets.js';

const RAW = `10 100.0 read(4</etc/passwd>, "root", 100) = 4 <0.1>
10 100.5 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 18<TCP:[1]> <0.1>
11 100.6 read(18<TCP:[1]>, "of another thread", 100) = 4 <0.1>
10 100.7 write(1<UNIX-STREAM:[5->6]>, "to the terminal", 15) = 15 <0.1>
10 100.8 epoll_pwait(3<anon_inode:[eventpoll]>,  <unfinished ...>
11 100.9 futex(1) = 0 <0.1>
10 101.0 <... epoll_pwait resumed>[{events=EPOLLIN, data={u32=18, u64=18}}], 1024, -1, NULL, 8) = 1 <0.2>
10 101.1 epoll_pwait(3<anon_inode:[eventpoll]>, [{events=EPOLLIN, data={u32=9, u64=9}}], 1024, -1, NULL, 8) = 1 <0.2>
10 101.2 read(18<TCP:[127.0.0.1:1->127.0.0.1:2]>, "the \\"password\\" 1234"..., 65536) = 15 <0.1>
10 101.3 sendmsg(19<UDP:[1]>, {msg_name={sin_addr=inet_addr("127.0.0.1")}, msg_iov=[{iov_base="secret", iov_len=6}]}, 0) = 6 <0.1>
10 101.4 bind(20<UNIX-STREAM:[7]>, {sa_family=AF_UNIX, sun_path="/tmp/a.sock"}, 110) = 0 <0.1>
`;

test('what is kept, and what is cut out', () => {
  assert.equal(onlySockets(RAW), [
    '0.000000 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 18<TCP:[1]> <0.1>',
    '0.300000 epoll_pwait(3<anon_inode:[eventpoll]>, [{events=EPOLLIN, data={u32=18, u64=18}}], 1024, -1, NULL, 8) = 1 <0.2>',
    '0.700000 read(18<TCP:[127.0.0.1:1->127.0.0.1:2]>, "•••", 65536) = 15 <0.1>',
    '0.800000 sendmsg(19<UDP:[1]>, {msg_name={sin_addr=inet_addr("127.0.0.1")}, msg_iov=[{iov_base="•••", iov_len=6}]}, 0) = 6 <0.1>',
    '0.900000 bind(20<UNIX-STREAM:[7]>, {sa_family=AF_UNIX, sun_path="/tmp/a.sock"}, 110) = 0 <0.1>',
  ]);
});

test('no kept recording shows a byte of what was sent', () => {
  for (const file of readdirSync('docs/recordings').filter((name) => name.endsWith('.txt'))) {
    const [, calls = ''] = readFileSync(`docs/recordings/${file}`, 'utf8').split(/^== server$/m);
    for (const [quoted] of calls.matchAll(/"[^"]*"/g)) assert.match(quoted, /^"(?:•••|[\d.]+|\/tmp\/chatwire\.sock|)"$/);
  }
});

test.run();
