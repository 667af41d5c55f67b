/*
 * Members as the load process plays them: a raw socket that joins, then counts what is delivered by frame lengths alone.
 * All sockets read into one buffer with room before it, where the half frame of the last read is put back, so that nothing is
 * allocated and no text is decoded for a delivery.
 */
import { connect, type Socket } from 'node:net';
import type { Wire } from '../peer.js';
import { textBytes } from '../scenario.js';

/** One group's members and the counts that close the loop. */
export interface GroupLoad {
  readonly name: string;
  readonly members: Member[];
  /** Those who talk: members, or outsiders where the wire says so. */
  readonly senders: Member[];
  /** How many deliveries a message makes. */
  fanOut: number;
  sent: number;
  delivered: number;
  /** Who looks at each delivered text, when somebody does. */
  sampler?: Sampler | undefined;
}

/** Called with the place of a delivered text. */
export type Sampler = (bytes: Buffer, textAt: number) => void;

/** A group in which nobody is yet. */
export function emptyGroup(name: string, fanOut: number): GroupLoad {
  return { name, members: [], senders: [], fanOut, sent: 0, delivered: 0 };
}

export interface Member {
  readonly socket: Socket;
  readonly name: string;
  readonly group: GroupLoad;
  /** How many messages it has said. */
  said: number;
}

/** Called once after each turn of the event loop in which something came. */
export const arrivals: { afterTurn: (() => void) | undefined } = { afterTurn: undefined };
let turnIsNoted = false;

function noteTurn(): void {
  if (turnIsNoted || !arrivals.afterTurn) return;
  turnIsNoted = true;
  setImmediate(() => {
    turnIsNoted = false;
    arrivals.afterTurn?.();
  });
}

const roomBytes = 128 * 1024;
const readBytes = 64 * 1024;
const shared = Buffer.alloc(roomBytes + readBytes);

/** Counts the deliveries between `at` and `end` for the group; returns where the first incomplete frame starts. */
function countDeliveries(wire: Wire, group: GroupLoad, at: number, end: number): number {
  const { sampler } = group;
  while (at < end) {
    const signed = wire.frameAt(shared, at, end);
    const length = signed < 0 ? -signed : signed;
    if (length === 0 || at + length > end) break;
    at += length;
    if (signed > 0) {
      group.delivered++;
      if (sampler) sampler(shared, at - wire.bytesAfterText - textBytes);
    }
  }
  return at;
}

/** Connects one member and, unless it is an outsider, joins it to its group. */
export function connectMember(port: number, wire: Wire, group: GroupLoad, name: string, joins = true): Promise<Member> {
  return new Promise((resolve, reject) => {
    let joined = !joins;
    let rest: Buffer | undefined;

    const takeSteps = (start: number, end: number): number => {
      let at = start;
      for (;;) {
        const step = wire.joinStep(shared.subarray(at, end), group.name, name);
        if (!step) return at;
        at += step.consumed;
        if (step.send) socket.write(step.send);
        if (!step.joined) continue;
        joined = true;
        resolve({ socket, name, group, said: 0 });
        return countDeliveries(wire, group, at, end);
      }
    };
    const onRead = (bytesRead: number): boolean => {
      const start = roomBytes - (rest?.length ?? 0);
      rest?.copy(shared, start);
      const end = roomBytes + bytesRead;
      const at = joined ? countDeliveries(wire, group, start, end) : takeSteps(start, end);
      noteTurn();
      rest = at < end ? Buffer.from(shared.subarray(at, end)) : undefined;
      return true;
    };

    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: shared.subarray(roomBytes), callback: onRead } });
    socket.on('error', reject);
    socket.on('end', () => reject(new Error(`the server closed the connection of ${name}`)));
    socket.on('connect', () => {
      if (!joins) return resolve({ socket, name, group, said: 0 });
      const opening = wire.opening(group.name, name);
      if (opening.length > 0) socket.write(opening);
    });
  });
}

/** Says some messages: the bytes of `count` of them, numbered where the wire wants it. */
export function say(wire: Wire, sender: Member, messages: Buffer, count: number): void {
  const bytes = wire.number ? Buffer.from(messages) : messages;
  wire.number?.(bytes, sender.said + 1);
  sender.said += count;
  sender.socket.write(bytes);
}
