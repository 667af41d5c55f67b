/*
 * One experiment: two real engines, the line of the textbook between them, and virtual time. The line carries one packet
 * in each unit of time; ACKs take none and are never lost; whoever waits for one waits exactly 1 + 2a. Steps are taken
 * one by one, so that a page can show them.
 */
import { type Faults, Link, NO_FAULTS } from '../transports/link/index.js';
import type { ConnectionMachine } from '../transports/udp/engine/connection.js';
import { EndpointMachine } from '../transports/udp/engine/endpoint.js';
import { DEFAULTS, type EngineSettings } from '../transports/udp/engine/settings.js';
import { textbook } from '../transports/udp/textbook.js';
import { SEGMENT_BYTES } from '../transports/udp/wire/packets.js';
import { onGrain } from './grain.js';
import type { Cell } from './grid.js';
import { primitives } from './primitives.js';

/** The unit of time: what the line takes for one packet, in the engine's milliseconds. */
const TRANSMISSION_MS = 1;
/** Longer than any experiment: nothing but the ARQ shall end or interrupt it. */
const FOREVER_MS = 2 ** 31;
/** Credit is the chat's affair; here nothing may end but the window. */
const ENOUGH_SEGMENTS = 2 ** 24;
/** The sender never runs out: it has at least so many segments waiting. */
const SUPPLY = new Uint8Array(256 * SEGMENT_BYTES);

/** A running experiment. */
export interface Experiment {
  /** The time, in packets that the line could have carried since the beginning. */
  readonly now: number;
  /** Packets that the receiver's application has got, in order and each once. */
  readonly delivered: number;
  /** What the sender's engine counts. */
  readonly sender: ConnectionMachine;
  /** Goes on to the next moment at which something happens, and lets all of it happen. */
  step(): void;
}

/** How an engine is set for a cell. */
function settingsOf({ arq, a, window, counts }: Cell): EngineSettings {
  return {
    ...DEFAULTS,
    ...textbook({ transmissionMs: TRANSMISSION_MS, propagationMs: onGrain(a * TRANSMISSION_MS) }),
    arq,
    arqWindowSegments: window,
    arqWindowCounts: counts,
    creditSegments: ENOUGH_SEGMENTS,
    idleTimeoutMs: FOREVER_MS,
    dialTimeoutMs: FOREVER_MS,
    cookieLifetimeMs: FOREVER_MS,
    keepAliveMs: 0,
  };
}

/** Begins an experiment: the connection is open, and nothing was sent on it. */
export function experiment(cell: Cell, seed: number): Experiment {
  const settings = settingsOf(cell);
  const server = new EndpointMachine({ primitives: primitives(seed), settings, mayAccept: () => true });
  const client = new EndpointMachine({ primitives: primitives(seed + 1), settings });
  const propagationMs = onGrain(cell.a * TRANSMISSION_MS);
  const there: Faults = { ...NO_FAULTS, seed, delayMs: TRANSMISSION_MS + propagationMs };
  const back = new Link({ faults: { ...NO_FAULTS, delayMs: propagationMs }, side: 'server', now: 0 });
  let line = new Link({ faults: there, side: 'client', now: 0 }); // nothing is lost before the experiment begins
  let [now, delivered] = [0, 0];
  let receiver: ConnectionMachine | undefined;
  let isBegun = false;
  const sender = client.connect('server', now);

  function step(): void {
    if (isBegun) supply();
    now = Math.max(now, Math.min(line.next, back.next, client.pollTimeout(), server.pollTimeout()));
    // What arrives comes before what is given up: an ACK that is just in time is in time.
    while (line.next <= now || back.next <= now) {
      for (let one = line.pull(now); one; one = line.pull(now)) server.handleDatagram('client', one.datagram, now);
      answer();
      for (let one = back.pull(now); one; one = back.pull(now)) client.handleDatagram('server', one.datagram, now);
    }
    if (server.pollTimeout() <= now) server.handleTimeout(now);
    if (client.pollTimeout() <= now) client.handleTimeout(now);
    answer();
    while (client.pollEvent()) {} // nobody asks the sender what happened
    transmit();
  }

  function transmit(): void {
    for (let sent = client.pollTransmit(now); sent; sent = client.pollTransmit(now)) line.push(sent.datagram, undefined, now);
  }

  /** The receiver's application reads at once, and its engine acknowledges at once. */
  function answer(): void {
    for (let told = server.pollEvent(); told; told = server.pollEvent()) {
      if (told.event.type === 'accepted') receiver = told.connection;
    }
    if (receiver) {
      while (receiver.read()) delivered += 1;
      server.wake(receiver);
    }
    for (let sent = server.pollTransmit(now); sent; sent = server.pollTransmit(now)) back.push(sent.datagram, undefined, now);
  }

  function supply(): void {
    if (sender.unsentBytes >= SUPPLY.length) return;
    sender.write(SUPPLY);
    client.wake(sender);
    transmit();
  }

  transmit();
  while (sender.state !== 'open' || sender.stats.inFlightBytes > 0 || line.next !== Number.POSITIVE_INFINITY) step();
  const startedAt = now;
  line = new Link({ faults: { ...there, loss: cell.loss }, side: 'client', now });
  isBegun = true;
  return {
    sender,
    step,
    get now() {
      return (now - startedAt) / TRANSMISSION_MS;
    },
    get delivered() {
      return delivered;
    },
  };
}
