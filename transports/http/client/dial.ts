/*
 * Opening a connection: one POST, whose answer names the session and both addresses.
 */
import type { TransportTapEvent } from '../../../lib/trace.js';
import { type Address, type Connection, type DialOptions, parseHostPort, TransportError } from '../../../lib/transport.js';
import { type ConnectionSettings, HttpConnection, nextId } from '../connection.js';
import { HEADERS, PATHS } from '../wire/requests.js';
import { ask, Limit, refusal } from './ask.js';
import type { Down } from './downlink.js';
import { sayReset } from './last-word.js';
import type { HttpReply } from './port.js';
import { type Ground, LAST_WORD_MS } from './settings.js';
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
  let way: Way;
  let opened: Opened;
  try {
    way = await wayTo(asked.replace(/\/$/, ''));
    opened = await openUnlessGivenUp(way, asked, signal);
  } catch (cause) {
    const error = signal?.aborted ? givenUp() : (cause as TransportError);
    tell({ name: 'closed', by: error.by, error: error.message });
    throw error;
  }
  const connection = connectionOf(way, opened, { id, clock, tap });
  if (await firesBefore(signal, connection.begun)) {
    connection.abort();
    throw givenUp();
  }
  return connection;
}

/** Whether the signal fires while something goes on. */
async function firesBefore(signal: AbortSignal | undefined, going: Promise<unknown>): Promise<boolean> {
  if (!signal) {
    await going;
    return false;
  }
  let listener: () => void = () => undefined;
  const fired = new Promise<void>((resolve) => {
    listener = resolve;
    signal.addEventListener('abort', listener, { once: true });
    if (signal.aborted) resolve();
  });
  try {
    await Promise.race([going, fired]);
  } finally {
    signal.removeEventListener('abort', listener);
  }
  return signal.aborted;
}

/** A connection whose promise tells when both ways are in use, or it is over. */
type Beginning = HttpConnection & { readonly begun: Promise<unknown> };

/**
 * Makes the connection. Once both ways are in use they have their own TCP connections, so that it does no harm if the
 * server takes no new ones from then on; and the server knows that its answer has come.
 */
function connectionOf(way: Way, { session, local, remote }: Opened, settings: Pick<ConnectionSettings, 'id' | 'clock' | 'tap'>): Beginning {
  const uplink = new Uplink(way.ground, session, () => {
    way.downlink.remove(session);
    way.released();
  });
  const connection = new HttpConnection({ ...settings, local, remote, end: 'client' }, uplink);
  return Object.assign(connection, { begun: Promise.all([way.downlink.add(session, connection), uplink.carry(connection)]) });
}

interface Opened {
  readonly session: string;
  readonly local: Address;
  readonly remote: Address;
}

/** Opens a session, or releases the way. If it is given up and the server answers all the same, the server is told. */
async function openUnlessGivenUp(way: Way, asked: Address, signal: AbortSignal | undefined): Promise<Opened> {
  const { ground } = way;
  const limit = new Limit(ground.clock, ground.settings.dialTimeoutMs);
  const opening = open(ground, asked, limit);
  try {
    if (!(await firesBefore(signal, opening))) return await opening;
  } catch (error) {
    way.released();
    throw error;
  } finally {
    limit.clear();
  }
  const late = new Limit(ground.clock, LAST_WORD_MS);
  late.signal.addEventListener('abort', () => limit.abort());
  void opening
    .then(({ session }) => sayReset(ground, session))
    .catch(() => undefined)
    .finally(() => {
      late.clear();
      way.released();
    });
  throw new TransportError('aborted', `Dialling ${asked} was given up.`);
}

async function open(ground: Ground, asked: Address, limit: Limit): Promise<Opened> {
  const { port, settings } = ground;
  try {
    const reply = await ask(ground, 'POST', PATHS.open, {}, limit.signal);
    if (reply.status !== 201) throw await refusal(asked, reply);
    const opened = readOpened(reply, asked);
    for await (const _ of reply.body); // there is none, but the request is over only then
    return opened;
  } catch (cause) {
    if (cause instanceof TransportError) throw cause;
    if (limit.signal.aborted) throw tooLate(asked, settings.dialTimeoutMs, port.whyLate);
    throw port.explain(asked, cause);
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
