/*
 * What taps cost: a run that nobody traces against the same program with the taps cut out of it, and a run with a
 * recorder. Each run is a process of its own, for programs that share a process spoil each other's compiled code; the
 * builds take turns, and processor time is compared, so that what else the machine does falls on all.
 *
 *   npm run bench:tap
 */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './fanout/statistics.js';
import { buildTwin, buildUntapped } from './tap/untapped.js';

const ROUNDS = 20;
/** Of so many, the quickest count: whatever else the machine does only makes a run slower. */
const QUICKEST = 5;
const RECORDED_ROUNDS = 3;
const MESSAGES = 40_000;
const RECORDED_MESSAGES = 5_000;
const GOAL = 0.98;

const built = dirname(dirname(fileURLToPath(import.meta.url)));
const builds = { untraced: built, without: join(built, 'untapped'), twin: join(built, 'twin') };
console.log(`Cut out of the copy: ${buildUntapped(built, builds.without)} places where a tap is asked for or told.`);
buildTwin(built, builds.twin);
console.log(
  `A message to four listeners, ${ROUNDS} processes of ${MESSAGES} each, processor time for one. The mean of the ${QUICKEST} quickest counts. Behind`,
);
console.log('the ratio what it is with a copy from which nothing was cut in the place of the cut one: that is how exact this is.\n');

let good = true;
for (const address of ['memory:bench', 'tcp://127.0.0.1:0', 'udp://127.0.0.1:0']) {
  const costs = { untraced: [] as number[], without: [] as number[], twin: [] as number[] };
  const order = ['untraced', 'without', 'twin'] as const;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let i = 0; i < order.length; i += 1) {
      const which = order[(i + round) % order.length] as (typeof order)[number];
      costs[which].push(run(builds[which], address, MESSAGES).microseconds);
    }
  }
  const recorded = Array.from({ length: RECORDED_ROUNDS }, () => run(built, address, RECORDED_MESSAGES, 'recorded'));
  const [untraced, without, twin] = [quick(costs.untraced), quick(costs.without), quick(costs.twin)];
  const [traced, events] = [Math.min(...recorded.map(({ microseconds }) => microseconds)), median(recorded.map((each) => each.events))];
  good &&= without / untraced >= GOAL;
  console.log(
    `${(address.split(':')[0] as string).padEnd(6)}  without taps ${us(without)}  untraced ${us(untraced)}  ratio ${(without / untraced).toFixed(3)} (copy ${(twin / untraced).toFixed(3)})` +
      `  recorded ${us(traced)}: ${events.toFixed(1)} events, ${us((traced - untraced) / events)} each`,
  );
}
console.log(`\nGoal: an untraced run reaches at least ${GOAL} of the speed without taps: ${good ? 'reached' : 'missed'}.`);
process.exitCode = good ? 0 : 1;

function run(
  folder: string,
  address: string,
  messages: number,
  how = 'untraced',
): { readonly microseconds: number; readonly events: number } {
  const program = join(built, 'bench/tap/chat-process.js');
  return JSON.parse(execFileSync(process.execPath, [program, folder, address, String(messages), how], { encoding: 'utf8' })) as ReturnType<
    typeof run
  >;
}

function quick(values: readonly number[]): number {
  const quickest = [...values].sort((a, b) => a - b).slice(0, QUICKEST);
  return quickest.reduce((sum, value) => sum + value, 0) / quickest.length;
}

function us(value: number): string {
  return `${value.toFixed(2)} µs`;
}
