/*
 * A transport between threads as the conformance suite wants it: one that dials and listens. Both of its threads are
 * this one; messages take the same way as between two, and a test sees both ends (docs/write-a-transport.md).
 */
import type { MessageChannel, MessagePort } from 'node:worker_threads';
import type { Transport } from '../../lib/index.js';
import { type ConformanceCase, conformance, type Subject } from '../../transports/conformance/index.js';

// #region subject
/** The cases of the suite for a transport, whose two threads share a channel. */
export function casesFor(
  make: (toThread: MessagePort) => Transport,
  { port1, port2 }: MessageChannel,
  options: Partial<Subject> = {},
): ConformanceCase[] {
  const [listening, dialling] = [make(port1), make(port2)];
  let names = 0;
  return conformance({
    name: 'thread',
    transport: { ...listening, dial: dialling.dial },
    address: () => `thread:suite-${++names}`,
    ...options,
  });
}
// #endregion
