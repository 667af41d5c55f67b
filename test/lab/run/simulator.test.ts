/*
 * The lab's run and the simulator's of the same seed are the same, event by event: test/simulator's own hosts and clock
 * drive the engine here, and their datagrams are held against the run's packets, with their times, both ways.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RUN_DEFAULTS, Run, type RunPacket, type RunSettings } from '../../../lab/run/index.js';
import { packetOf } from '../../../lab/run/packet.js';
import { engineOf, faultsOf } from '../../../lab/run/profile.js';
import { Supply } from '../../../lab/run/supply.js';
import { type Faults, Link, type LinkSide } from '../../../transports/link/index.js';
import type { ConnectionMachine } from '../../../transports/udp/engine/connection.js';
import { CountedClock } from '../../simulator/counted-clock.js';
import { Dice } from '../../simulator/dice.js';
import { UdpHost } from '../../simulator/udp-host.js';

const test = suite('lab: a run and the simulator');

/** One line for each thing that a datagram does: `12.5 sender sends OPEN 7 DATA 3`. */
type Lines = string[];

const inWords = ({ type, number, frames }: Pick<RunPacket, 'type' | 'number' | 'frames'>) => `${type} ${number} ${JSON.stringify(frames)}`;

/** The network of two hosts with the run's links, by the simulator's clock. */
function simulated(settings: RunSettings, untilMs: number): Lines {
  const lines: Lines = [];
  const clock = new CountedClock(0);
  const engine = engineOf(settings);
  const faults = faultsOf(settings);
  const supply = new Supply(settings);
  const links = { sender: linkOf(faults.there, 'client'), receiver: linkOf(faults.back, 'server') };
  let accepted: ConnectionMachine | undefined;
  const hosts: Record<'sender' | 'receiver', UdpHost> = {
    receiver: host('receiver', settings.seed),
    sender: host('sender', settings.seed + 1),
  };

  function linkOf(of: Faults, side: LinkSide) {
    return { link: new Link({ faults: of, side, now: 0 }), dueAt: Number.POSITIVE_INFINITY };
  }

  function host(address: 'sender' | 'receiver', seed: number): UdpHost {
    return new UdpHost({
      ...{ address, clock, settings: engine, dice: new Dice(seed), listens: address === 'receiver' },
      transmit: (_to, datagram) => {
        const sentAt = clock.now();
        const words = inWords(packetOf(datagram, { n: 0, from: address, to: 'sender', sentAt, again: [] }));
        lines.push(`${sentAt} ${address} sends ${words}`);
        const way = links[address];
        way.link.push(datagram, undefined, sentAt);
        plan(address);
        if (address === 'sender') feed();
      },
      onAccepted: (machine) => {
        accepted = machine;
      },
    });
  }

  function plan(from: 'sender' | 'receiver'): void {
    const way = links[from];
    const at = way.link.next;
    if (at >= way.dueAt) return;
    way.dueAt = at;
    const to = from === 'sender' ? 'receiver' : 'sender';
    clock.setTimer(Math.max(0, at - clock.now()), () => {
      way.dueAt = Number.POSITIVE_INFINITY;
      for (let next = way.link.pull(clock.now()); next; next = way.link.pull(clock.now())) {
        const words = inWords(packetOf(next.datagram, { n: 0, from, to: 'sender', sentAt: 0, again: [] }));
        lines.push(`${clock.now()} ${to} gets ${words}`);
        hosts[to].handle(from, next.datagram);
        if (to === 'receiver') read();
        else feed();
      }
      plan(from);
    });
  }

  function read(): void {
    if (!accepted) return;
    while (accepted.read()) hosts.receiver.watch.read(accepted);
    if (accepted.atEnd) accepted.finish();
    hosts.receiver.wake(accepted);
  }

  function feed(): void {
    if (machine.state !== 'open') return;
    const was = supply.next;
    if (!supply.feed(machine, clock.now())) return;
    hosts.sender.wake(machine);
    if (supply.next !== was && supply.next !== Number.POSITIVE_INFINITY) clock.setTimer(supply.next - clock.now(), feed);
  }

  const machine = hosts.sender.endpoint.connect('receiver', 0);
  hosts.sender.watch.dialled(machine);
  hosts.sender.machines.add(machine);
  hosts.sender.wake(machine);
  clock.advance(untilMs);
  return lines;
}

/** The run's own, in the same words. */
function ran(settings: RunSettings, untilMs: number): Lines {
  const run = new Run(settings);
  run.advance(untilMs);
  return run.events.flatMap((event) => {
    if (!('packet' in event)) return [];
    const { packet, at } = event;
    if (event.type === 'sent') return [`${at} ${packet.from} sends ${inWords(packet)}`];
    return event.type === 'arrived' ? [`${at} ${packet.to} gets ${inWords(packet)}`] : [];
  });
}

const CHAT: RunSettings = {
  ...RUN_DEFAULTS,
  profile: 'chat',
  loss: 0.08,
  ackLoss: 0.03,
  delayMs: 41.3,
  jitterMs: 7.7,
  reorder: 0.03,
  kbit: 731,
};
const cases: readonly { readonly name: string; readonly settings: Partial<RunSettings> }[] = [
  { name: 'SACK, NewReno', settings: { arq: 'sack', congestion: 'newreno' } },
  { name: 'SACK, CUBIC', settings: { arq: 'sack', congestion: 'cubic' } },
  { name: 'selective repeat, NewReno', settings: { arq: 'selective-repeat', congestion: 'newreno', window: 12 } },
  { name: 'go-back-N', settings: { arq: 'go-back-n', window: 8 } },
  { name: 'stop-and-wait', settings: { arq: 'stop-and-wait' } },
  { name: 'a thin stream that ends', settings: { arq: 'sack', congestion: 'newreno', everyMs: 37.9, segments: 60 } },
];

for (const { name, settings } of cases) {
  test(`${name}: the same packets at the same times, lost, late and in order, from ten seeds`, () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const all = { ...CHAT, ...settings, seed };
      const [theirs, ours] = [simulated(all, 6000), ran(all, 6000)];
      assert.ok(theirs.length > 100, `seed ${seed}: only ${theirs.length} lines`);
      for (const [index, line] of theirs.entries()) assert.is(ours[index], line, `seed ${seed}, line ${index}`);
      assert.is(ours.length, theirs.length, `seed ${seed}`);
    }
  });
}

test.run();
