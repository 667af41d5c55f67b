/*
 * One connection's bytes, as its two ends read them: what Wireshark calls Follow Stream. Of a stream these are its
 * chunks; of UDP-with-ack the segments that arrived, each once, in order; where neither was observed, the frames.
 */
import { readPacket } from '../join/packet-head.js';
import type { ArrowStep, JoinedConnection, Story } from '../join/story.js';

/** Bytes that came from one end. */
export interface Turn {
  readonly from: 'client' | 'server';
  /** When they arrived, or, if nobody saw that, when they left. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** What both ends said, in the order of time. */
export interface Dialogue {
  readonly connection: JoinedConnection;
  readonly turns: readonly Turn[];
}

/** Follows a connection; nothing if the story has none of that id. */
export function follow(story: Story, connection: string): Dialogue | undefined {
  const found = story.connections.find(({ id }) => id === connection);
  if (!found) return undefined;
  const arrows = story.steps.filter((step): step is ArrowStep => step.kind === 'arrow' && step.connection === connection);
  return { connection: found, turns: turnsOf(found, arrows) };
}

/** The turns in a connection's arrows. */
export function turnsOf(found: JoinedConnection, arrows: readonly ArrowStep[]): readonly Turn[] {
  const segments = arrows.filter(({ lane }) => lane === 'segments');
  const read = found.scheme === 'udp' ? reassembled(segments, found) : segments.map((step) => turn(step, found));
  const spoken = read.filter(({ bytes }) => bytes.length > 0);
  if (spoken.length > 0) return spoken;
  return arrows.filter(({ lane }) => lane === 'frames').map((step) => turn(step, found));
}

/** A stream's write is what the reader reads; what was lost at the end of it was not read. */
function turn(step: ArrowStep, connection: JoinedConnection): Turn {
  const { at, receivedAt, outcome, bytes } = step;
  return { from: sideOf(step, connection), at: receivedAt ?? at, bytes: outcome === 'lost' ? NOTHING : bytes };
}

const NOTHING = new Uint8Array(0);

function sideOf({ from }: ArrowStep, { client }: JoinedConnection): Turn['from'] {
  return from === client ? 'client' : 'server';
}

/** Segments in order, each once, at the time at which nothing before them was missing any more. */
function reassembled(packets: readonly ArrowStep[], connection: JoinedConnection): Turn[] {
  const sides = { client: { next: 0, early: new Map<number, Uint8Array>() }, server: { next: 0, early: new Map<number, Uint8Array>() } };
  const turns: Turn[] = [];
  const arrived = packets.filter(({ outcome }) => outcome === 'arrived' || outcome === 'unseen');
  const byArrival = arrived.sort((one, other) => (one.receivedAt ?? one.at) - (other.receivedAt ?? other.at));
  for (const step of byArrival) {
    const from = sideOf(step, connection);
    const side = sides[from];
    const packet = readPacket(step.bytes);
    if (!packet || !('frames' in packet)) continue;
    for (const frame of packet.frames) {
      if (frame.type === 'DATA' && frame.segment >= side.next) side.early.set(frame.segment, frame.data);
    }
    for (let bytes = side.early.get(side.next); bytes; bytes = side.early.get(side.next)) {
      side.early.delete(side.next);
      side.next += 1;
      turns.push({ from, at: step.receivedAt ?? step.at, bytes });
    }
  }
  return turns;
}
