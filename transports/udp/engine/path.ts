/*
 * Where the peer is, and how it may come to be elsewhere: packets from another address are answered with a question,
 * and whoever brings the answer from there has the connection moved. RFC 9000 sections 8.2 and 9.
 */
import type { ConnectionPacket } from '../wire/packets.js';

/** An address that is asked whether the peer is there now. */
interface OtherPath {
  readonly address: string;
  readonly token: number;
}

/** The way to the peer of one connection. */
export class Path {
  address: string;
  /** What the peer asked, to be echoed. */
  responseDue: number | undefined;
  #other: OtherPath | undefined;

  constructor(address: string) {
    this.address = address;
  }

  /** A packet came from another address: what is to be asked there. The same address is asked the same again. */
  question(from: string, token: () => number): number {
    if (this.#other?.address !== from) this.#other = { address: from, token: token() };
    return this.#other.token;
  }

  /** Whether a packet from another address answers what was asked there. Then the peer is there from now on. */
  moves(from: string, packet: ConnectionPacket): boolean {
    const other = this.#other;
    if (other?.address !== from) return false;
    if (!packet.frames.some((frame) => frame.type === 'PATH_RESPONSE' && frame.token === other.token)) return false;
    this.#other = undefined;
    this.address = from;
    return true;
  }
}
