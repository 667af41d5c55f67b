/*
 * Opening UDP sockets: addresses read, names resolved, bound or connected. A connected socket hears that nobody listens
 * at its peer; one that is not never does.
 */
import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Address, formatHostPort, parseHostPort } from '../../../lib/transport.js';
import type { DatagramNetwork, DatagramSocket, Place } from './network.js';

/** Reads an address, and asks the system about a host name. */
export async function placeOf(address: Address): Promise<Place> {
  const { host, port } = parseHostPort(address);
  const plain = host.split('%')[0] as string; // fe80::1%eth0
  const family = isIP(plain);
  if (family === 4 || family === 6) return { host, port, family };
  const found = await lookup(host);
  return { host: found.address, port, family: found.family === 6 ? 6 : 4 };
}

/** The machine's own network. */
export const nodeNetwork: DatagramNetwork = {
  bound({ host, port, family }) {
    const socket = socketOf(family);
    return opened(socket, (done) => socket.bind({ address: host, port, exclusive: true }, done));
  },
  connected({ host, port, family }) {
    const socket = socketOf(family);
    return opened(socket, (done) => socket.connect(port, host, done));
  },
};

/** This end's address, and another's. */
export function localAddress(socket: DatagramSocket): Address {
  const { address, port } = socket.address();
  return written(address, port);
}

/** An IPv4 peer of an IPv6 socket comes as `::ffff:192.0.2.1`; it is written as the IPv4 address that it is. */
export function written(host: string, port: number): Address {
  return formatHostPort('udp', { host: host.startsWith('::ffff:') && host.includes('.') ? host.slice(7) : host, port });
}

function socketOf(family: 4 | 6): Socket {
  return createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    // Addresses are resolved before; without this, every datagram would ask the resolver anew, a tick later.
    lookup: (address, _options, callback) => callback(null, address, family),
  });
}

/** Opens a socket; one that cannot be opened is closed. */
async function opened(socket: Socket, open: (done: (cause?: Error) => void) => void): Promise<Socket> {
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      open((cause) => (cause ? reject(cause) : resolve()));
    });
    socket.removeAllListeners('error');
    return socket;
  } catch (cause) {
    socket.close();
    throw cause;
  }
}
