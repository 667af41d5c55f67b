/*
 * Who is let in: a SYN gets a cookie and no memory, a CONNECT that brings one back may make a connection, once. RFC
 * 9000 section 8.1 has the same for QUIC. What is answered, and where connections are kept, is the endpoint's affair.
 */
import { OFFER_TAKEN, type PacketFields, type PacketOf, type Parameters, SYN_BYTES } from '../wire/packets.js';
import { holds, seal } from './cookie.js';
import { parametersOf } from './dialling.js';
import { Memory } from './memory.js';
import type { Primitives } from './primitives.js';
import type { EngineSettings } from './settings.js';

/** How large a datagram anybody may offer to take, or ask to get. */
const DATAGRAM_BYTES = { least: 1200, most: 65_507 };

/** What is to be said to a SYN; nothing to one that breaks the rules. */
export type SynAnswer = PacketFields<'COOKIE'> | 'refuse' | undefined;
/** What is to be done with a CONNECT: make a connection with such settings, or an RST. */
export type ConnectAnswer = EngineSettings | 'reset' | 'refuse';

/** Decides who gets a connection at one endpoint. */
export class Admission {
  readonly #primitives: Primitives;
  readonly #settings: EngineSettings;
  readonly #memory: Memory;
  #mayAccept: (() => boolean) | undefined;

  constructor(primitives: Primitives, settings: EngineSettings, mayAccept: (() => boolean) | undefined) {
    this.#primitives = primitives;
    this.#settings = settings;
    this.#memory = new Memory(settings.cookieLifetimeMs);
    this.#mayAccept = mayAccept;
  }

  /** How many clients are remembered that had a connection. */
  get remembered(): number {
    return this.#memory.size;
  }

  /** From now on nobody is let in. */
  stop(): void {
    this.#mayAccept = undefined;
  }

  /** Drops what need not be remembered any more. */
  forget(now: number): void {
    this.#memory.forget(now);
  }

  /** A SYN of so many bytes asks for a cookie; `newId` makes the ID that its connection would have. */
  onSyn(from: string, { client, parameters, destination }: PacketOf<'SYN'>, bytes: number, now: number, newId: () => number): SynAnswer {
    if (bytes < SYN_BYTES || destination !== 0 || client === 0) return undefined;
    if (!this.#mayAccept?.() || !isAcceptable(parameters)) return 'refuse';
    const server = newId();
    const time = Math.floor(now);
    const mac = seal({ address: from, client, server, parameters, time }, this.#primitives);
    return { server, parameters: parametersOf(this.#settings), time, mac };
  }

  /** A CONNECT for no connection that there is; `isKnown`: this client has one under another ID. */
  onConnect(from: string, packet: PacketOf<'CONNECT'>, isKnown: boolean, now: number): ConnectAnswer {
    const { client, parameters, time, mac, destination: server, flags, frames } = packet;
    const { cookieLifetimeMs: lifetimeMs } = this.#settings;
    if (client === 0 || !holds({ address: from, client, server, parameters, time }, mac, { now, lifetimeMs }, this.#primitives))
      return 'reset';
    const name = `${from} ${client}`;
    if (isKnown || this.#memory.has(name, now)) return 'reset'; // a replay
    if (!this.#mayAccept?.() || !isAcceptable(parameters) || this.#memory.full) return 'refuse';
    this.#memory.remember(name, now);
    // Given up by the client before it stood: nobody needs to see it, and the memory keeps a late CONNECT out.
    if (frames.some(({ type }) => type === 'CLOSE')) return 'reset';
    const { arq, congestion } = (flags & OFFER_TAKEN) !== 0 ? this.#settings : parameters;
    return { ...this.#settings, arq, congestion, idleTimeoutMs: Math.min(this.#settings.idleTimeoutMs, parameters.idleTimeoutMs) };
  }
}

/** Whether what a peer says of itself can be. */
export function isAcceptable({ maxDatagramBytes }: Parameters): boolean {
  return maxDatagramBytes >= DATAGRAM_BYTES.least && maxDatagramBytes <= DATAGRAM_BYTES.most;
}
