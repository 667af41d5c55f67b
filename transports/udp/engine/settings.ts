/*
 * What may be set of the engine, and what it is otherwise. Times in milliseconds.
 */
import { type ArqName, type CongestionName, LAST_NUMBER } from '../wire/packets.js';

/** The settings of one endpoint and its connections. */
export interface EngineSettings {
  /** How losses are repaired; the client's choice sets both ends, a server's is an offer. Default `sack`. */
  readonly arq: ArqName;
  /** How the sending rate adapts; likewise. Default `newreno`. */
  readonly congestion: CongestionName;
  /** Whether a client takes the `arq` and `congestion` that the server offers in its COOKIE instead of its own. Default false; the transport sets it where neither was chosen. */
  readonly takesOffer: boolean;
  /** The largest datagram sent and taken. Default 1,452: with the headers of IPv6 and UDP the 1,500 of an Ethernet. */
  readonly maxDatagramBytes: number;
  /** Whether datagrams begin with 1,200 bytes, which go everywhere, and larger ones are looked for (`sack` alone); if not, they have `maxDatagramBytes` from the beginning. Default true. */
  readonly discovery: boolean;
  /** So many full datagrams must have arrived before larger ones are looked for. Default 32. */
  readonly searchAfterDatagrams: number;
  /** How many segments the peer may be ahead of the reader. Default 512. */
  readonly creditSegments: number;
  /** Silence after which a connection is given up. Default 30,000. */
  readonly idleTimeoutMs: number;
  /** Silence after which a sign of life is asked for; 0: never. Default 10,000. */
  readonly keepAliveMs: number;
  /** How long dialling is tried. Default 10,000. */
  readonly dialTimeoutMs: number;
  /** How long a cookie is good, and how long a client that had a connection is remembered. Default 10,000. */
  readonly cookieLifetimeMs: number;
  /** The shortest retransmission timeout of the textbook policies. Default 200. */
  readonly minRtoMs: number;
  /** The window of the textbook policies, in segments. Default 64. */
  readonly arqWindowSegments: number;
  /** Whether that window spans from the oldest unacknowledged segment, or counts only those that are unacknowledged. Default `span`. */
  readonly arqWindowCounts: 'span' | 'outstanding';
  /** A timeout of the textbook policies that never changes; 0: as RFC 6298 has it, at least `minRtoMs`. Default 0. */
  readonly fixedRtoMs: number;
  /** The window of the `fixed` controller, in bytes. Default 128 KiB. */
  readonly fixedWindowBytes: number;
  /** Whether datagrams are spread over the round trip instead of sent at once. Default true. */
  readonly pacing: boolean;
  /** The shortest time between two datagrams with data: as long as a slow line takes for one, so that none waits before it. Default 0. */
  readonly gapMs: number;
  /** Whether a datagram takes as many segments as fit, or only one. Default true. */
  readonly coalescing: boolean;
  /** Whether a message also brings the unacknowledged ones before it, where the policy allows that. Default true. */
  readonly bundling: boolean;
  /** No packet and no segment gets this number. Default 2^32 - 1; lower in tests of the limit. */
  readonly lastNumber: number;
}

/** The settings that hold where nothing else is said. */
export const DEFAULTS: EngineSettings = {
  arq: 'sack',
  congestion: 'newreno',
  takesOffer: false,
  maxDatagramBytes: 1452,
  discovery: true,
  searchAfterDatagrams: 32,
  creditSegments: 512,
  idleTimeoutMs: 30_000,
  keepAliveMs: 10_000,
  dialTimeoutMs: 10_000,
  cookieLifetimeMs: 10_000,
  minRtoMs: 200, // RFC 6298 (2.4) says one second; Linux has 200 ms, and so has this
  arqWindowSegments: 64,
  arqWindowCounts: 'span',
  fixedRtoMs: 0,
  fixedWindowBytes: 128 * 1024,
  pacing: true,
  gapMs: 0,
  coalescing: true,
  bundling: true,
  lastNumber: LAST_NUMBER,
};
