/*
 * What taps cost: a run that nobody traces against the same program with the taps cut out of it, and a run with a
 * recorder. Each run is a process of its own, for programs that share a process spoil each other's compiled code. The
 * builds take turns, processor time is compared, and a ratio is formed within each round, so that what else the machine
 * does falls on both.
 *
 *   npm run bench:tap [-- --rounds 20 --messages 20000]
 */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, percentile } from './fanout/statistics.js';
import { buildTwin, buildUntapped } from './tap/untapped.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '12' }, messages: { type: 'string', default: '20000' } } });
const [rounds, messages] = [Number(values.rounds), Number(values.messages)];
const RECORDED_ROUNDS = 3;
const RECORDED_MESSAGES = 5_000;
const GOAL = 0.98;

const built = dirname(dirname(fileURLToPath(import.meta.url)));
const builds = { untraced: built, without: join(built, 'untapped'), twin: join(built, 'twin') };
type Build = keyof typeof builds;
console.log(`Cut out of the copy: ${buildUntapped(built, builds.without)} places where a tap is asked for or told.`);
buildTwin(built, builds.twin);
console.log(
  `A message to four listeners, ${rounds} rounds of ${messages}, processor time; Node.js ${process.version}. The speed of a run that`,
);
console.log('nobody traces against one without taps, and of a copy from which nothing was cut against one without taps: the median of the');
console.log('rounds, and between which two half of them lie. What the two medians differ by is how exact this is.\n');

let good = true;
for (const address of ['memory:bench', 'tcp://127.0.0.1:0', 'udp://127.0.0.1:0']) {
  const costs: Record<Build, number[]> = { untraced: [], without: [], twin: [] };
  const order: readonly Build[] = ['untraced', 'without', 'twin'];
  for (let round = 0; round < rounds; round += 1) {
    for (let i = 0; i < order.length; i += 1) {
      const which = order[(i + round) % order.length] as Build;
      costs[which].push(run(builds[which], address, messages).microseconds);
    }
  }
  const recorded = Array.from({ length: RECORDED_ROUNDS }, () => run(built, address, RECORDED_MESSAGES, 'recorded'));
  const [untraced, without] = [Math.min(...costs.untraced), Math.min(...costs.without)];
  const traced = Math.min(...recorded.map(({ microseconds }) => microseconds));
  const events = median(recorded.map((each) => each.events));
  const [ratios, twins] = [ratiosOf(costs.without, costs.untraced), ratiosOf(costs.without, costs.twin)];
  good &&= median(ratios) >= GOAL;
  console.log(
    `${(address.split(':')[0] as string).padEnd(6)}  untraced ${spread(ratios)}  copy ${spread(twins)}` +
      `  at best ${us(without)} without, ${us(untraced)} untraced, ${us(traced)} recorded: ${events.toFixed(1)} events, ${us((traced - untraced) / events)} each`,
  );
}
console.log(`\nGoal: an untraced run reaches at least ${GOAL} of the speed without taps: ${good ? 'reached' : 'missed'}.`);
process.exitCode = good ? 0 : 1;

function run(folder: string, address: string, count: number, how = 'untraced'): { readonly microseconds: number; readonly events: number } {
  const program = join(built, 'bench/tap/chat-process.js');
  return JSON.parse(execFileSync(process.execPath, [program, folder, address, String(count), how], { encoding: 'utf8' })) as ReturnType<
    typeof run
  >;
}

/** How much quicker the other is, round by round. */
function ratiosOf(costs: readonly number[], others: readonly number[]): readonly number[] {
  return costs.map((cost, i) => cost / (others[i] as number));
}

function spread(ratios: readonly number[]): string {
  const [middle, low, high] = [median(ratios), percentile(ratios, 25), percentile(ratios, 75)].map((ratio) => ratio.toFixed(3));
  return `${middle} (${low} to ${high})`;
}

function us(value: number): string {
  return `${value.toFixed(2)} µs`;
}
