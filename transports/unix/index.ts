/*
 * Unix sockets: `unix:PATH`. The driver is transports/stream, as for TCP; here stands what is their own: a path for
 * an address, and a socket file that must be made with care (socket-file.ts). A Unix client has no address, so both
 * ends are named by the path.
 */
import { Buffer } from 'node:buffer';
import { type Address, parseAddress, type Transport, TransportError } from '../../lib/transport.js';
import { type Family, type Sentences, streamTransport } from '../stream/index.js';
import { makeWay, ownerOnly } from './socket-file.js';

/** What fits into `sockaddr_un`: 108 bytes on Linux and 104 on macOS, one of them for the closing NUL. */
const MAX_PATH_BYTES = process.platform === 'darwin' ? 103 : 107;

const sentences: Sentences = {
  dial: {
    ENOENT: ['refused', (at) => `Nobody listens at ${at}: start the server first, or check the path.`],
    EAGAIN: ['refused', (at) => `Too many wait at ${at} already: try again in a moment.`],
    EACCES: ['unreachable', (at) => `Not permitted to connect to ${at}: the socket belongs to another user.`],
  },
  listen: {
    ENOENT: ['unreachable', (at) => `The directory of ${at} does not exist: create it first.`],
    EACCES: ['unreachable', (at) => `Not permitted to listen at ${at}: choose a directory of your own.`],
    EADDRINUSE: ['address-in-use', (at) => `Somebody listens at ${at} already: stop that program, or choose another path.`],
  },
  talk: {},
};

const family: Family = {
  scheme: 'unix',
  reset: 'looks-like-end',
  connectOptions: (address) => ({ path: pathOf(address) }),
  listenOptions: (address) => ({ path: pathOf(address) }),
  beforeListen: (address) => makeWay(address, pathOf(address)),
  binding: ownerOnly,
  boundAddress: (_server, asked) => `unix:${pathOf(asked)}`,
  localAddress: (_socket, asked) => asked,
  remoteAddress: (_socket, asked) => asked,
  sentences,
};

/** Unix sockets. A peer cannot tell an abort from an end. Refused on Windows. */
export const unix: Transport = streamTransport(family);

function pathOf(address: Address): string {
  if (process.platform === 'win32') {
    throw new TransportError('unsupported', 'Unix sockets do not work in Node on Windows: use tcp://127.0.0.1:PORT instead.');
  }
  const path = parseAddress(address).address.slice('unix:'.length);
  const bytes = Buffer.byteLength(path);
  if (path.includes('\0')) throw new TransportError('unsupported', `The path in "${address}" has a NUL in it: choose another.`);
  if (bytes <= MAX_PATH_BYTES) return path;
  throw new TransportError(
    'unsupported',
    `The path of a Unix socket may be ${MAX_PATH_BYTES} bytes long, and "${path}" is ${bytes}: choose a shorter one.`,
  );
}
