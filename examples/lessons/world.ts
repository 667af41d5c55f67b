/*
 * What stands between a lesson and its network in virtual time: a NAT before each client, which can forget its port, and
 * somebody who writes datagrams with other people's addresses on them. Neither the clients nor the server can tell.
 */
import { crc32 } from 'node:zlib';
import type { DatagramNetwork, DatagramSocket, Place } from '../../transports/udp/driver/network.js';
import { decodePacket } from '../../transports/udp/wire/decode.js';
import { PacketWriter } from '../../transports/udp/wire/encode.js';
import { type Packet, SYN_BYTES } from '../../transports/udp/wire/packets.js';

/** What a lesson can do to its network. */
export interface World {
  /** Every NAT forgets its port and takes another for what comes next. */
  rebind(): Promise<void>;
  /** A SYN like the last real one, by another client, from an address that is not the sender's. */
  forgeSyn(from: Place): Promise<void>;
  /** A CONNECT like the last real one, by another client, with a made-up cookie. */
  forgeConnect(from: Place): Promise<void>;
}

/** A world, and how it comes before a network. */
export interface WorldParts extends World {
  before(network: DatagramNetwork): DatagramNetwork;
}

/** The ID that the forged client claims to have. */
const FORGED_ID = 0xf0f0f0f0f0f0;
/** The connection ID in a made-up cookie: in its first digits unlike every other, since a ladder shows no more of it. */
const MADE_UP_ID = 0xababababab;

type PacketOf<T extends Packet['type']> = Extract<Packet, { readonly type: T }>;

/** Makes a world. */
export function newWorld(): WorldParts {
  const nats: Nat[] = [];
  const writer = new PacketWriter(crc32);
  const seen: { SYN?: PacketOf<'SYN'>; CONNECT?: PacketOf<'CONNECT'> } = {};
  let below: DatagramNetwork | undefined;
  let server: Place | undefined;

  const note = (datagram: Uint8Array) => {
    const packet = decodePacket(datagram, crc32);
    if (packet.type === 'SYN') seen.SYN = packet;
    if (packet.type === 'CONNECT') seen.CONNECT = packet;
  };
  const forge = async (from: Place, datagram: Uint8Array) => {
    if (!below || !server) throw new Error('Nobody has dialled yet, so there is nobody to write to.');
    const socket = await below.bound(from);
    socket.send(datagram, server.port, server.host, () => {});
    socket.close();
  };

  return {
    before(network) {
      below = network;
      return {
        bound: (place) => network.bound(place),
        async connected(place) {
          server = place;
          const nat = new Nat(network, place, note);
          await nat.rebind();
          nats.push(nat);
          return nat;
        },
      };
    },
    rebind: async () => void (await Promise.all(nats.map((nat) => nat.rebind()))),
    async forgeSyn(from) {
      const { parameters } = last(seen.SYN);
      writer.begin(
        'SYN',
        { flags: 0, destination: 0, number: 0 },
        { client: FORGED_ID, parameters, padding: new Uint8Array(0) },
        SYN_BYTES,
      );
      const padding = new Uint8Array(writer.room);
      writer.begin('SYN', { flags: 0, destination: 0, number: 0 }, { client: FORGED_ID, parameters, padding }, SYN_BYTES);
      await forge(from, writer.finish());
    },
    async forgeConnect(from) {
      const { parameters, flags, number, time, mac } = last(seen.CONNECT);
      const header = { flags, destination: MADE_UP_ID, number };
      writer.begin('CONNECT', header, { client: FORGED_ID, parameters, time, mac: new Uint8Array(mac.length) }, SYN_BYTES);
      writer.frame({ type: 'PING' });
      await forge(from, writer.finish());
    },
  };
}

function last<T>(packet: T | undefined): T {
  if (packet === undefined) throw new Error('Nobody has connected yet, so there is nothing to imitate.');
  return packet;
}

/** A client's socket as seen from the client: one address, whatever port the network sees. */
class Nat implements DatagramSocket {
  readonly #network: DatagramNetwork;
  readonly #server: Place;
  readonly #note: (datagram: Uint8Array) => void;
  readonly #handlers: { message?: (...told: never[]) => void; error?: (...told: never[]) => void; close?: () => void } = {};
  #outside: DatagramSocket | undefined;
  #address: { readonly address: string; readonly port: number } | undefined;
  #isClosed = false;

  constructor(network: DatagramNetwork, server: Place, note: (datagram: Uint8Array) => void) {
    this.#network = network;
    this.#server = server;
    this.#note = note;
  }

  /** Takes another port; what comes to the old one is lost. */
  async rebind(): Promise<void> {
    if (this.#isClosed) return;
    const next = await this.#network.bound({ host: this.#server.host, port: 0, family: this.#server.family });
    next.on('message', (datagram, from) => (this.#handlers.message as ((...told: unknown[]) => void) | undefined)?.(datagram, from));
    this.#outside?.close();
    this.#outside = next;
    this.#address ??= next.address();
  }

  on(event: 'message' | 'error', handler: (...told: never[]) => void): void {
    this.#handlers[event] = handler;
  }

  once(_event: 'close', handler: () => void): void {
    this.#handlers.close = handler;
  }

  send(datagram: Uint8Array, ...rest: readonly unknown[]): void {
    this.#note(datagram);
    this.#outside?.send(datagram, this.#server.port, this.#server.host, rest.at(-1) as (cause: Error | null) => void);
  }

  address(): { readonly address: string; readonly port: number } {
    return this.#address ?? { address: this.#server.host, port: 0 };
  }

  setRecvBufferSize(): void {}

  setSendBufferSize(): void {}

  getRecvBufferSize(): number {
    return this.#outside?.getRecvBufferSize() ?? 0;
  }

  close(): void {
    this.#isClosed = true;
    this.#outside?.close();
    this.#handlers.close?.();
  }
}
