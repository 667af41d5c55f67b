/*
 * What may be set of the UDP transport, checked once; what is left out is the engine's default.
 */
import { TransportError } from '../../../lib/transport.js';
import { randomBytes } from '../../host/random.js';
import type { Faults, LinkCounts } from '../../link/index.js';
import { ARQ } from '../engine/arq/index.js';
import { CONGESTION } from '../engine/congestion/index.js';
import { DEFAULTS, type EngineSettings } from '../engine/settings.js';
import { SAFE_DATAGRAM_BYTES } from '../wire/packets.js';
import type { DatagramNetwork } from './network.js';
import { nodeNetwork } from './sockets.js';

/** The options of the UDP transport: those of the engine, and of what lies between it and the socket. */
export interface UdpOptions extends Partial<EngineSettings> {
  /** A bad network between the engine and the socket. Default: none. */
  readonly link?: Faults | undefined;
  /** Whether the link spoils only what this transport sends, or also what it receives: `both` if the peer has no link of its own. Default `sent`. */
  readonly linkOn?: 'sent' | 'both';
  /** Counts what the link does, over all connections. */
  readonly linkCounts?: LinkCounts | undefined;
  /** What is asked of the system for each socket's buffers. Default 4 MiB; the system may give less. */
  readonly socketBufferBytes?: number;
  /** Where the sockets come from. Default: node:dgram. */
  readonly network?: DatagramNetwork;
  /** Bytes that nobody can guess: connection IDs, and the key of the cookies. Default: the system's. */
  readonly randomBytes?: (count: number) => Uint8Array;
}

/** The options with nothing left out. */
export interface DriverSettings {
  readonly engine: EngineSettings;
  readonly link: Faults | undefined;
  readonly linkOn: 'sent' | 'both';
  readonly linkCounts: LinkCounts | undefined;
  readonly socketBufferBytes: number;
  readonly network: DatagramNetwork;
  readonly randomBytes: (count: number) => Uint8Array;
}

/** What a datagram of 1,200 bytes takes of a receive buffer: Linux counts its bookkeeping, too. Measured: 212,992 bytes hold 92. */
export const BUFFER_PER_DATAGRAM = 2304;

/**
 * Fills in the defaults.
 * @throws {TransportError} `unsupported` if something cannot be.
 */
export function settingsOf(options: UdpOptions): DriverSettings {
  const { link, linkOn = 'sent', linkCounts, socketBufferBytes = 4 * 1024 * 1024, ...others } = options;
  const { network = nodeNetwork, randomBytes: random = randomBytes, ...given } = others;
  const takesOffer = given.arq === undefined && given.congestion === undefined;
  const engine = { ...DEFAULTS, takesOffer, ...given };
  const { arq, congestion, maxDatagramBytes, creditSegments, arqWindowSegments } = engine;
  if (!Object.hasOwn(ARQ, arq)) throw unsupported(`The policy "${arq}" is not there; there is ${Object.keys(ARQ).join(', ')}.`);
  if (!Object.hasOwn(CONGESTION, congestion))
    throw unsupported(`The congestion control "${congestion}" is not there; there is ${Object.keys(CONGESTION).join(', ')}.`);
  if (!(maxDatagramBytes >= SAFE_DATAGRAM_BYTES && maxDatagramBytes <= 65_507)) {
    throw unsupported(`maxDatagramBytes is ${maxDatagramBytes}; it must be from ${SAFE_DATAGRAM_BYTES} to 65,507.`);
  }
  if (!(creditSegments >= 1)) throw unsupported(`creditSegments is ${creditSegments}; at least 1 is needed to send anything.`);
  if (!(arqWindowSegments >= 1)) throw unsupported(`arqWindowSegments is ${arqWindowSegments}; at least 1 is needed to send anything.`);
  return { engine, link, linkOn, linkCounts, socketBufferBytes, network, randomBytes: random };
}

function unsupported(message: string): TransportError {
  return new TransportError('unsupported', message);
}
