/*
 * How answers are read from a story: frames, datagrams and states by what they are, and what carries or acknowledges
 * what. Whatever is asked for and not there is an error, so an answer never points at a row that does not say so.
 */
import type { ArrowStep, MarkStep, Step, Story } from '../../tracer/join/index.js';
import { readPacket } from '../../tracer/join/packet-head.js';
import type { Frame, FrameOf, Packet } from '../../transports/udp/wire/packets.js';
import { NotSeenError } from './lesson.js';

/** A datagram, and what was in it. */
export interface Datagram {
  readonly step: ArrowStep;
  readonly packet: Packet;
}

/** The first that fits. */
export function first<T>(items: readonly T[], what: string, fits: (item: T) => boolean = () => true): T {
  const found = items.find(fits);
  if (found === undefined) throw new NotSeenError(`This run does not show ${what}: run the lesson once more.`);
  return found;
}

/** What an answer says holds for this run, or there is no answer. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new NotSeenError(`This run does not show ${what}: run the lesson once more.`);
}

/** The frames of the chat of one type. */
export function framesOf({ steps }: Story, type: string): ArrowStep[] {
  return steps.filter((step): step is ArrowStep => step.kind === 'arrow' && step.lane === 'frames' && step.label === type);
}

/** What carried the frames: datagrams, writes to a stream, signals of the kernel. */
export function segments({ steps }: Story): ArrowStep[] {
  return steps.filter((step): step is ArrowStep => step.kind === 'arrow' && step.lane === 'segments');
}

/** What a capture saw between the kernels. */
export function kernelPackets({ steps }: Story): ArrowStep[] {
  return steps.filter((step): step is ArrowStep => step.kind === 'arrow' && step.lane === 'kernel');
}

/** What happened at the ends, of one name. */
export function marksOf({ steps }: Story, label: string): MarkStep[] {
  return steps.filter((step): step is MarkStep => step.kind === 'mark' && step.label === label);
}

/** The datagrams of UDP. */
export function datagrams(story: Story): Datagram[] {
  return segments(story).flatMap((step) => {
    const packet = readPacket(step.bytes);
    return packet ? [{ step, packet }] : [];
  });
}

/** The frames of a packet that have one type. */
export function partsOf<T extends Frame['type']>(packet: Packet, type: T): FrameOf<T>[] {
  return 'frames' in packet ? packet.frames.filter((frame): frame is FrameOf<T> => frame.type === type) : [];
}

/** What carried a frame first: the write or the datagram of its sender that names it. */
export function carrierOf(story: Story, frame: ArrowStep): ArrowStep {
  return first(
    segments(story),
    `what carried the ${frame.label} of row ${frame.number}`,
    (step) =>
      step.from === frame.from &&
      step.at >= frame.at &&
      step.label.startsWith('DATA') &&
      new RegExp(`\\b${frame.label}\\b`).test(step.words),
  );
}

/** The numbers of the segments in a datagram. */
export function segmentsIn(packet: Packet): number[] {
  return partsOf(packet, 'DATA').map(({ segment }) => segment);
}

/** The first datagram that acknowledges a segment. */
export function acknowledgementOf(story: Story, segment: number, sender: string): Datagram {
  return first(
    datagrams(story),
    `an acknowledgement of segment ${segment}`,
    ({ step, packet }) => step.to === sender && step.outcome === 'arrived' && partsOf(packet, 'ACK').some(({ next }) => next > segment),
  );
}

/** When something arrived, or was seen if nobody saw it arrive; nanoseconds. */
export function arrival({ receivedAt, at }: ArrowStep): number {
  return receivedAt ?? at;
}

/** The numbers of steps. */
export function rowsOf(steps: readonly Step[]): number[] {
  return steps.map(({ number }) => number);
}

/** Nanoseconds as milliseconds, for a sentence. */
export function ms(nanoseconds: number): string {
  return `${(nanoseconds / 1e6).toFixed(3).replace(/\.?0+$/, '')} ms`;
}

/** `row 4`, `rows 4 and 7`, `rows 4, 7 and 9`. */
export function rowsInWords(numbers: readonly number[]): string {
  const rows = [...new Set(numbers)].sort((one, other) => one - other);
  const last = rows.at(-1);
  const before = rows.slice(0, -1);
  return before.length === 0 ? `row ${last}` : `rows ${before.join(', ')} and ${last}`;
}
