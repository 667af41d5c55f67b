/*
 * What a packet's comment says: which steps of the story it carries, who to whom, and why. A packet that the story does
 * not show is explained in a sentence of this file.
 */
import type { ArrowStep, Story } from '../../join/story.js';
import type { DatagramEvent, FrameEvent } from '../../trace/trace.js';
import { peerOf, type SentSegment, type Side } from './conversation.js';
import type { Leg } from './legs.js';
import { FLAG } from './tcp.js';

/** Finds comments for packets. */
export interface Commentary {
  /** For a segment of a leg. */
  segment(leg: Leg, segment: SentSegment): readonly string[];
  /** For a datagram. */
  datagram(event: DatagramEvent): readonly string[];
}

/** How the control bits read on an arrow. */
const LABELS: Readonly<Record<number, string>> = {
  [FLAG.SYN]: 'SYN',
  [FLAG.SYN + FLAG.ACK]: 'SYN-ACK',
  [FLAG.ACK]: 'ACK',
  [FLAG.FIN + FLAG.ACK]: 'FIN',
  [FLAG.RST + FLAG.ACK]: 'RST',
};

const PARTS: Readonly<Record<SentSegment['part'], string>> = {
  handshake: 'The kernels shake hands before connect() and accept() return; no tap can see it, so this segment is concluded.',
  data: 'Bytes of a frame that another segment completes.',
  ack: 'Says how much has arrived; the kernel sends it by itself, so this segment is made up.',
  end: 'This side sends no more.',
  reset: 'The connection is dropped at once.',
};

const FATES: Readonly<Record<NonNullable<DatagramEvent['fate']>, string>> = {
  lost: 'Lost on the link: it never arrived.',
  duplicated: 'The link delivered it twice.',
  corrupted: 'Spoilt on the link: what arrived has another checksum.',
  malformed: 'It is no whole, unchanged packet, so the receiver drops it.',
  withheld: 'Its bytes are not shown: they could tell a secret.',
};

/** Comments out of a story. */
export function commentary({ actors, steps }: Story): Commentary {
  const names = new Map(actors.map(({ id, name }) => [id, name]));
  const name = (id: string) => names.get(id) ?? id;
  const arrows = steps.filter((step): step is ArrowStep => step.kind === 'arrow');
  const frames = byKey(arrows, ({ lane, connection, label, sentAt, receivedAt }) =>
    lane === 'frames' ? [sentAt, receivedAt].map((at) => `${connection} ${label} ${at}`) : [],
  );
  const segments = byKey(arrows, ({ lane, connection, label }) => (lane === 'segments' ? [`${connection} ${label}`] : []));
  const datagrams = byKey(arrows, ({ lane, sentAt, receivedAt }) =>
    lane === 'segments' ? [`sent ${sentAt}`, `received ${receivedAt}`] : [],
  );
  const writes = byKey(arrows, ({ lane, connection, sentAt, receivedAt, label }) =>
    lane === 'segments' && label === 'DATA' ? [sentAt, receivedAt].map((at) => `${connection} ${at}`) : [],
  );
  const told = ({ number, from, to, label, words, why, repeats }: ArrowStep): string =>
    [
      `Step ${number}: ${name(from)} to ${name(to)}: ${label}${words === '' ? '' : ` ${words}`}.`,
      ...(repeats ? [`Again: segment ${repeats.segment} went first in step ${repeats.step}.`] : []),
      why,
    ].join(' ');

  const control = ({ connection, actors: ends }: Leg, { from, flags, part, at }: SentSegment): ArrowStep | undefined => {
    if (part === 'ack') return undefined;
    const candidates = segments.get(`${connection.id} ${LABELS[flags]}`) ?? [];
    return nearest(
      candidates.filter((step) => step.from === ends[from]),
      at,
    );
  };

  return {
    segment(leg, segment) {
      const carried = framesOf(leg, segment).flatMap(
        (frame) => frames.get(`${leg.connection.id} ${frame.type} ${frame.at}`)?.slice(0, 1) ?? [],
      );
      const rest = segment.part === 'data' ? writes.get(`${leg.connection.id} ${segment.at}`)?.[0] : control(leg, segment);
      const shown = carried.length === 0 && rest ? [rest] : carried;
      if (shown.length > 0) return [...new Set(shown)].map(told);
      const to = leg.actors[peerOf(segment.from)];
      const label = segment.part === 'data' ? 'data' : (LABELS[segment.flags] ?? segment.part);
      return [`${name(leg.actors[segment.from])} to ${name(to)}: ${label}. ${PARTS[segment.part]}`];
    },
    datagram(event) {
      const steps = datagrams.get(`${event.direction} ${event.at}`)?.filter(({ bytes }) => equal(bytes, event.bytes)) ?? [];
      const fate = event.fate ? ` ${FATES[event.fate]}` : '';
      if (steps.length > 0) return steps.map((step) => `${told(step)}${fate}`);
      return [`${name(event.by)} ${event.direction === 'sent' ? 'sends' : 'receives'} a datagram.${fate}`];
    },
  };
}

/** The frames that end in a segment: wholly in it, or with their last part. */
function framesOf(leg: Leg, { part, from, offset, payload }: SentSegment): readonly FrameEvent[] {
  if (part !== 'data') return [];
  const frames = framesFrom(leg, from);
  const found: FrameEvent[] = [];
  for (let i = firstPast(frames, offset); i < frames.length && endOf(frames[i]) <= offset + payload.length; i++)
    found.push(frames[i] as FrameEvent);
  return found;
}

/** One direction's frames, in order: the sender's, or else the receiver's. */
function framesFrom(leg: Leg, from: Side): readonly FrameEvent[] {
  const sent = leg[from]?.frames.sent ?? [];
  return sent.length > 0 ? sent : (leg[peerOf(from)]?.frames.received ?? []);
}

const endOf = (frame: FrameEvent | undefined): number => (frame ? frame.offset + frame.bytes.length : 0);

/** The first frame that ends behind a place, found by halving. */
function firstPast(frames: readonly FrameEvent[], offset: number): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (endOf(frames[middle]) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

function byKey(steps: readonly ArrowStep[], keysOf: (step: ArrowStep) => readonly string[]): ReadonlyMap<string, readonly ArrowStep[]> {
  const found = new Map<string, ArrowStep[]>();
  for (const step of steps) {
    for (const key of keysOf(step)) {
      const list = found.get(key);
      if (list) list.push(step);
      else found.set(key, [step]);
    }
  }
  return found;
}

function nearest(steps: readonly ArrowStep[], at: number): ArrowStep | undefined {
  return steps.reduce<ArrowStep | undefined>(
    (best, step) => (best === undefined || Math.abs(step.at - at) < Math.abs(best.at - at) ? step : best),
    undefined,
  );
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one === other || (one.length === other.length && one.every((byte, i) => byte === other[i]));
}
