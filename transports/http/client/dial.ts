/*
 * Opening a connection: one POST, whose answer names the session and both addresses.
 */
import type { TransportTapEvent } from '../../../lib/trace.js';
import { type Address, type Connection, type DialOptions, parseHostPort, TransportError } from '../../../lib/transport.js';
import { HttpConnection, nextId } from '../connection.js';
import { HEADERS, PATHS } from '../wire/requests.js';
import { ask, refusal } from './ask.js';
import type { Downlink } from './downlink.js';
import type { HttpReply } from './port.js';
import type { Ground } from './settings.js';
import { Uplink } from './uplink.js';

/** What a dial goes over. */
export interface Way {
  readonly ground: Ground;
  /** Carries what comes down, for this connection and perhaps for others. */
  readonly downlink: Downlink;
  /** It is over. */
  released(): void;
}

/** Dials; see `Transport.dial`. The way is made once the address was read. */
export async function dial(
  asked: Address,
  { signal, tap, clock }: DialOptions & Required<Pick<DialOptions, 'clock'>>,
  wayTo: (origin: string) => Way,
): Promise<Connection> {
  const id = nextId();
  const tell = (what: TransportTapEvent['what']) => tap?.event({ layer: 'transport', at: clock.now(), connection: id, what });
  const givenUp = () => new TransportError('aborted', `Dialling ${asked} was given up.`, { cause: signal?.reason });
  parseHostPort(asked);
  if (signal?.aborted) throw givenUp();
  const way = wayTo(asked.replace(/\/$/, ''));
  tell({ name: 'dialling', remote: asked });
  const opened = await open(way.ground, asked, signal, givenUp).catch((error: TransportError) => {
    way.released();
    tell({ name: 'closed', by: error.by, error: error.message });
    throw error;
  });
  const { session, local, remote } = opened;
  const uplink = new Uplink(way.ground, session, () => {
    way.downlink.remove(session);
    way.released();
  });
  const connection = new HttpConnection({ id, local, remote, clock, tap, end: 'client' }, uplink);
  await begin(connection, [way.downlink.add(session, connection), uplink.carry(connection)], signal);
  if (signal?.aborted) throw givenUp();
  return connection;
}

/**
 * Waits until both ways are in use. They then have their own TCP connections, so that it does no harm if the server
 * takes no new ones from now on; and the server knows that its answer has come.
 */
async function begin(connection: HttpConnection, ways: readonly Promise<void>[], signal: AbortSignal | undefined): Promise<void> {
  const giveUp = () => connection.abort();
  signal?.addEventListener('abort', giveUp, { once: true });
  await Promise.all(ways);
  signal?.removeEventListener('abort', giveUp);
}

interface Opened {
  readonly session: string;
  readonly local: Address;
  readonly remote: Address;
}

async function open(ground: Ground, asked: Address, signal: AbortSignal | undefined, givenUp: () => Error): Promise<Opened> {
  const { clock, port, settings } = ground;
  const giveUp = new AbortController();
  const late = clock.setTimer(settings.dialTimeoutMs, () => giveUp.abort('late'));
  const abort = () => giveUp.abort('given up');
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const reply = await ask(ground, 'POST', PATHS.open, {}, giveUp.signal);
    if (signal?.aborted) throw givenUp();
    if (reply.status !== 201) throw await refusal(asked, reply);
    const opened = readOpened(reply, asked);
    for await (const _ of reply.body); // there is none, but the request is over only then
    return opened;
  } catch (cause) {
    if (signal?.aborted) throw givenUp();
    if (cause instanceof TransportError) throw cause;
    if (giveUp.signal.aborted) throw tooLate(asked, settings.dialTimeoutMs);
    throw port.explain(asked, cause);
  } finally {
    late.cancel();
    signal?.removeEventListener('abort', abort);
  }
}

function readOpened(reply: HttpReply, asked: Address): Opened {
  const session = reply.header(HEADERS.session) ?? '';
  if (!/^[\w-]{16,64}$/.test(session)) {
    throw new TransportError('refused', `${asked} is no Chatwire server: it opened no session.`, { by: 'remote' });
  }
  const address = (name: string) => {
    const said = reply.header(name) ?? '';
    return /^http:\/\/[\w.:[\]%-]{1,100}:\d{1,5}$/.test(said) ? said : asked;
  };
  return { session, local: address(HEADERS.client), remote: address(HEADERS.server) };
}

function tooLate(asked: Address, ms: number): TransportError {
  return new TransportError('timeout', `${asked} did not answer within ${Math.round(ms / 1000)} s: check the address and the server.`, {
    by: 'remote',
  });
}
