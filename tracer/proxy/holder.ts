/*
 * Holds packets in the air. Whatever comes waits here, in order, until somebody decides: it goes on, it goes on later, it
 * goes twice, or it is gone; or all go on until one comes that is looked for. It knows no sockets and no screen: a packet
 * brings what may be done with it.
 */
import type { Clock, Timer } from '../../lib/clock.js';
import type { Fate, Passing } from '../../transports/link/index.js';

/** Where a run stops that lets packets go on by themselves. */
export interface Stop {
  /** Before such a packet: it is held. */
  before?(packet: Passing): boolean;
  /** After a packet that the network does such a thing to: the next one is held. */
  after?(fate: Fate | undefined): boolean;
}

/** What somebody did to a packet, beside letting it go. */
export type Deed = 'killed' | 'copied' | 'delayed';

/** Packets that wait. Each key acts on the one that has waited longest, and does nothing if none waits. */
export interface Holder {
  /** A packet comes. */
  hold(packet: Passing): void;
  /** What waits, in order; the first is the one to decide about. */
  readonly held: readonly Passing[];
  /** How many were told to go on later. */
  readonly delayed: number;
  /** When the oldest of all that have not gone on came. */
  readonly sinceMs: number | undefined;
  /** Whether packets go on by themselves until one is found. */
  readonly runsOn: boolean;
  /** The oldest goes on. If none waits, and packets go on by themselves, the next is held again. */
  letGo(): void;
  kill(): void;
  duplicate(): void;
  delay(ms: number): void;
  /** The oldest goes on, and then all, until the stop. */
  runOn(stop: Stop): void;
  /** All that wait go on, those with a delay included, and from now on nothing is held. */
  open(): void;
}

/** How a holder is made. */
export interface HolderOptions {
  readonly clock: Clock;
  /** Told what was done by hand to a packet. */
  readonly did?: (deed: Deed, packet: Passing, ms?: number) => void;
  /** Told whenever something came or went. */
  readonly changed?: () => void;
}

/** Makes a holder. */
export function createHolder({ clock, did = () => {}, changed = () => {} }: HolderOptions): Holder {
  const held: Passing[] = [];
  const delayed = new Map<Passing, Timer>();
  let isOpen = false;
  let stop: Stop | undefined;

  const first = (act: (packet: Passing) => void) => () => {
    const packet = held.shift();
    if (!packet) return;
    act(packet);
    changed();
  };
  const goOn = (packet: Passing) => {
    const fate = packet.pass();
    if (stop?.after?.(fate)) stop = undefined;
  };
  return {
    held,
    get delayed() {
      return delayed.size;
    },
    get sinceMs() {
      const times = [...held, ...delayed.keys()].map(({ atMs }) => atMs);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    get runsOn() {
      return stop !== undefined;
    },
    hold(packet) {
      if (isOpen) return void packet.pass();
      if (stop && !stop.before?.(packet)) return goOn(packet);
      stop = undefined;
      held.push(packet);
      changed();
    },
    letGo() {
      if (held.length === 0 && stop) {
        stop = undefined;
        changed();
      } else first((packet) => packet.pass())();
    },
    kill: first((packet) => {
      packet.drop();
      did('killed', packet);
    }),
    duplicate: first((packet) => {
      packet.twice();
      did('copied', packet);
    }),
    delay(ms) {
      first((packet) => {
        const go = () => {
          delayed.delete(packet);
          goOn(packet);
          changed();
        };
        delayed.set(packet, clock.setTimer(ms, go));
        did('delayed', packet, ms);
      })();
    },
    runOn(asked) {
      stop = asked;
      const one = held.shift(); // the one that it is at
      if (one) goOn(one);
      while (stop && held[0] && !asked.before?.(held[0])) goOn(held.shift() as Passing);
      if (held.length > 0) stop = undefined;
      changed();
    },
    open() {
      isOpen = true;
      stop = undefined;
      for (const [packet, timer] of [...delayed]) {
        timer.cancel();
        delayed.delete(packet);
        packet.pass();
      }
      for (const packet of held.splice(0)) packet.pass();
      changed();
    },
  };
}
