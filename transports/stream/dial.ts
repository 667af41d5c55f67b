/*
 * Opening a connection: resolves once it stands, rejects with a typed error, and lets an AbortSignal give the
 * attempt up until then. A signal that fires later changes nothing.
 */
import { connect } from 'node:net';
import type { TransportTapEvent } from '../../lib/trace.js';
import { type Address, type Connection, type DialOptions, TransportError } from '../../lib/transport.js';
import { clock as nodeClock } from '../host/clock.js';
import { StreamConnection } from './connection.js';
import { explain } from './errors.js';
import { type Family, nextId, SOCKET_OPTIONS } from './family.js';

/** Dials an address of a family; see `Transport.dial`. */
export function dial(family: Family, asked: Address, options: DialOptions = {}): Promise<Connection> {
  const { signal, tap, clock = nodeClock } = options;
  const id = nextId(family);
  const tell = (what: TransportTapEvent['what']) => tap?.event({ layer: 'transport', at: clock.now(), connection: id, what });

  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw givenUp(asked, signal);
    const where = family.connectOptions(asked);
    if (tap) tell({ name: 'dialling', remote: asked });
    const socket = connect({ ...SOCKET_OPTIONS, ...where });
    socket.pause(); // nothing is read before received$ has its subscriber

    const fail = (error: TransportError) => {
      signal?.removeEventListener('abort', giveUp);
      if (tap) tell({ name: 'closed', by: error.by, error: error.message });
      reject(error);
    };
    const giveUp = () => {
      socket.off('error', failed).on('error', ignore).destroy();
      fail(givenUp(asked, signal));
    };
    const failed = (cause: unknown) => fail(explain('dial', asked, cause, family.sentences));

    signal?.addEventListener('abort', giveUp, { once: true });
    socket.once('error', failed);
    socket.once('connect', () => {
      signal?.removeEventListener('abort', giveUp);
      socket.off('error', failed);
      resolve(new StreamConnection(socket, { family, asked, tap, clock }, id, 'open'));
    });
  });
}

function givenUp(address: Address, signal: AbortSignal | undefined): TransportError {
  return new TransportError('aborted', `Dialling ${address} was given up.`, { cause: signal?.reason });
}

/** What a socket says once it was given up is of no interest, but would end the process if nobody listened. */
function ignore(): void {}
