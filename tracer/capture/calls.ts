/*
 * Runs a program of ours under strace. Nobody needs a privilege to trace his own child; where it is forbidden all the same,
 * or there is no strace, a sentence says so. What strace writes goes through a pipe and is kept nowhere: it holds passwords.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { type LoggedCall, ofFirstProcess, straceLog } from '../syscalls/index.js';
import { findProgram } from './find-program.js';
import type { Unavailable } from './packets.js';

/** A program under strace. */
export interface TracedProgram {
  readonly child: ChildProcess;
  /** Resolves when it has ended: its calls, in their order. */
  readonly calls: Promise<readonly LoggedCall[]>;
}

/** `network` alone shows no data, since Node reads and writes with read() and write(). A mark before a name: if there is such a call. */
const CALLS =
  'clone,?clone3,network,?epoll_create1,epoll_ctl,?epoll_wait,epoll_pwait,read,write,readv,writev,close,fcntl,ioctl,?poll,ppoll,?select,pselect6';
/** As much as a read of Node's takes. */
const MOST_BYTES = 65_536;
const LOG = 3;

/** How strace is called, with where its log goes. */
export function straceArgs(log: string): readonly string[] {
  return ['-f', '-q', '-ttt', '-T', '-yy', '-s', String(MOST_BYTES), '-e', `trace=${CALLS}`, '-e', 'signal=none', '-o', log];
}

/** What is traced, and how. */
export interface TraceOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Default: `pipe`. */
  readonly stdin?: 'pipe' | 'ignore';
  /** Finds a program. Default: on the path. */
  readonly find?: (name: string) => string | undefined;
}

/** Starts a program under strace; its standard streams are pipes. */
export function traceCalls({ command, args, stdin = 'pipe', find = findProgram }: TraceOptions): TracedProgram | Unavailable {
  const strace = find('strace');
  if (process.platform !== 'linux') return { unavailable: 'strace exists on Linux only: use a virtual machine or a container.' };
  if (strace === undefined) return { unavailable: 'strace is not installed: `sudo apt-get install strace`.' };
  const options: SpawnOptions = { stdio: [stdin, 'pipe', 'pipe', 'pipe'] };
  const child = spawn(strace, [...straceArgs(`|cat >&${LOG}`), command, ...args], options);
  const log = child.stdio[LOG] as Readable;
  const reader = straceLog();
  const calls: LoggedCall[] = [];
  log.setEncoding('latin1').on('data', (text: string) => void calls.push(...reader.push(text)));
  const ended = new Promise<readonly LoggedCall[]>((resolve) => {
    log.once('close', () => resolve(ofFirstProcess([...calls, ...reader.finish()])));
  });
  return { child, calls: ended };
}

/** Why strace could not trace, by what it said; nothing if it was not strace that failed. */
export function whyNoCalls(said: string): string | undefined {
  const line = said.split('\n').find((each) => /^(?:\S*\/)?strace: /.test(each));
  if (line === undefined) return undefined;
  if (/not permitted|denied/i.test(line))
    return `strace may not trace its own child here (${line.replace(/^\S+ /, '')}): in a container, start it with \`--cap-add=SYS_PTRACE\`; elsewhere see \`sysctl kernel.yama.ptrace_scope\`.`;
  return `${line}.`;
}
