/*
 * Dialling. All connections to one address share one connected socket: they differ in their connection IDs, and one
 * socket hears for all of them that nobody listens there.
 */
import type { Clock } from '../../../lib/clock.js';
import type { TransportTapEvent } from '../../../lib/trace.js';
import { type Address, type DialOptions, parseHostPort, TransportError } from '../../../lib/transport.js';
import { clock as nodeClock } from '../../host/clock.js';
import type { Closed } from '../engine/connection.js';
import { UdpConnection } from './connection.js';
import type { Place } from './network.js';
import type { DriverSettings } from './options.js';
import { Port } from './port.js';
import { localAddress, placeOf, written } from './sockets.js';
import { errorOf, explainUdp } from './trouble.js';

let count = 0;

/** A name for a connection, unique in the process. */
export function nextId(): string {
  count += 1;
  return `udp-${count}`;
}

/** A connected port, and this end's address on it. */
interface Way {
  readonly port: Port;
  readonly local: Address;
}

/** The connected ports of one transport. */
export class Ways {
  readonly #settings: DriverSettings;
  readonly #ways = new Map<string, { readonly clock: Clock; readonly way: Promise<Way> }>();

  constructor(settings: DriverSettings) {
    this.#settings = settings;
  }

  /** The port to a place, opened if there is none. */
  to(place: Place, clock: Clock): Promise<Way> {
    const peer = `${place.host}|${place.port}`;
    const known = this.#ways.get(peer);
    if (known?.clock === clock) return known.way;
    const forget = () => {
      if (this.#ways.get(peer)?.way === way) this.#ways.delete(peer);
    };
    const way = this.#settings.network.connected(place).then((socket) => {
      const local = localAddress(socket); // not known any more once the socket is closed
      return { port: new Port({ socket, local, peer, clock, settings: this.#settings, onClosed: forget }), local };
    });
    way.catch(forget);
    if (!known) this.#ways.set(peer, { clock, way });
    return way;
  }
}

/** Dials; see `Transport.dial`. */
export async function dial(ways: Ways, asked: Address, options: DialOptions = {}): Promise<UdpConnection> {
  const { signal, tap, clock = nodeClock } = options;
  const id = nextId();
  const tell = (what: TransportTapEvent['what']) => tap?.event({ layer: 'transport', at: clock.now(), connection: id, what });
  const givenUp = () => new TransportError('aborted', `Dialling ${asked} was given up.`, { cause: signal?.reason });

  if (signal?.aborted) throw givenUp();
  parseHostPort(asked);
  tell({ name: 'dialling', remote: asked });
  try {
    const place = await placeOf(asked);
    if (signal?.aborted) throw givenUp();
    const { port, local } = await ways.to(place, clock);
    if (signal?.aborted) {
      port.wake(); // which closes it, if nobody else wants it
      throw givenUp();
    }
    const machine = port.endpoint.connect(`${place.host}|${place.port}`, clock.now());
    const remote = written(place.host, place.port);
    const connection = new UdpConnection({ id, local, remote, machine, port, tap });
    port.wake(machine);
    await opened(connection, port, asked, signal, givenUp);
    tell({ name: 'open', local, remote });
    return connection;
  } catch (cause) {
    const error = explainUdp('dial', asked, cause);
    tell({ name: 'closed', by: error.by, error: error.message });
    throw error;
  }
}

/** Waits until a connection stands, or cannot; the signal gives it up until then. */
function opened(
  connection: UdpConnection,
  port: Port,
  asked: Address,
  signal: AbortSignal | undefined,
  givenUp: () => TransportError,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settled = () => {
      signal?.removeEventListener('abort', giveUp);
      connection.opening = undefined;
    };
    const giveUp = () => {
      settled();
      connection.abandon();
      reject(givenUp());
    };
    connection.opening = (event) => {
      settled();
      if (event.type === 'open') resolve();
      else reject(errorOf(event.closed, asked, 'dial', port.trouble) ?? orderly(event.closed, asked));
    };
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}

function orderly({ by }: Closed, asked: Address): TransportError {
  return new TransportError('refused', `${asked} closed the connection before it stood.`, { by });
}
