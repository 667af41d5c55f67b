/*
 * Asks the kernel for its TCP sockets now and then, by `ss`, which needs no right for that. One question at a time.
 */
import { execFile } from 'node:child_process';
import type { SocketSample } from '../kernel/index.js';
import { findProgram } from './find-program.js';
import type { Unavailable } from './packets.js';

/** Somebody who asks. */
export interface SocketWatch {
  /** Asks a last time, and gives the answers. */
  stop(): Promise<readonly SocketSample[]>;
}

/** What is asked for. */
export interface WatchOptions {
  readonly port: number;
  /** Finds a program. Default: on the path. */
  readonly find?: (name: string) => string | undefined;
}

/** Between two questions. */
const PAUSE_MS = 20;
/** So long an answer may take. */
const PATIENCE_MS = 5000;
/** More are not kept. */
const MOST_SAMPLES = 10_000;

/** Begins to ask for the sockets at a port. */
export function watchSockets({ port, find = findProgram }: WatchOptions): SocketWatch | Unavailable {
  const ss = find('ss');
  if (ss === undefined) return { unavailable: 'ss is not installed: `sudo apt-get install iproute2`.' };
  const args = ['-tainHO', `( sport = :${port} or dport = :${port} )`];
  const samples: SocketSample[] = [];
  let isOver = false;
  let wake = () => {};

  const ask = () =>
    new Promise<void>((resolve) => {
      const askedAtMs = Date.now();
      execFile(ss, args, { timeout: PATIENCE_MS }, (error, text) => {
        if (!error && samples.length < MOST_SAMPLES) samples.push({ askedAtMs, answeredAtMs: Date.now(), text });
        resolve();
      });
    });
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
