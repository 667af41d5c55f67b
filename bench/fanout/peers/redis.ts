/*
 * Redis pub/sub as a group's fan-out: members are raw connections that SUBSCRIBE, senders are further ones that PUBLISH.
 * It is a bus, not a chat server: it takes in no members by name, checks nothing, and a sender is no subscriber, so a message
 * reaches all members. The server's process here only starts redis-server (on its own core) and reads its usage from /proc.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { schedulingOf } from '../disturbance.js';
import { groupNames, type Peer, type PeerServer, type Usage, type Wire } from '../peer.js';
import { labelled } from './length-framed.js';

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(socket.destroy() !== undefined));
    socket.on('error', () => resolve(false));
  });
}

/** Usage of another process, by the scheduler's own count of its main thread, which does all the work. */
function usageOf(pid: number): Usage {
  const { ranMicros = 0, waitedMicros = 0 } = schedulingOf(pid) ?? {};
  const rssKiB = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return { cpuMicros: ranMicros, takenMicros: waitedMicros, rssBytes: rssKiB * 1024 };
}

async function serve(groupCount: number): Promise<PeerServer> {
  const port = await freePort();
  const settings = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--maxclients',
    '12000',
    '--tcp-backlog',
    '1024',
  ];
  const redis = spawn('redis-server', settings, { stdio: 'ignore' });
  process.on('exit', () => redis.kill('SIGKILL'));
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 50 || redis.exitCode !== null) throw new Error('redis-server does not answer');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const pid = redis.pid as number;
  return { port, groups: groupNames(groupCount), usage: () => usageOf(pid), close: () => void redis.kill('SIGKILL') };
}

const command = (...parts: readonly (string | Buffer)[]) =>
  Buffer.concat(
    [`*${parts.length}\r\n`, ...parts.flatMap((part) => [`$${Buffer.byteLength(part)}\r\n`, part, '\r\n'])].map((part) =>
      Buffer.from(part),
    ),
  );

const pushPrefixBytes = '*3\r\n$7\r\nmessage\r\n'.length;
const carriageReturn = 0x0d;

/** The end of the bulk string that starts at `at`, or 0 when its length is not all there. */
function bulkEnd(bytes: Buffer, at: number, end: number): number {
  let length = 0;
  for (let index = at + 1; index < end; index++) {
    const byte = bytes[index] as number;
    if (byte === carriageReturn) return index + 2 + length + 2;
    length = length * 10 + byte - 0x30;
  }
  return 0;
}

const wire: Wire = {
  opening: (group) => command('SUBSCRIBE', group),
  joinStep(bytes, group) {
    const consumed = `*3\r\n$9\r\nsubscribe\r\n$${group.length}\r\n${group}\r\n:1\r\n`.length;
    return bytes.length < consumed ? undefined : { consumed, joined: true };
  },
  say: (text, group, name) => command('PUBLISH', group, labelled(name, text)),
  frameAt(bytes, at, end) {
    if (bytes[at] === 0x3a) {
      const lineEnd = bytes.indexOf('\n', at);
      return lineEnd < 0 || lineEnd >= end ? 0 : at - lineEnd - 1;
    }
    const channelEnd = bulkEnd(bytes, at + pushPrefixBytes, end);
    const textEnd = channelEnd === 0 ? 0 : bulkEnd(bytes, channelEnd, end);
    return textEnd === 0 ? 0 : textEnd - at;
  },
  bytesAfterText: 2,
  sendersAreOutsiders: true,
};

function unavailable(): string | undefined {
  try {
    execFileSync('redis-server', ['--version']);
    return undefined;
  } catch {
    return 'redis-server is not on the PATH (Debian: apt-get install redis-server)';
  }
}

export const peer: Peer = { note: 'redis-server pub/sub: a bus, no join by name, senders outside the group', unavailable, serve, wire };
