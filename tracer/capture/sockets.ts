/*
 * Asks the kernel for its TCP sockets now and then, by `ss` or else by reading /proc/net, which need no right for that. One
 * question at a time.
 */
import { execFile } from 'node:child_process';
import { accessSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { SocketSample } from '../kernel/index.js';
import { findProgram } from './find-program.js';
import type { Unavailable } from './packets.js';
import { asSsPrints } from './proc-net.js';

/** Somebody who asks. */
export interface SocketWatch {
  /** Asks a last time, and gives the answers. */
  stop(): Promise<readonly SocketSample[]>;
}

/** What is asked for. */
export interface WatchOptions {
  readonly ports: readonly number[];
  /** Finds a program. Default: on the path. */
  readonly find?: (name: string) => string | undefined;
  /** Where the kernel's tables are read without `ss`. Default `/proc/net`. */
  readonly tables?: string;
}

/** Between two questions. */
const PAUSE_MS = 20;
/** So long an answer may take. */
const PATIENCE_MS = 5000;
/** More are not kept. */
const MOST_SAMPLES = 10_000;

/** Begins to ask for the sockets at some ports. */
export function watchSockets({ ports, find = findProgram, tables = '/proc/net' }: WatchOptions): SocketWatch | Unavailable {
  const ss = find('ss');
  if (ss === undefined && !isReadable(`${tables}/tcp`)) return { unavailable: 'ss is not installed: `sudo apt-get install iproute2`.' };
  const answer = () => (ss === undefined ? readTables(tables, ports) : askSs(ss, ports));
  const samples: SocketSample[] = [];
  let isOver = false;
  let wake = () => {};

  const ask = async () => {
    const askedAtMs = Date.now();
    const text = await answer();
    if (text !== undefined && samples.length < MOST_SAMPLES) samples.push({ askedAtMs, answeredAtMs: Date.now(), text });
  };
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PAUSE_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const asking = (async () => {
    while (!isOver) {
      await ask();
      if (!isOver) await pause();
    }
  })();
  return {
    async stop() {
      isOver = true;
      wake();
      await asking;
      await ask();
      return samples;
    },
  };
}

function askSs(ss: string, ports: readonly number[]): Promise<string | undefined> {
  const args = ['-tainHO', `( ${ports.map((port) => `sport = :${port} or dport = :${port}`).join(' or ')} )`];
  return new Promise((resolve) => {
    execFile(ss, args, { timeout: PATIENCE_MS }, (error, text) => void resolve(error ? undefined : text));
  });
}

/** The tables of IPv4 and IPv6; a machine without the latter has only one. */
async function readTables(folder: string, ports: readonly number[]): Promise<string> {
  const read = (name: string) => readFile(`${folder}/${name}`, 'latin1').catch(() => '');
  const tables = await Promise.all([read('tcp'), read('tcp6')]);
  return tables.map((table) => asSsPrints(table, ports)).join('\n');
}

function isReadable(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}
