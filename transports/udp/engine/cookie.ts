/*
 * The stateless cookie: a server that is asked for a connection answers with a MAC over all that it would have to
 * remember, and remembers nothing. Whoever brings it back in time has shown that it receives at its address.
 * The idea is Bernstein's SYN cookies (1996), the form that of RFC 6347 section 4.2.1.
 */
import { ByteWriter, writeFields } from '../../../lib/wire/fields.js';
import { PACKETS, type Parameters } from '../wire/packets.js';
import type { Primitives } from './primitives.js';

/** What a cookie vouches for. */
export interface Claim {
  /** Where the client is. */
  readonly address: string;
  readonly client: number;
  readonly server: number;
  readonly parameters: Parameters;
  readonly time: number;
}

const parameterFields = Object.entries(PACKETS.SYN.fields.parameters.fields);

/** The MAC of a claim. */
export function seal({ address, client, server, parameters, time }: Claim, { mac }: Primitives): Uint8Array {
  const writer = new ByteWriter(128);
  writer.u64(client);
  writer.u64(server);
  writer.u64(time);
  writeFields(writer, parameterFields, parameters);
  writer.utf8(address); // last, since its length varies
  return mac(writer.written());
}

/** Whether a MAC is that of a claim, and young enough. Takes equally long for every wrong MAC. */
export function holds(
  claim: Claim,
  mac: Uint8Array,
  { now, lifetimeMs }: { now: number; lifetimeMs: number },
  primitives: Primitives,
): boolean {
  const age = now - claim.time;
  if (age < -1 || age > lifetimeMs) return false; // a cookie's time is in whole milliseconds
  const expected = seal(claim, primitives);
  if (mac.length !== expected.length) return false;
  let difference = 0;
  for (const [index, byte] of expected.entries()) difference |= byte ^ (mac[index] as number);
  return difference === 0;
}
