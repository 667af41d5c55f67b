/*
 * Performs a demo in a process of its own (staged.ts), under strace if that is asked for and possible. What is not possible
 * is told, and the demo is performed without it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type TracedProgram, traceCalls, whyNoCalls } from '../../../tracer/capture/index.js';
import type { LoggedCall } from '../../../tracer/syscalls/index.js';
import { FileError } from '../../failure.js';
import type { Order, Ready } from './order.js';

/** A demo that is about to begin. */
export interface Staged extends Ready {
  /** Lets it begin; resolves when it is over, with its trace as the lines of a file. */
  perform(): Promise<string>;
  /** The system calls, once it is over; nothing if nobody looked at them. */
  readonly calls: Promise<readonly LoggedCall[]> | undefined;
}

const ENDING = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const PROGRAM = fileURLToPath(new URL(`./staged.${ENDING}`, import.meta.url));

/** Where is listened, or nothing: it ended before. */
interface Begun {
  readonly ready: Ready | undefined;
  readonly text: () => string;
  readonly said: () => string;
}

/**
 * Gets a demo ready.
 * @throws {FileError} if it could not be performed at all
 */
export async function stage(
  order: Order,
  { syscalls, say }: { readonly syscalls: boolean; readonly say: (problem: string) => void },
): Promise<Staged> {
  const args = [...process.execArgv, PROGRAM, JSON.stringify(order)];
  if (syscalls) {
    const traced = traceCalls({ command: process.execPath, args });
    if ('unavailable' in traced) say(traced.unavailable);
    else {
      const begun = await begin(traced.child);
      if (begun.ready) return staged(traced.child, begun, traced);
      const why = whyNoCalls(begun.said());
      if (why === undefined) throw new FileError(failure(begun));
      say(why);
    }
  }
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const begun = await begin(child);
  if (!begun.ready) throw new FileError(failure(begun));
  return staged(child, begun, undefined);
}

async function begin(child: ChildProcess): Promise<Begun> {
  let [text, said] = ['', ''];
  const first = new Promise<Ready | undefined>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const end = text.indexOf('\n');
      if (end < 0) return;
      child.stdout?.removeAllListeners('data').on('data', (more: string) => {
        text += more;
      });
      const ready = JSON.parse(text.slice(0, end)) as Ready;
      text = text.slice(end + 1);
      resolve(ready);
    });
    child.once('error', (error) => {
      said += String(error);
      resolve(undefined);
    });
    child.once('close', () => resolve(undefined));
  });
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    said = (said + piece).slice(-8192);
  });
  child.stdin?.on('error', () => {}); // it has ended, which is told by its end
  return { ready: await first, text: () => text, said: () => said };
}

function staged(child: ChildProcess, begun: Begun, traced: TracedProgram | undefined): Staged {
  return {
    ...(begun.ready as Ready),
    calls: traced?.calls,
    async perform() {
      const closed = once(child, 'close');
      child.stdin?.end('begin\n');
      const [code] = (await closed) as [number | null];
      if (code !== 0) throw new FileError(failure(begun));
      return begun.text();
    },
  };
}

function failure({ said }: Begun): string {
  const lines = said().trim().split('\n');
  const line = lines.find((each) => /Error/.test(each)) ?? lines.at(-1);
  return `The demo could not be performed${line ? `: ${line.trim()}` : ''}.`;
}
