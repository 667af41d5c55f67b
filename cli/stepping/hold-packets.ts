/*
 * Holds packets by keys, those of a proxy or of a demo in virtual time: the oldest one goes on, is killed, delayed or
 * copied, or all go on to the next of a kind. What decides stands in tracer/proxy/holder.ts; here are the keys and the rows
 * at the foot of the terminal.
 */
import chalk from 'chalk';
import type { Clock } from '../../lib/index.js';
import { createHolder, type Holder, STOPS } from '../../tracer/proxy/index.js';
import type { Passing } from '../../transports/link/index.js';
import { deedWords, heldWords, holdKeys } from './held-words.js';
import { readKeys } from './keys.js';

/** Packets, held by keys. */
export interface Holding {
  readonly holder: Holder;
  /** Reads keys from now on; resolves when a key ends it. */
  start(): Promise<void>;
  /** Lets everything go, and gives the terminal back. */
  close(): Promise<void>;
}

/** How packets are held. */
export interface HoldingOptions {
  /** By which a packet is delayed. */
  readonly clock: Clock;
  /** Told what was done by hand to a packet, in words. */
  readonly did?: (words: string, packet: Passing) => void;
  /** Told whenever something came or went. */
  readonly changed?: () => void;
  /** Shows what waits and which keys there are, as texts of any length. */
  readonly shown: (foot: () => readonly string[]) => Foot;
  /** Looks back so many rows further, or, below 0, forward again. */
  readonly look?: (rows: number) => void;
}

/** Where it is shown. */
export interface Foot {
  update(): void;
  close(): void;
}

const DELAY_MS = 1000;
/** Rows that a page key looks back. */
const PAGE = 10;
const ENDS: readonly string[] = ['q', 'ctrl-c', 'ctrl-d'];

/** Makes it ready. */
export function holdPackets({ clock, did, changed = () => {}, shown, look }: HoldingOptions): Holding {
  let foot: Foot | undefined;
  let keys: ReturnType<typeof readKeys> | undefined;
  const holder = createHolder({
    clock,
    did: (deed, packet, ms) => did?.(deedWords(deed, packet, ms), packet),
    changed() {
      changed();
      foot?.update();
    },
  });
  const looking = (rows: number) => () => {
    look?.(rows);
    foot?.update();
  };
  const actions: Readonly<Record<string, () => void>> = {
    space: holder.letGo,
    right: holder.letGo,
    return: holder.letGo,
    k: holder.kill,
    c: holder.duplicate,
    d: () => holder.delay(DELAY_MS),
    h: () => holder.runOn(STOPS.handshake),
    f: () => holder.runOn(STOPS.frame),
    l: () => holder.runOn(STOPS.loss),
    up: looking(1),
    down: looking(-1),
    pageup: looking(PAGE),
    pagedown: looking(-PAGE),
    a: () => {
      for (let left = holder.held.length; left > 0; left -= 1) holder.letGo();
    },
  };
  return {
    holder,
    start() {
      const ended = new Promise<void>((resolve) => {
        keys = readKeys((name) => (ENDS.includes(name) ? resolve() : actions[name]?.()));
      });
      foot = shown(() => [chalk.bold(heldWords(holder)), chalk.dim(holdKeys(look !== undefined))]);
      return ended;
    },
    async close() {
      keys?.close();
      foot?.close();
      foot = undefined;
      holder.open();
      // what has just been let go leaves the sockets before these are closed
      for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
