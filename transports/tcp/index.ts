/*
 * TCP: `tcp://HOST:PORT`, IPv4 and IPv6. The driver is transports/stream; here stands what is TCP's own:
 * how its addresses read.
 */
import type { AddressInfo } from 'node:net';
import { type Address, formatHostPort, parseHostPort, type Transport } from '../../lib/transport.js';
import { type Family, PORT_SENTENCES, streamTransport } from '../stream/index.js';

const family: Family = {
  scheme: 'tcp',
  reset: 'signalled',
  connectOptions: (address) => parseHostPort(address),
  listenOptions: (address) => parseHostPort(address),
  boundAddress: (server) => {
    const { address, port } = server.address() as AddressInfo;
    return written(address, port);
  },
  localAddress: ({ localAddress, localPort }) => (localAddress && localPort ? written(localAddress, localPort) : undefined),
  remoteAddress: ({ remoteAddress, remotePort }) => (remoteAddress && remotePort ? written(remoteAddress, remotePort) : undefined),
  sentences: PORT_SENTENCES,
};

/** The TCP transport. A peer sees an abort as a reset. */
export const tcp: Transport = streamTransport(family);

/** An IPv4 peer of an IPv6 listener comes as `::ffff:192.0.2.1`; it is written, and counted, as the IPv4 address that it is. */
function written(host: string, port: number): Address {
  return formatHostPort('tcp', { host: host.startsWith('::ffff:') && host.includes('.') ? host.slice(7) : host, port });
}
