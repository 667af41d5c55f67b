/*
 * The process that hears: it takes down when each message was sent and how long it took, on a clock that both processes share.
 */
import type { Connection } from '../../lib/index.js';
import { type UdpConnection, udpTransport } from '../../transports/udp/index.js';
import type { Span } from '../fanout/load/open-loop.js';
import { answerQuestions, nowMicros } from '../fanout/processes.js';
import { percentile } from '../fanout/statistics.js';
import { readServer } from '../udp/reading.js';
import { sumOf, type Traffic } from './traffic.js';
import { messageBytes, optionsOf } from './variants.js';

/** One run's link. */
export interface Run {
  readonly variant: string;
  readonly loss: number;
  readonly seed: number;
}

const connections: UdpConnection[] = [];
const heard: { readonly sentAt: number; readonly micros: number }[] = [];

function hear(connection: Connection): void {
  connections.push(connection as UdpConnection);
  let rest = Buffer.alloc(0);
  connection.received$.subscribe((chunk) => {
    const now = nowMicros();
    const bytes = Buffer.concat([rest, chunk]);
    let at = 0;
    for (; at + messageBytes <= bytes.length; at += messageBytes) {
      const sentAt = bytes.readDoubleBE(at);
      heard.push({ sentAt, micros: now - sentAt });
    }
    rest = bytes.subarray(at);
  });
}

const handlers = {
  async serve({ variant, loss, seed }: Run): Promise<{ address: string }> {
    const listener = await udpTransport(optionsOf(variant, loss, seed)).listen?.('udp://127.0.0.1:0');
    listener?.connections$.subscribe(hear);
    return { address: listener?.address ?? '' };
  },
  traffic: (_: null): Traffic => sumOf(connections),
  /** How long what was sent in the given spans took. */
  latency({ spans }: { spans: readonly Span[] }): Record<'p50Micros' | 'p90Micros' | 'p99Micros' | 'messages', number> {
    const within = ({ sentAt }: { sentAt: number }) => spans.some(({ fromMicros, toMicros }) => fromMicros <= sentAt && sentAt < toMicros);
    const kept = heard.filter(within).map(({ micros }) => micros);
    return { p50Micros: percentile(kept, 50), p90Micros: percentile(kept, 90), p99Micros: percentile(kept, 99), messages: kept.length };
  },
  reading: readServer,
};

export type LossyServerHandlers = typeof handlers;

answerQuestions(handlers);
