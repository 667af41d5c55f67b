/*
 * A recorder's front door where the fate of a datagram is decided after it was told as sent: somebody holds it in the air.
 * What was seen waits, in its order, behind the first datagram that is still undecided; then it is recorded with its fate,
 * and with what a person did to it as a note behind it. No time passes while one is held, so that nothing is told late.
 */
import type { DatagramTapEvent, TapEvent } from '../../lib/trace.js';
import type { ParticipantTap, Recorder } from './recorder.js';

/** What became of a datagram. */
export interface Decided {
  readonly fate?: Pick<DatagramTapEvent, 'fate' | 'spoiled'> | undefined;
  /** What was done to it, in words. */
  readonly note?: string;
}

/** The order in which things are recorded. */
export interface AwaitedFates {
  /** The recorder, behind this door. */
  recorder(recorder: Recorder): Recorder;
  /** The fate of a datagram, told by its bytes themselves; may be told in pieces. */
  decide(datagram: Uint8Array, decided: Decided): void;
  /** Records whatever need not wait any more. */
  goOn(): void;
  /** Since when datagrams are on their way, in milliseconds of their clock: an arrow that has begun and not ended. */
  readonly flyingSinceMs: number | undefined;
}

interface Waiting {
  readonly datagram?: Uint8Array;
  give(): void;
}

/** Opens the door; `isHeld` says whether a datagram is undecided. */
export function awaitedFates(isHeld: (datagram: Uint8Array) => boolean): AwaitedFates {
  const decisions = new WeakMap<Uint8Array, Decided>();
  /** How many copies of a datagram are still to arrive, and since when. */
  const flying = new Map<Uint8Array, { readonly sinceMs: number; copies: number }>();
  let line: Waiting[] = [];

  const goOn = () => {
    let gone = 0;
    for (; gone < line.length; gone += 1) {
      const { datagram, give } = line[gone] as Waiting;
      if (datagram && isHeld(datagram)) break;
      give();
    }
    line = line.slice(gone);
  };
  const add = (waiting: Waiting) => {
    line.push(waiting);
    goOn();
  };
  const takeOff = (datagram: Uint8Array, sinceMs: number) => {
    const { fate, spoiled } = decisions.get(datagram)?.fate ?? {};
    flying.delete(datagram);
    if (fate !== 'lost') flying.set(spoiled ?? datagram, { sinceMs, copies: fate === 'duplicated' ? 2 : 1 });
  };
  const landed = ({ bytes }: DatagramTapEvent) => {
    const flight = flying.get(bytes);
    if (!flight) return;
    flight.copies -= 1;
    if (flight.copies === 0) flying.delete(bytes);
  };
  const tapOf = (tap: ParticipantTap, note: (text: string, atMs: number) => void): ParticipantTap => ({
    ...tap,
    event(event: TapEvent) {
      if (event.layer !== 'datagram') return add({ give: () => tap.event(event) });
      if (event.direction === 'received') {
        landed(event);
        return add({ give: () => tap.event(event) });
      }
      add({
        datagram: event.bytes,
        give() {
          const { fate, note: said } = decisions.get(event.bytes) ?? {};
          takeOff(event.bytes, event.at);
          tap.event({ ...event, ...fate });
          if (said !== undefined) note(said, event.at);
        },
      });
    },
  });
  return {
    recorder: (recorder) => ({
      ...recorder,
      tap: (participant) => tapOf(recorder.tap(participant), recorder.note),
      note: (text, atMs) => add({ give: () => recorder.note(text, atMs) }),
    }),
    decide(datagram, decided) {
      decisions.set(datagram, { ...decisions.get(datagram), ...decided });
      if (flying.has(datagram)) takeOff(datagram, flying.get(datagram)?.sinceMs as number); // it was told as sent before
    },
    goOn,
    get flyingSinceMs() {
      let since: number | undefined;
      for (const { sinceMs } of flying.values()) since = Math.min(since ?? sinceMs, sinceMs);
      return since;
    },
  };
}
