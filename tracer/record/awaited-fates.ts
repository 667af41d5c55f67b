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
}

interface Waiting {
  /** What must be decided before. */
  readonly datagram?: Uint8Array;
  give(): void;
}

/** Opens the door; `isHeld` says whether a datagram is undecided. */
export function awaitedFates(isHeld: (datagram: Uint8Array) => boolean): AwaitedFates {
  const decisions = new WeakMap<Uint8Array, Decided>();
  const line: Waiting[] = [];

  const goOn = () => {
    for (let next = line[0]; next && !(next.datagram && isHeld(next.datagram)); next = line[0]) {
      line.shift();
      next.give();
    }
  };
  const add = (waiting: Waiting) => {
    line.push(waiting);
    goOn();
  };
  const sending = (tap: ParticipantTap, event: DatagramTapEvent, { note }: Recorder): Waiting => ({
    datagram: event.bytes,
    give() {
      const { fate, note: said } = decisions.get(event.bytes) ?? {};
      tap.event({ ...event, ...fate });
      if (said !== undefined) note(said, event.at);
    },
  });
  const tapOf = (tap: ParticipantTap, recorder: Recorder): ParticipantTap => ({
    ...tap,
    event: (event: TapEvent) =>
      add(event.layer === 'datagram' && event.direction === 'sent' ? sending(tap, event, recorder) : { give: () => tap.event(event) }),
  });
  return {
    recorder: (recorder) => ({
      ...recorder,
      tap: (participant) => tapOf(recorder.tap(participant), recorder),
      note: (text, atMs) => add({ give: () => recorder.note(text, atMs) }),
    }),
    decide: (datagram, decided) => void decisions.set(datagram, { ...decisions.get(datagram), ...decided }),
    goOn,
  };
}
