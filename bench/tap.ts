/*
 * What taps cost: a run that nobody traces against the same program with the taps cut out of it, and a run with a
 * recorder. Both are run in turns in one process, a slice each, and compared slice by slice by their processor time, so
 * that what else the machine does falls on both.
 *
 *   npm run bench:tap
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recorder } from '../tracer/record/index.js';
import { openChat } from './tap/chat.js';
import { buildUntapped } from './tap/untapped.js';

const ROUNDS = 41;
const MESSAGES = 1000;
const WARM_UP = 5;
const GOAL = 0.98;

const tapped = dirname(dirname(fileURLToPath(import.meta.url)));
const untapped = join(tapped, 'untapped');
console.log(`Cut out of the copy: ${buildUntapped(tapped, untapped)} places where a tap is asked for or told.`);
console.log(`A message to four listeners, ${ROUNDS} rounds of ${MESSAGES}, processor time; ratio: median over the rounds.\n`);

let good = true;
for (const address of ['memory:bench', 'tcp://127.0.0.1:0', 'udp://127.0.0.1:0']) {
  let events = 0;
  const recording = recorder({
    ...{ title: 'bench', source: 'taps', madeBy: 'bench', startedAtMs: Date.now() },
    sink: {
      event() {
        events += 1;
      },
    },
  });
  const newTap = (name: string) => recording.tap({ name, role: name === 'server' ? 'server' : 'client' });
  const chats = {
    without: await openChat(untapped, address),
    untraced: await openChat(tapped, address),
    traced: await openChat(tapped, address.replace('bench', 'traced'), newTap),
  };
  const cost = { without: [] as number[], untraced: [] as number[], traced: [] as number[] };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    // who begins changes from round to round
    const order = round % 2 === 0 ? (['without', 'untraced', 'traced'] as const) : (['traced', 'untraced', 'without'] as const);
    for (const which of order) {
      const each = await chats[which].talk(MESSAGES);
      if (round >= 0) cost[which].push(each);
    }
  }
  for (const chat of Object.values(chats)) await chat.close();
  const ratio = median(cost.without.map((each, i) => each / (cost.untraced[i] as number)));
  const [without, untraced, traced] = [median(cost.without), median(cost.untraced), median(cost.traced)];
  good &&= ratio >= GOAL;
  console.log(
    `${address.split(':')[0]?.padEnd(7)} without taps ${us(without)}   untraced ${us(untraced)}   ratio ${ratio.toFixed(3)}` +
      `   recorded ${us(traced)} (${(traced / untraced).toFixed(1)} times, ${(events / (ROUNDS + WARM_UP) / MESSAGES).toFixed(0)} events each)`,
  );
}
console.log(`\nGoal: an untraced run reaches at least ${GOAL} of the speed without taps: ${good ? 'reached' : 'missed'}.`);
process.exitCode = good ? 0 : 1;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

function us(value: number): string {
  return `${value.toFixed(1).padStart(6)} µs`;
}
