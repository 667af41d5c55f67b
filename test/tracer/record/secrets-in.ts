/*
 * The secrets that a trace shows if it is made to: passwords, tokens, and cookies.
 */
import type { TraceEvent } from '../../../tracer/trace/trace.js';
import { packetOf } from '../redact/packets.js';

/** Each once: passwords as text, the rest as bytes. */
export function secretsIn(events: readonly TraceEvent[]): (string | Uint8Array)[] {
  const found = new Map<string, string | Uint8Array>();
  for (const event of events) {
    if (event.kind === 'datagram' && event.bytes.length > 0 && !event.fate) {
      const packet = packetOf(event.bytes);
      if ('mac' in packet) found.set(Buffer.from(packet.mac).toString('hex'), packet.mac);
    }
    if (event.kind !== 'frame') continue;
    const { question, value, token } = event.fields;
    if (question === 'password' && typeof value === 'string' && value.length > 2) found.set(value, value);
    if (typeof token === 'string' && token.length > 8) found.set(token, Buffer.from(token, 'hex'));
  }
  return [...found.values()];
}
