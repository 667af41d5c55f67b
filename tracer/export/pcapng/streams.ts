/*
 * A leg's events played through a TCP conversation. Of each direction the sender's bytes are taken if somebody watched
 * the sender, else the receiver's; what the other end reported then says when they arrived.
 */
import type { StateEvent } from '../../trace/trace.js';
import { type Conversation, conversation, peerOf, type SentSegment, type Side } from './conversation.js';
import type { Leg, ObservedEnd } from './legs.js';

/** Something that one end reported, and what it means for the conversation. */
interface Happening {
  readonly at: number;
  play(talk: Conversation): void;
}

const SIDES = ['client', 'server'] as const;

/** The segments of a leg, in the order in which they left. */
export function segmentsOf(leg: Leg, maxSegmentBytes: number): readonly SentSegment[] {
  const happenings = SIDES.flatMap((side) => {
    const end = leg[side];
    return end ? [...states(end, side, leg), ...chunks(end, side, leg)] : [];
  });
  happenings.sort((one, other) => one.at - other.at); // stable: what one end reported stays in its order
  const talk = conversation(maxSegmentBytes);
  for (const happening of happenings) happening.play(talk);
  return talk.segments;
}

function states(end: ObservedEnd, side: Side, leg: Leg): Happening[] {
  const wasOpen = end.states.some(({ state }) => state === 'open' || state === 'accepted') || end.chunks.length > 0;
  return end.states.map((event) => ({
    at: event.at,
    play: (talk) => playState(talk, event, { side, wasOpen, isAlone: !leg[peerOf(side)] }),
  }));
}

interface Observer {
  readonly side: Side;
  readonly wasOpen: boolean;
  /** Nobody watched the other end. */
  readonly isAlone: boolean;
}

function playState(talk: Conversation, event: StateEvent, { side, wasOpen, isAlone }: Observer): void {
  const { at } = event;
  const peer = peerOf(side);
  switch (event.state) {
    case 'dialling':
      return talk.open(at);
    case 'open':
    case 'accepted':
      return talk.establish(at);
    case 'ended':
      talk.end(at, side);
      if (isAlone) talk.endArrived(at, peer);
      return;
    case 'peer-ended':
      talk.end(at, peer); // already said, if somebody watched there
      return talk.endArrived(at, side);
    case 'closed':
      if (event.error === undefined) return;
      if (wasOpen) talk.reset(at, event.closedBy === 'remote' ? peer : side);
      else if (event.closedBy === 'remote') talk.refuse(at);
      return;
    case 'paused':
    case 'resumed':
    case 'drained':
      return;
  }
}

function chunks(observed: ObservedEnd, side: Side, leg: Leg): Happening[] {
  const peer = peerOf(side);
  const other = leg[peer];
  const told = other?.chunks.some((chunk) => chunk.direction === 'sent');
  return observed.chunks.map(({ at, direction, offset, bytes }): Happening => {
    const end = offset + bytes.length;
    return {
      at,
      play(talk) {
        if (direction === 'sent') {
          talk.send(at, side, bytes);
          if (!other) talk.arrived(at, peer, end);
        } else {
          if (!told) talk.send(at, peer, bytes);
          talk.arrived(at, side, end);
        }
      },
    };
  });
}
