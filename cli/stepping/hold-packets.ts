/*
 * Holds the packets of a proxy by keys: the oldest one goes on, is killed, delayed or copied. What decides stands in
 * tracer/proxy/holder.ts; here are the keys and the rows at the foot of the terminal.
 */
import chalk from 'chalk';
import { createHolder, type Holder } from '../../tracer/proxy/index.js';
import { node } from '../../transports/node.js';
import { HOLD_KEYS, heldWords } from './held-words.js';
import { readKeys } from './keys.js';
import { statusArea } from './status-area.js';

/** A proxy's packets, held by keys. */
export interface Holding {
  readonly holder: Holder;
  /** Prints a line above the rows at the foot, or plainly while there are none. */
  print(line: string): void;
  /** Reads keys from now on; resolves when a key ends it. */
  start(): Promise<void>;
  /** Lets everything go, and gives the terminal back. */
  close(): Promise<void>;
}

const DELAY_MS = 1000;
const ENDS: readonly string[] = ['q', 'ctrl-c', 'ctrl-d'];

/** Makes it ready. */
export function holdPackets(): Holding {
  let area: ReturnType<typeof statusArea> | undefined;
  let keys: ReturnType<typeof readKeys> | undefined;
  const holder = createHolder({ clock: node.clock, changed: () => area?.update() });
  const actions: Readonly<Record<string, () => void>> = {
    space: holder.letGo,
    right: holder.letGo,
    return: holder.letGo,
    k: holder.kill,
    c: holder.duplicate,
    d: () => holder.delay(DELAY_MS),
    a: () => {
      for (let left = holder.held.length; left > 0; left -= 1) holder.letGo();
    },
  };
  return {
    holder,
    print: (line) => (area ? area.print(line) : void process.stdout.write(`${line}\n`)),
    start() {
      const ended = new Promise<void>((resolve) => {
        keys = readKeys((name) => (ENDS.includes(name) ? resolve() : actions[name]?.()));
      });
      area = statusArea(() => [chalk.bold(heldWords(holder)), chalk.dim(HOLD_KEYS)]);
      return ended;
    },
    async close() {
      keys?.close();
      area?.close();
      area = undefined;
      holder.open();
      // what has just been let go leaves the sockets before these are closed
      for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
