/*
 * Listening: one node:http server for the transport's requests and for pages. Closing it stops the taking of new
 * connections; the sockets that carry open ones stay until those are over.
 */
import { Buffer } from 'node:buffer';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import type { Timer } from '../../../lib/clock.js';
import { type Address, type Connection, formatHostPort, type Listener, type ListenOptions, parseHostPort } from '../../../lib/transport.js';
import { Arrivals } from '../../arrivals.js';
import { clock as nodeClock } from '../../host/clock.js';
import { randomBytes } from '../../host/random.js';
import { explain } from '../../stream/errors.js';
import { PORT_SENTENCES } from '../../stream/index.js';
import { HttpConnection, nextId } from '../connection.js';
import { SESSION_ID_BYTES } from '../wire/requests.js';
import { answer, type Desk, isOwnPath, refuse } from './answers.js';
import { refusalOf, secure } from './guard.js';
import type { HttpSettings } from './options.js';
import { Sessions } from './sessions.js';

/** An idle socket is kept for so long, in milliseconds: longer than a client is silent. */
const KEEP_ALIVE_MS = 65_000;
/** So long pages may go on being answered once the listener is closed, in milliseconds. */
const LAST_PAGES_MS = 2_000;

/** Listens; see `Transport.listen`. */
export async function listen(asked: Address, options: ListenOptions, settings: HttpSettings): Promise<Listener> {
  const { tap, clock = nodeClock, backlog = 1024 } = options;
  const where = parseHostPort(asked);
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: settings.headersTimeoutMs,
    requestTimeout: settings.requestTimeoutMs,
    connectionsCheckingInterval: Math.min(5_000, settings.headersTimeoutMs),
  });
  server.maxConnections = settings.maxSockets;
  await bind(server, asked, { ...where, backlog });

  const address = written(server.address() as AddressInfo);
  const arrivals = new Arrivals<Connection>();
  const sockets = new Set<Socket>();
  /** Sockets that have carried a request of the transport's. */
  const ours = new WeakSet<Socket>();
  /** Those on which a page is being answered: at the end they get a moment to be answered whole. */
  const answering = new Set<Socket>();
  let lastMoment: Timer | undefined;
  let isClosed = false;

  const sessions = new Sessions(clock, settings, () => {
    if (isClosed) setImmediate(closeSockets);
  });
  const closeSockets = () => {
    if (sessions.size > 0) return;
    // what is still being answered, a last word perhaps, gets its time to leave
    server.closeIdleConnections();
    server.close();
  };

  const desk: Desk = {
    sessions,
    maxBodyBytes: settings.maxBodyBytes,
    now: () => clock.now(),
    open({ socket }) {
      if (isClosed || sessions.size >= settings.maxSessions || arrivals.kept >= backlog) return undefined;
      const session = sessions.add(Buffer.from(randomBytes(SESSION_ID_BYTES)).toString('base64url'));
      const { localAddress, localPort, remoteAddress, remotePort } = socket;
      const local = localAddress && localPort ? written({ address: localAddress, port: localPort }) : address;
      const remote = remoteAddress && remotePort ? written({ address: remoteAddress, port: remotePort }) : address;
      session.connection = new HttpConnection({ id: nextId(), local, remote, clock, tap, end: 'server' }, session);
      arrivals.push(session.connection);
      return session;
    },
  };

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => {
    secure(response);
    const path = pathOf(request);
    const isOwn = isOwnPath(path);
    const refusal = refusalOf(request, settings.allowedHosts, !isOwn);
    if (refusal) return refuse(response, refusal.status, refusal.sentence);
    if (!isOwn) {
      const { socket } = request;
      answering.add(socket);
      response.on('close', () => {
        answering.delete(socket);
        if (answering.size === 0) lastMoment?.cancel();
        if (isClosed && !ours.has(socket)) socket.end();
      });
      return settings.pages(request, response);
    }
    ours.add(request.socket);
    answer(desk, path, request, response);
  });
  let warned = false;
  server.on('error', (cause: NodeJS.ErrnoException) => {
    if (!warned) process.emitWarning(explain('listen', address, cause, PORT_SENTENCES).message, { code: `CHATWIRE_${cause.code}` });
    warned = true;
  });

  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    // not http's own close(): that also gives up the idle sockets by which open connections still send
    NetServer.prototype.close.call(server);
    for (const untaken of arrivals.close()) untaken.abort();
    for (const socket of sockets) if (!ours.has(socket) && !answering.has(socket)) socket.destroy();
    if (answering.size > 0) {
      lastMoment = clock.setTimer(LAST_PAGES_MS, () => {
        for (const socket of answering) socket.destroy();
      });
    }
    await new Promise((resolve) => setImmediate(resolve));
    closeSockets();
  };
  return { address, connections$: arrivals.items$, close };
}

function bind(server: Server, asked: Address, where: { host: string; port: number; backlog: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(explain('listen', asked, cause, PORT_SENTENCES));
    server.once('error', failed);
    server.listen(where, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

/** The path without what stands behind a `?`. */
function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** An IPv4 peer of an IPv6 listener comes as `::ffff:192.0.2.1`; it is written, and counted, as the IPv4 address that it is. */
function written({ address, port }: { readonly address: string; readonly port: number }): Address {
  return formatHostPort('http', { host: address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address, port });
}
