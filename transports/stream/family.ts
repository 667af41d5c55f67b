/*
 * What differs between the families of stream sockets that node:net knows: how an address is read and
 * written, what is done before listening, and how a family's own errors read. Everything else, the
 * connection, the listener and the dialling, is one driver in this folder for all of them.
 */
import type { ListenOptions, Server, Socket, SocketConnectOpts } from 'node:net';
import type { Clock } from '../../lib/clock.js';
import type { Tap } from '../../lib/trace.js';
import type { Address, Transport } from '../../lib/transport.js';
import type { Sentences } from './errors.js';

/** A family of stream sockets: TCP, or Unix sockets. */
export interface Family {
  readonly scheme: string;
  readonly reset: Transport['reset'];
  /**
   * Where node:net connects to.
   * @throws {TransportError} `unsupported` for an address that this family cannot read.
   */
  connectOptions(address: Address): SocketConnectOpts;
  /**
   * Where node:net listens.
   * @throws {TransportError} `unsupported` for an address that this family cannot read.
   */
  listenOptions(address: Address): ListenOptions;
  /** Clears the way before listening, where that is needed; rejects with what stands in it. */
  beforeListen?(address: Address): Promise<void>;
  /** Does the binding within settings of the process that it needs, such as permissions. */
  binding?(bind: () => void): void;
  /** The address that a server got for the one it asked for. */
  boundAddress(server: Server, asked: Address): Address;
  /** This end's address, or undefined once the socket is gone. */
  localAddress(socket: Socket, asked: Address): Address | undefined;
  /** The peer's address, or undefined once the socket is gone. */
  remoteAddress(socket: Socket, asked: Address): Address | undefined;
  /** Sentences of its own for system errors; where it has none, those of errors.ts hold. */
  readonly sentences?: Sentences;
}

/** What all connections of one listener, or one dialled connection, have in common. */
export interface Place {
  readonly family: Family;
  /** The address that was asked for. */
  readonly asked: Address;
  readonly tap: Tap | undefined;
  readonly clock: Clock;
}

let count = 0;

/** A name for a connection, unique in the process: `tcp-1`. */
export function nextId(family: Family): string {
  count += 1;
  return `${family.scheme}-${count}`;
}

/** How much may wait in a socket's buffers, in bytes, before send() says false; and before reading stops in a paused one. */
const HIGH_WATER_MARK = 64 * 1024;

/**
 * The options of every socket. A peer that vanished without a word is noticed by keepalive: the first
 * probe after a minute of silence, given up about ten seconds later.
 */
export const SOCKET_OPTIONS = {
  allowHalfOpen: true,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: 60_000,
  highWaterMark: HIGH_WATER_MARK,
} as const;
