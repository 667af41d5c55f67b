/*
 * The client's first steps: SYN until a COOKIE comes, then CONNECT until there is an answer. Both are repeated
 * faster than RFC 6298 (2.1) would, since nothing of the path is known and only one small answer is asked for; it is
 * given up after ten seconds.
 */
import type { PacketWriter } from '../wire/encode.js';
import { type PacketFields, type Parameters, SYN_BYTES } from '../wire/packets.js';
import type { EngineSettings } from './settings.js';
import type { Timers } from './timers.js';

/** The first repetition comes after this time, each next one after twice as long, up to a second. */
const FIRST_REPEAT_MS = 250;
const LONGEST_REPEAT_MS = 1000;
/** Bytes of a SYN without its padding. */
const UNPADDED_BYTES = 40;
const PADDING = new Uint8Array(SYN_BYTES - UNPADDED_BYTES);

/** What one end says of itself in the handshake. */
export function parametersOf({ arq, congestion, creditSegments, idleTimeoutMs, maxDatagramBytes }: EngineSettings): Parameters {
  return { arq, congestion, credit: creditSegments, idleTimeoutMs, maxDatagramBytes };
}

/** The handshake of one client. */
export interface Dialling {
  readonly parameters: Parameters;
  /** What a CONNECT carries, once there is a cookie. */
  readonly connect: PacketFields<'CONNECT'> | undefined;
  /** Takes the cookie; returns the round trip, if it is known which SYN was answered. */
  onCookie(cookie: Omit<PacketFields<'CONNECT'>, 'client'> & { readonly server: number }, now: number): number | undefined;
  onTimeout(now: number): void;
  pollTransmit(writer: PacketWriter, now: number): Uint8Array | undefined;
}

/** Begins to dial. */
export function diallingOf(client: number, settings: EngineSettings, timers: Timers, now: number): Dialling {
  const parameters = parametersOf(settings);
  let connect: PacketFields<'CONNECT'> | undefined;
  let sentAt = now;
  let repeated = 0;
  let due = true;
  timers.set('dial', now + settings.dialTimeoutMs);
  timers.set('handshake', now + FIRST_REPEAT_MS);
  return {
    parameters,
    get connect() {
      return connect;
    },
    onCookie({ time, mac }, at) {
      connect = { client, parameters, time, mac: mac.slice() };
      const sample = repeated === 0 ? at - sentAt : undefined; // Karn's rule, RFC 6298 section 3
      repeated = 0;
      timers.set('handshake', at + FIRST_REPEAT_MS);
      return sample;
    },
    onTimeout(at) {
      due = true;
      repeated += 1;
      timers.set('handshake', at + Math.min(LONGEST_REPEAT_MS, FIRST_REPEAT_MS * 2 ** repeated));
    },
    pollTransmit(writer, at) {
      if (!due) return undefined;
      due = false;
      sentAt = at;
      return writer.packet('SYN', {}, { client, parameters, padding: PADDING });
    },
  };
}
