/*
 * Holds packets in the air. Whatever comes waits here, in order, until somebody decides: it goes on, it goes on later, it
 * goes twice, or it is gone. It knows no sockets and no screen: a packet brings what may be done with it.
 */
import type { Clock, Timer } from '../../lib/clock.js';
import type { LinkSide } from '../../transports/link/index.js';

/** A packet on its way through, and what may be done with it. */
export interface Passing {
  /** Whose it is. */
  readonly from: LinkSide;
  readonly datagram: Uint8Array;
  /** When it came. */
  readonly atMs: number;
  /** It goes on. */
  pass(): void;
  /** It goes on, and a copy of it as well. */
  twice(): void;
  /** It is lost. */
  drop(): void;
}

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
  letGo(): void;
  kill(): void;
  duplicate(): void;
  delay(ms: number): void;
  /** All that wait go on, those with a delay included, and from now on nothing is held. */
  open(): void;
}

/** How a holder is made. */
export interface HolderOptions {
  readonly clock: Clock;
  /** Told whenever something came or went. */
  readonly changed?: () => void;
}

/** Makes a holder. */
export function createHolder({ clock, changed = () => {} }: HolderOptions): Holder {
  const held: Passing[] = [];
  const delayed = new Map<Passing, Timer>();
  let isOpen = false;

  const first = (act: (packet: Passing) => void) => () => {
    const packet = held.shift();
    if (!packet) return;
    act(packet);
    changed();
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
    hold(packet) {
      if (isOpen) return packet.pass();
      held.push(packet);
      changed();
    },
    letGo: first((packet) => packet.pass()),
    kill: first((packet) => packet.drop()),
    duplicate: first((packet) => packet.twice()),
    delay(ms) {
      first((packet) => {
        const go = () => {
          delayed.delete(packet);
          packet.pass();
          changed();
        };
        delayed.set(packet, clock.setTimer(ms, go));
      })();
    },
    open() {
      isOpen = true;
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
