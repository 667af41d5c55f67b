/*
 * UDP-with-ack: `udp://HOST:PORT`, a reliable, ordered byte stream over datagrams. The engine (engine/) is pure and
 * holds the protocol, the driver (driver/) has the sockets; docs/udp.md tells the packets and the rules.
 */
import type { Connection, DialOptions, ListenOptions, Transport } from '../../lib/transport.js';
import { dial, Ways } from './driver/dial.js';
import { listen } from './driver/listen.js';
import { settingsOf, type UdpOptions } from './driver/options.js';

export type { UdpConnection } from './driver/connection.js';
export type { UdpOptions } from './driver/options.js';
export type { EngineSettings } from './engine/settings.js';
export type { UdpStats } from './engine/stats.js';
export { ARQ_NAMES, CONGESTION_NAMES, parseUdpFlags, UDP_FLAGS, type UdpFlag, type UdpFlags, udpFlagsIn } from './flags.js';
export { type TextbookLine, textbook } from './textbook.js';

/**
 * Makes a UDP transport with options of its own. Its connections are UdpConnections, which also show what the engine counts.
 * @throws {TransportError} `unsupported` if an option cannot be.
 * @example
 * const lossy = udpTransport({ arq: 'selective-repeat', link: { ...NO_FAULTS, loss: 0.2, seed: 7 } });
 */
export function udpTransport(options: UdpOptions = {}): Transport {
  const settings = settingsOf(options);
  const ways = new Ways(settings);
  return {
    scheme: 'udp',
    reset: 'signalled',
    dial: (address, asked?: DialOptions): Promise<Connection> => dial(ways, address, asked),
    listen: (address, asked?: ListenOptions) => listen(settings, address, asked),
  };
}

/** UDP as it comes: selective acknowledgements, NewReno, no faults. */
export const udp: Transport = udpTransport();
