/*
 * Listening: what arrives is wrapped, paused, and handed to the one subscriber. An accept that fails, for want
 * of file descriptors say, costs that one connection and never the listener.
 */
import { createServer, type Server, type ListenOptions as Where } from 'node:net';
import type { Address, Connection, Listener, ListenOptions } from '../../lib/transport.js';
import { Arrivals } from '../arrivals.js';
import { clock as nodeClock } from '../host/clock.js';
import { StreamConnection } from './connection.js';
import { explain } from './errors.js';
import { type Family, nextId, type Place, SOCKET_OPTIONS } from './family.js';

/** Errors after which the listening socket itself is no good. */
const FATAL = new Set(['EBADF', 'EINVAL', 'ENOTSOCK', 'EOPNOTSUPP']);

/** Listens at an address of a family; see `Transport.listen`. */
export async function listen(family: Family, asked: Address, options: ListenOptions = {}): Promise<Listener> {
  const { tap, clock = nodeClock, backlog = 1024 } = options;
  const where = family.listenOptions(asked);
  await family.beforeListen?.(asked).catch((cause: unknown) => {
    throw explain('listen', asked, cause, family.sentences);
  });
  const server = createServer({ ...SOCKET_OPTIONS, pauseOnConnect: true });
  try {
    await open(family, server, { ...where, backlog });
  } catch (cause) {
    throw explain('listen', asked, cause, family.sentences);
  }

  const address = family.boundAddress(server, asked);
  const place: Place = { family, asked: address, tap, clock };
  const arrivals = new Arrivals<Connection>();
  let warned = false;

  const close = async () => {
    for (const untaken of arrivals.close()) untaken.abort();
    if (server.listening) server.close(); // its callback would wait for the open connections, which are not ours to end
    await new Promise((resolve) => setImmediate(resolve));
  };
  server.on('connection', (socket) => {
    warned = false;
    const connection = new StreamConnection(socket, place, nextId(family), 'accepted');
    if (arrivals.kept < backlog) arrivals.push(connection);
    else connection.abort();
  });
  server.on('error', (cause: NodeJS.ErrnoException) => {
    const error = explain('listen', address, cause, family.sentences);
    if (FATAL.has(cause.code ?? '')) {
      arrivals.close({ error });
      void close();
      return;
    }
    if (!warned) process.emitWarning(error.message, { code: `CHATWIRE_${cause.code}` });
    warned = true;
  });
  return { address, connections$: arrivals.items$, close };
}

function open({ binding = (bind) => bind() }: Family, server: Server, where: Where): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    binding(() => server.listen(where));
  });
}
