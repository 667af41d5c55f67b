/*
 * Two or more endpoints without sockets, joined by links, in virtual time: what h11 and quinn test with. Everything
 * follows from one seed; a test that fails prints it.
 */
import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Faults, Link, NO_FAULTS, seeded } from '../../../transports/link/index.js';
import type { ConnectionEvent, ConnectionMachine } from '../../../transports/udp/engine/connection.js';
import { EndpointMachine } from '../../../transports/udp/engine/endpoint.js';
import type { Primitives } from '../../../transports/udp/engine/primitives.js';
import { DEFAULTS, type EngineSettings } from '../../../transports/udp/engine/settings.js';
import { namesIn } from '../../../transports/udp/wire/decode.js';

/** Primitives from a seed. */
export function primitives(seed: number): Primitives {
  const random = seeded(seed);
  const key = `key ${seed}`;
  return {
    random: (count) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256)),
    mac: (message) => new Uint8Array(createHmac('sha256', key).update(message).digest().subarray(0, 16)),
    crc32: (bytes) => crc32(bytes),
  };
}

/** One connection of a host, and what it told. */
export class End {
  readonly events: ConnectionEvent['type'][] = [];
  readonly received: number[] = [];
  reading = true;
  closed: (ConnectionEvent & { type: 'closed' })['closed'] | undefined;

  constructor(
    readonly host: Host,
    readonly machine: ConnectionMachine,
  ) {}

  write(bytes: ArrayLike<number>): void {
    this.machine.write(Uint8Array.from(bytes));
    this.host.endpoint.wake(this.machine);
  }

  finish(): void {
    this.machine.finish();
    this.host.endpoint.wake(this.machine);
  }

  close(): void {
    this.machine.close('aborted', 'given up');
    this.host.endpoint.wake(this.machine);
  }

  /** Reads what there is. */
  read(): void {
    for (let data = this.machine.read(); data; data = this.machine.read()) for (const byte of data) this.received.push(byte);
    this.host.endpoint.wake(this.machine);
  }
}

/** An endpoint at an address. */
export class Host {
  readonly endpoint: EndpointMachine;
  readonly ends = new Map<ConnectionMachine, End>();
  readonly accepted: End[] = [];
  readonly link: Link<string>;
  /** Every datagram that left, before the link did anything to it. */
  readonly sent: Uint8Array[] = [];
  accepting = true;
  /** Where the others see it; a NAT may give it another. */
  address: string;

  constructor(
    readonly name: string,
    side: 'client' | 'server',
    settings: EngineSettings,
    faults: Faults,
    seed: number,
    now: number,
  ) {
    this.address = name;
    const mayAccept = side === 'server' ? { mayAccept: () => this.accepting } : {};
    this.endpoint = new EndpointMachine({ primitives: primitives(seed), settings, ...mayAccept });
    this.link = new Link({ faults, side, namesIn, now });
  }

  end(machine: ConnectionMachine): End {
    let end = this.ends.get(machine);
    if (!end) {
      end = new End(this, machine);
      this.ends.set(machine, end);
    }
    return end;
  }
}

/** Hosts on one network. */
export class Network {
  now = 1000;
  readonly hosts = new Map<string, Host>();
  readonly #seed: number;
  /** Looks at everything after each step. */
  watch: () => void = () => undefined;

  constructor(seed = 1) {
    this.#seed = seed;
  }

  host(name: string, settings: Partial<EngineSettings> = {}, faults: Partial<Faults> = {}): Host {
    const side = name.startsWith('server') ? 'server' : 'client';
    const seed = this.#seed * 100 + this.hosts.size;
    const host = new Host(name, side, { ...DEFAULTS, ...settings }, { ...NO_FAULTS, seed, ...faults }, seed, this.now);
    this.hosts.set(name, host);
    return host;
  }

  /** A NAT before a host gives it another address: what goes to the old one is lost. */
  rebind(host: Host, address: string): void {
    this.hosts.delete(host.address);
    host.address = address;
    this.hosts.set(address, host);
  }

  dial(from: Host, to: Host): End {
    return from.end(from.endpoint.connect(to.name, this.now));
  }

  /** Runs until nothing is left to do before a time, or a condition holds. */
  run(ms: number, until: () => boolean = () => false): void {
    const end = this.now + ms;
    for (let steps = 0; ; steps += 1) {
      if (steps > 2_000_000) throw new Error('The network never comes to rest.');
      this.settle();
      if (until()) return;
      const next = Math.min(...[...this.hosts.values()].flatMap(({ endpoint, link }) => [endpoint.pollTimeout(), link.next]));
      if (next > end) break;
      this.now = Math.max(this.now, next);
      for (const host of this.hosts.values()) {
        if (host.endpoint.pollTimeout() <= this.now) host.endpoint.handleTimeout(this.now);
      }
      for (const host of this.hosts.values()) this.#carry(host);
    }
    this.now = end;
  }

  /** Lets everybody send what is to be sent now. */
  settle(): void {
    for (const host of this.hosts.values()) {
      this.#hear(host);
      for (let sent = host.endpoint.pollTransmit(this.now); sent; sent = host.endpoint.pollTransmit(this.now)) {
        host.sent.push(sent.datagram);
        host.link.push(sent.datagram, sent.to, this.now);
      }
      this.#hear(host);
    }
    this.watch();
  }

  #carry(host: Host): void {
    for (let one = host.link.pull(this.now); one; one = host.link.pull(this.now)) {
      const to = this.hosts.get(one.tag);
      to?.endpoint.handleDatagram(host.address, one.datagram, this.now);
      if (to) this.#hear(to);
    }
  }

  #hear(host: Host): void {
    for (let told = host.endpoint.pollEvent(); told; told = host.endpoint.pollEvent()) {
      const end = host.end(told.connection);
      if (told.event.type === 'accepted') {
        host.accepted.push(end);
        continue;
      }
      end.events.push(told.event.type);
      if (told.event.type === 'closed') end.closed = told.event.closed;
      if (told.event.type === 'readable' && end.reading) end.read();
    }
  }
}

/** Bytes that tell their place. */
export function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}
