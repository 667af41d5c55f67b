/*
 * Opening a connection: one POST, whose answer names the session and both addresses.
 */
import type { TransportTapEvent } from '../../../lib/trace.js';
import { type Address, type Connection, type DialOptions, parseHostPort, TransportError } from '../../../lib/transport.js';
import { type ConnectionSettings, HttpConnection, nextId } from '../connection.js';
import { HEADERS, PATHS } from '../wire/requests.js';
import { ask, refusal } from './ask.js';
import type { Down } from './downlink.js';
import type { HttpReply } from './port.js';
import type { Ground } from './settings.js';
import { Uplink } from './uplink.js';

/** What a dial goes over. */
export interface Way {
  readonly ground: Ground;
  /** Carries what comes down, for this connection and perhaps for others. */
  readonly downlink: Down;
  /** It is over. */
  released(): void;
}

/** Dials; see `Transport.dial`. The way is made once the address was read. */
export async function dial(
  asked: Address,
  { signal, tap, clock }: DialOptions & Required<Pick<DialOptions, 'clock'>>,
  wayTo: (origin: string) => Way | Promise<Way>,
): Promise<Connection> {
  const id = nextId();
  const tell = (what: TransportTapEvent['what']) => tap?.event({ layer: 'transport', at: clock.now(), connection: id, what });
  const givenUp = () => new TransportError('aborted', `Dialling ${asked} was given up.`, { cause: signal?.reason });
  parseHostPort(asked);
  if (signal?.aborted) throw givenUp();
  tell({ name: 'dialling', remote: asked });
  let way: Way | undefined;
  let opened: Opened;
  try {
    way = await wayTo(asked.replace(/\/$/, ''));
    opened = await open(way.ground, asked, signal, givenUp);
  } catch (error) {
    way?.released();
    const { by, message } = error as TransportError;
    tell({ name: 'closed', by, error: message });
    throw error;
  }
  return begin(way, opened, { id, clock, tap }, signal, givenUp);
}

/**
 * Makes the connection, and waits until both ways are in use. They then have their own TCP connections, so that it does
 * no harm if the server takes no new ones from now on; and the server knows that its answer has come.
 */
async function begin(
  way: Way,
  { session, local, remote }: Opened,
  settings: Pick<ConnectionSettings, 'id' | 'clock' | 'tap'>,
  signal: AbortSignal | undefined,
  givenUp: () => Error,
): Promise<Connection> {
  const uplink = new Uplink(way.ground, session, () => {
    way.downlink.remove(session);
    way.released();
  });
  const connection = new HttpConnection({ ...settings, local, remote, end: 'client' }, uplink);
  const giveUp = () => connection.abort();
  signal?.addEventListener('abort', giveUp, { once: true });
  await Promise.all([way.downlink.add(session, connection), uplink.carry(connection)]);
  signal?.removeEventListener('abort', giveUp);
  if (signal?.aborted) throw givenUp();
  return connection;
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
    if (giveUp.signal.aborted) throw tooLate(asked, settings.dialTimeoutMs, port.whyLate);
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

function tooLate(asked: Address, ms: number, why = ''): TransportError {
  const sentence = `${asked} did not answer within ${Math.round(ms / 1000)} s: check the address and the server${why}.`;
  return new TransportError('timeout', sentence, { by: 'remote' });
}
