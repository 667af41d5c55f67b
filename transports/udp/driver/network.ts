/*
 * What the driver asks of the network beneath it: sockets, bound or connected. Node's are those of node:dgram
 * (sockets.ts); a run in virtual time has others (transports/virtual).
 */
import type { HostPort } from '../../../lib/transport.js';

/** A host and a port, with the kind of address that the host has. */
export interface Place extends HostPort {
  readonly family: 4 | 6;
}

/** A socket for datagrams: of node:dgram's, the members that the driver uses. */
export interface DatagramSocket {
  on(event: 'message', listener: (datagram: Uint8Array, from: { readonly address: string; readonly port: number }) => void): unknown;
  on(event: 'error', listener: (cause: Error) => void): unknown;
  once(event: 'close', listener: () => void): unknown;
  /** On a connected socket. */
  send(datagram: Uint8Array, sent: (cause: Error | null) => void): void;
  send(datagram: Uint8Array, port: number, host: string, sent: (cause: Error | null) => void): void;
  address(): { readonly address: string; readonly port: number };
  setRecvBufferSize(bytes: number): void;
  setSendBufferSize(bytes: number): void;
  getRecvBufferSize(): number;
  close(): unknown;
}

/** Opens sockets. */
export interface DatagramNetwork {
  /** A socket that receives from everybody; rejects with the system's error if the place is taken. */
  bound(place: Place): Promise<DatagramSocket>;
  /** A socket that has one peer, and hears that nobody listens there. */
  connected(place: Place): Promise<DatagramSocket>;
}
