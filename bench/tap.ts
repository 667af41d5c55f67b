/*
 * What taps cost: a run that nobody traces against the same program with the taps cut out of it, and a run with a
 * recorder. Each build runs in a process of its own, for programs that share a process spoil each other's compiled code. They
 * are warm before anything counts, and then take turns, a slice each, so that what else the machine does falls on all;
 * processor time is compared, slice by slice. Several sets of processes, since each compiles a little differently.
 *
 *   npm run bench:tap [-- --sets 6 --slices 60]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './fanout/statistics.js';
import type { Cost } from './tap/chat-process.js';
import { buildTwin, buildUntapped } from './tap/untapped.js';

const { values } = parseArgs({ options: { sets: { type: 'string', default: '6' }, slices: { type: 'string', default: '60' } } });
const [sets, slices] = [Number(values.sets), Number(values.slices)];
const SLICE_MESSAGES = 500;
const WARM_UP_MESSAGES = 15_000;
const GOAL = 0.98;

const built = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(built, 'bench/tap/chat-process.js');
const builds = { untraced: built, without: join(built, 'untapped'), twin: join(built, 'twin') };
type Build = keyof typeof builds;
const order: readonly Build[] = ['untraced', 'without', 'twin'];

console.log(`Cut out of the copy: ${buildUntapped(built, builds.without)} places where a tap is asked for or told.`);
buildTwin(built, builds.twin);
console.log(
  `A message to four listeners; ${sets} sets of processes, ${slices} slices of ${SLICE_MESSAGES} in each, processor time; Node.js ${process.version}.`,
);
console.log(
  'The speed of a run that nobody traces against one without taps: the median of all slices, and that of each set. The copy is one',
);
console.log('from which nothing was cut, against the same one without taps: how far it is from 1 is how exact this is.\n');

let good = true;
for (const address of ['memory:bench', 'tcp://127.0.0.1:0', 'udp://127.0.0.1:0']) {
  const costs: Record<Build, number>[][] = [];
  for (let set = 0; set < sets; set += 1) costs.push(await oneSet(address, set));
  const { microseconds, events } = await recorded(address);
  const all = costs.flat();
  const cost = (build: Build) => median(all.map((slice) => slice[build]));
  const speed = (of: readonly Record<Build, number>[], build: Build) => median(of.map((slice) => slice.without / slice[build]));
  good &&= speed(all, 'untraced') >= GOAL;
  const perSet = costs.map((set) => speed(set, 'untraced').toFixed(3)).join(' ');
  console.log(`${address.split(':')[0]}: untraced ${speed(all, 'untraced').toFixed(3)} (${perSet}), copy ${speed(all, 'twin').toFixed(3)}`);
  console.log(
    `  a message: ${us(cost('without'))} without taps, ${us(cost('untraced'))} untraced, ${us(microseconds)} recorded, that is ${events.toFixed(1)} events at ${us((microseconds - cost('untraced')) / events)} each`,
  );
}
console.log(`\nGoal: an untraced run reaches at least ${GOAL} of the speed without taps: ${good ? 'reached' : 'missed'}.`);
process.exitCode = good ? 0 : 1;

/** Slices, in each of which every build has had its turn; who begins changes. */
async function oneSet(address: string, set: number): Promise<Record<Build, number>[]> {
  const processes = {} as Record<Build, ChildProcess>;
  const begins = (i: number) => order[(i + set) % order.length] as Build;
  for (let i = 0; i < order.length; i += 1) processes[begins(i)] = await started(builds[begins(i)], address, 'untraced');
  for (const build of order) await talk(processes[build], WARM_UP_MESSAGES);
  const found: Record<Build, number>[] = [];
  for (let slice = 0; slice < slices; slice += 1) {
    const costs = {} as Record<Build, number>;
    for (let i = 0; i < order.length; i += 1) {
      const build = begins(i + slice);
      costs[build] = (await talk(processes[build], SLICE_MESSAGES)).microseconds;
    }
    found.push(costs);
  }
  for (const build of order) await ended(processes[build]);
  return found;
}

async function recorded(address: string): Promise<Cost> {
  const chat = await started(built, address, 'recorded');
  await talk(chat, SLICE_MESSAGES * 4);
  const costs: Cost[] = [];
  for (let slice = 0; slice < slices / 6; slice += 1) costs.push(await talk(chat, SLICE_MESSAGES));
  await ended(chat);
  return { microseconds: median(costs.map(({ microseconds }) => microseconds)), events: median(costs.map(({ events }) => events)) };
}

async function started(folder: string, address: string, how: 'recorded' | 'untraced'): Promise<ChildProcess> {
  const child = fork(program, [folder, address, how]);
  await once(child, 'message');
  return child;
}

async function talk(chat: ChildProcess, messages: number): Promise<Cost> {
  chat.send(messages);
  const [cost] = (await once(chat, 'message')) as [Cost];
  return cost;
}

async function ended(chat: ChildProcess): Promise<void> {
  chat.send(0);
  await once(chat, 'exit');
}

function us(value: number): string {
  return `${value.toFixed(2)} µs`;
}
