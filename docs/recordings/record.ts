/*
 * `npm run record:syscalls` records the system calls of a server and of a client of the built command, over TCP, UDP
 * and a Unix socket, under strace, and keeps what concerns their sockets as docs/recordings/*-system-calls.txt.
 * What is sent and received is cut out before it is kept (only-sockets.ts).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onlySockets } from './only-sockets.js';

const CALLS = 'network,epoll_create1,epoll_ctl,epoll_wait,epoll_pwait,read,write,readv,writev,close,fcntl,ioctl';
const TYPED = ['2', 'Ann', '1234', 'Hi friends'];
const folder = fileURLToPath(new URL('.', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'chatwire-record-'));

const ADDRESSES = { tcp: 'tcp://127.0.0.1:4100', udp: 'udp://127.0.0.1:4100', unix: `unix:${join(tmpdir(), 'chatwire.sock')}` };

/** Runs the built command under strace. */
function traced(role: string, args: readonly string[], stdin: 'pipe' | 'ignore'): ChildProcess {
  const ours = ['-f', '-ttt', '-T', '-yy', '-s', '32', '-e', `trace=${CALLS}`, '-o', join(scratch, role)];
  return spawn('strace', [...ours, process.execPath, 'dist/cli/main.js', ...args], { stdio: [stdin, 'pipe', 'inherit'] });
}

/** Resolves when the program has written a text, and from then on lets it write what it likes. */
async function wrote(program: ChildProcess, text: string): Promise<void> {
  let all = '';
  for await (const chunk of program.stdout!.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    all += chunk.toString();
    if (all.includes(text)) return void program.stdout!.resume();
  }
  throw new Error(`The program ended before it wrote "${text}".`);
}

/** The first process that strace started: the command itself, and not one of its threads. */
function firstProcess(role: string): number {
  return Number(readFileSync(join(scratch, role), 'utf8').split(' ', 1)[0]);
}

async function record(transport: string, address: string): Promise<void> {
  const server = traced('server', ['serve', '--listen', address], 'ignore');
  await wrote(server, 'What happens:');
  const client = traced('client', ['chat', address], 'pipe');
  client.stdout!.resume();
  client.stdin!.end(`${TYPED.join('\n')}\n`);
  await once(client, 'exit');
  process.kill(firstProcess('server'), 'SIGINT');
  await once(server, 'exit');

  const strace = execFileSync('strace', ['-V'], { encoding: 'utf8' }).split('\n', 1)[0]?.replace('strace -- version ', 'strace ');
  const head = [
    `A chat over ${transport}: Ann creates a group chat, says "Hi friends" and leaves.`,
    `Date: ${new Date().toISOString().slice(0, 10)}`,
    `Machine: ${cpus()[0]?.model.trim()}, ${cpus().length} cores; Linux ${release()}`,
    `Versions: Node.js ${process.versions.node}, libuv ${process.versions.uv}, ${strace}`,
    `Server: strace -f -ttt -T -yy -s 32 -e trace=${CALLS} node dist/cli/main.js serve --listen ${address}`,
    `Client: the same, with: node dist/cli/main.js chat ${address}, which reads the answers from a pipe`,
    'Kept: the calls on the sockets of the chat, and the waiting for them; what was sent and received is cut out (•••).',
  ];
  const part = (role: string) => `== ${role}\n${onlySockets(readFileSync(join(scratch, role), 'utf8')).join('\n')}\n`;
  const file = join(folder, `${transport}-system-calls.txt`);
  writeFileSync(file, `${head.map((line) => `# ${line}\n`).join('')}${part('server')}${part('client')}`);
  console.log(`Recorded: ${file}`);
}

try {
  for (const [transport, address] of Object.entries(ADDRESSES)) await record(transport, address);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
