/*
 * Where everybody is, in numbers. What has an IP address keeps it; a Unix socket and a name in memory have none, so
 * there each actor gets one of its own in 127.0.1.0/16, each connection a port at the client, each listener one at the server.
 */
import { type Address, parseHostPort } from '../../../lib/address.js';
import type { Story } from '../../join/story.js';
import type { NamedAddress } from './blocks.js';
import type { Endpoint } from './ip.js';

/** A listener without a port gets one from here on; Wireshark knows no protocol by them. */
export const FIRST_SERVER_PORT = 46_000;
const FIRST_CLIENT_PORT = 47_001;
const PORTS = 700;
/** 127.0.1.1 is the first actor's. */
const FIRST_ADDRESS = 0x7f000101;
const LOOPBACK = Uint8Array.of(127, 0, 0, 1);

/** The bytes of an IP address; nothing if it is none. `localhost` is 127.0.0.1. */
export function ipBytes(host: string): Uint8Array | undefined {
  if (host === 'localhost') return LOOPBACK;
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  if (v4) return Uint8Array.from(v4.slice(1).map(Number));
  const plain = (host.split('%')[0] as string).replace(/[\d.]+$/, (tail) => (tail.includes('.') ? asGroups(tail) : tail));
  if (!/^[0-9a-f:]*:[0-9a-f:]*$/i.test(plain)) return undefined;
  const [head = '', tail] = plain.split('::');
  const [before, after] = [groups(head), tail === undefined ? [] : groups(tail)];
  if (tail === undefined ? before.length !== 8 : before.length + after.length > 7) return undefined;
  const all = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

/** An address with a host and a port, in numbers; nothing if its host is a name, or it has none. */
export function endpointOf(address: Address): Endpoint | undefined {
  try {
    const { host, port } = parseHostPort(address);
    const bytes = ipBytes(host);
    return bytes && { address: bytes, port };
  } catch {
    return undefined;
  }
}

/** Addresses for those that have none, and the names of all. */
export interface AddressBook {
  /** The two ends of the next connection of these two actors at this listener. */
  made(client: string, server: string, listener: Address): { readonly client: Endpoint; readonly server: Endpoint };
  /** Notes who has an address. */
  note(actor: string, endpoint: Endpoint): void;
  /** The addresses that belong to one actor alone. */
  names(): readonly NamedAddress[];
}

/** An address book for a story's actors. */
export function addressBook({ actors }: Pick<Story, 'actors'>): AddressBook {
  const places = new Map(actors.map(({ id }, i) => [id, i]));
  const listeners = new Map<Address, number>();
  const holders = new Map<string, { address: Uint8Array; actors: Set<string> }>();
  let clients = 0;

  const addressFor = (actor: string): Uint8Array => {
    if (!places.has(actor)) places.set(actor, places.size);
    const number = FIRST_ADDRESS + (places.get(actor) as number);
    return Uint8Array.of(number >>> 24, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff);
  };
  const note = (actor: string, { address }: Endpoint) => {
    const key = address.join('.');
    const holder = holders.get(key) ?? { address, actors: new Set() };
    holders.set(key, holder);
    holder.actors.add(actor);
  };

  return {
    made(client, server, listener) {
      if (!listeners.has(listener)) listeners.set(listener, listeners.size);
      const ends = {
        client: { address: addressFor(client), port: FIRST_CLIENT_PORT + (clients++ % PORTS) },
        server: { address: addressFor(server), port: FIRST_SERVER_PORT + ((listeners.get(listener) as number) % PORTS) },
      };
      note(client, ends.client);
      note(server, ends.server);
      return ends;
    },
    note,
    names: () =>
      [...holders.values()].flatMap(({ address, actors: ids }) => {
        const [only, ...others] = ids;
        const name = others.length === 0 ? actors.find(({ id }) => id === only)?.name : undefined;
        return name ? [{ address, name }] : [];
      }),
  };
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

/** The last 32 bits of an IPv6 address may be written as an IPv4 address. */
function asGroups(v4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
