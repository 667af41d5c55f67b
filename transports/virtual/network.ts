/*
 * A network of datagrams in virtual time: what one socket sends, another receives a moment later, always the same
 * moment. It loses nothing; faults are the link's affair (transports/link), unless somebody stands at the wire (wire.ts).
 * Ports are counted up, so that a run has the same addresses each time.
 */
import type { Clock } from '../../lib/clock.js';
import type { LinkSide } from '../link/index.js';
import type { DatagramNetwork, DatagramSocket, Place } from '../udp/driver/network.js';

/** The first port that is given to who asks for any: listeners, and those who dial. */
const FIRST_PORTS = { bound: 4000, connected: 50_001 } as const;
/** As Linux gives it when asked for 4 MiB by default. */
const BUFFER_BYTES = 425_984;

type Handler = (...told: never[]) => void;

/** A network in virtual time. */
export interface VirtualNetworkOptions {
  readonly clock: Clock;
  /** One way, ms. Default 0.1, as on a short cable. */
  readonly latencyMs?: number;
  /** What stands between a socket and the wire: gets each datagram, and lets go what is to go on. Default: nothing. */
  readonly before?: ((side: LinkSide, go: Carry) => Carry) | undefined;
}

/** Carries a datagram to where it is to go. */
export type Carry = (datagram: Uint8Array, to: Destination) => void;
/** A host and a port. */
export type Destination = Pick<Place, 'host' | 'port'>;

/** Makes a network that carries datagrams between its own sockets. */
export function virtualNetwork({ clock, latencyMs = 0.1, before }: VirtualNetworkOptions): DatagramNetwork {
  const sockets = new Map<string, VirtualSocket>();
  const next = { ...FIRST_PORTS } as { bound: number; connected: number };

  /** The way from a socket; tells it if nobody is there, as ICMP would. */
  function wayFrom(socket: VirtualSocket, kind: keyof typeof FIRST_PORTS): Carry {
    const { address, port: sender } = socket.address();
    const carry: Carry = (datagram, { host, port }) => {
      clock.setTimer(latencyMs, () => {
        const to = sockets.get(`${host}|${port}`);
        if (to) to.receive(datagram, { address, port: sender });
        else clock.setTimer(latencyMs, () => socket.refuse());
      });
    };
    return before?.(kind === 'bound' ? 'server' : 'client', carry) ?? carry;
  }

  function open(kind: keyof typeof FIRST_PORTS, host: string, asked: number, peer?: Place): DatagramSocket {
    let port = asked;
    while (port === 0 || (asked === 0 && sockets.has(`${host}|${port}`))) {
      port = next[kind];
      next[kind] += 1;
    }
    const name = `${host}|${port}`;
    if (sockets.has(name)) throw Object.assign(new Error(`bind EADDRINUSE ${host}:${port}`), { code: 'EADDRINUSE' });
    const socket = new VirtualSocket({ address: host, port }, peer, () => sockets.delete(name));
    socket.carry = wayFrom(socket, kind);
    sockets.set(name, socket);
    return socket;
  }

  return {
    bound: async ({ host, port }) => open('bound', host, port),
    connected: async (place) => open('connected', place.family === 6 ? '::1' : '127.0.0.1', 0, place),
  };
}

/** One socket of the network. */
class VirtualSocket implements DatagramSocket {
  /** The way from here. */
  carry: Carry = () => {};
  readonly #address: { readonly address: string; readonly port: number };
  readonly #peer: Place | undefined;
  readonly #closed: () => void;
  readonly #handlers = new Map<string, Handler>();
  #isOpen = true;

  constructor(address: { readonly address: string; readonly port: number }, peer: Place | undefined, closed: () => void) {
    this.#address = address;
    this.#peer = peer;
    this.#closed = closed;
  }

  on(event: string, handler: Handler): void {
    this.#handlers.set(event, handler);
  }

  once(event: string, handler: Handler): void {
    this.#handlers.set(event, handler);
  }

  send(datagram: Uint8Array, ...rest: readonly unknown[]): void {
    const [port, host] = rest.length === 1 ? [this.#peer?.port, this.#peer?.host] : (rest as [number, string]);
    if (port !== undefined && host !== undefined) this.carry(datagram, { host, port });
    (rest.at(-1) as (cause: Error | null) => void)(null);
  }

  address(): { readonly address: string; readonly port: number } {
    return this.#address;
  }

  setRecvBufferSize(): void {}

  setSendBufferSize(): void {}

  getRecvBufferSize(): number {
    return BUFFER_BYTES;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closed();
    this.#tell('close');
  }

  receive(datagram: Uint8Array, from: { readonly address: string; readonly port: number }): void {
    if (!this.#isOpen || (this.#peer && (this.#peer.host !== from.address || this.#peer.port !== from.port))) return;
    this.#tell('message', datagram, from);
  }

  /** Nobody listens where it sent to; only a connected socket is told. */
  refuse(): void {
    if (!this.#isOpen || !this.#peer) return;
    this.#tell('error', Object.assign(new Error('send ECONNREFUSED'), { code: 'ECONNREFUSED' }));
  }

  #tell(event: string, ...told: readonly unknown[]): void {
    (this.#handlers.get(event) as ((...told: readonly unknown[]) => void) | undefined)?.(...told);
  }
}
