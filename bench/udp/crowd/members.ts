/*
 * Members over whatever transport: a Connection that joins, then counts what is delivered by frame lengths alone. What is said is said
 * by the fan-out's open loop, for which a connection looks like a socket.
 */
import type { Connection, Transport } from '../../../lib/index.js';
import type { GroupLoad, Member } from '../../fanout/load/members.js';
import { peer } from '../../fanout/peers/chatwire.js';
import { textBytes } from '../../fanout/scenario.js';

const { wire } = peer;

/** Dials and joins; resolves when the server says that it is in. */
export async function joinMember(transport: Transport, address: string, group: GroupLoad, name: string): Promise<Member> {
  const connection = await transport.dial(address);
  const member: Member = { socket: asSocket(connection), group, name, said: 0 };
  connection.send(wire.opening(group.name, name));
  return new Promise((resolve, reject) => {
    let joined = false;
    let rest = Buffer.alloc(0);
    const take = (chunk: Uint8Array) => {
      const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      const bytes = rest.length > 0 ? Buffer.concat([rest, view]) : view;
      let at = 0;
      while (!joined) {
        const step = wire.joinStep(bytes.subarray(at), group.name, name);
        if (!step) break;
        at += step.consumed;
        if (step.joined) {
          joined = true;
          resolve(member);
        }
      }
      if (joined) at = countDeliveries(group, bytes, at);
      rest = Buffer.from(bytes.subarray(at));
    };
    connection.received$.subscribe({ next: take, error: reject, complete: () => reject(new Error(`${name} was sent away`)) });
  });
}

/** Counts whole frames; returns where the first incomplete one starts. */
function countDeliveries(group: GroupLoad, bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const signed = wire.frameAt(bytes, at, bytes.length);
    const length = Math.abs(signed);
    if (length === 0 || at + length > bytes.length) break;
    at += length;
    if (signed <= 0) continue;
    group.delivered++;
    group.sampler?.(bytes, at - wire.bytesAfterText - textBytes);
  }
  return at;
}

function asSocket(connection: Connection): Member['socket'] {
  const socket = {
    write: (bytes: Uint8Array) => connection.send(bytes),
    destroy: () => {
      connection.abort();
      return socket;
    },
  };
  return socket as unknown as Member['socket'];
}
