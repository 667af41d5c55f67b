/*
 * What a large trace costs: `npm run bench:trace`. A long chat of 100,000 events goes to a file, of which `trace show` answers
 * questions; and through the live ladder, as fast as it takes them.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liveView } from '../cli/tracing/live.js';
import { eventLine, headerLine } from '../tracer/file/index.js';
import type { Lane } from '../tracer/join/index.js';
import type { Trace } from '../tracer/trace/trace.js';
import { longChat } from './trace/long-chat.js';
import { show } from './trace/shown.js';

const EVENTS = 100_000;
const RUNS = 3;
const GOAL = { seconds: 2, megabytes: 300 } as const;
const QUESTIONS = ['--type SAY', '--connection c2 --from 100 --to 400', '--actor Ben --lanes frames', '--table --lanes frames', '--index'];
/** Events that come between two drawings: what a tenth of a second brings. */
const AT_ONCE = 1000;

let good = true;
const folder = mkdtempSync(join(tmpdir(), 'chatwire-bench-'));
try {
  for (const scheme of ['memory', 'udp'] as const) {
    const trace = await longChat(scheme, EVENTS);
    const file = join(folder, `${scheme}.jsonl`);
    writeFileSync(file, headerLine(trace.header) + trace.events.map(eventLine).join(''));
    console.log(`\n${trace.events.length} events of a chat over ${scheme}, Node.js ${process.version}`);
    console.log(`trace show, the quickest of ${RUNS}                    s   CPU s     MB   lines`);
    for (const question of QUESTIONS) {
      const runs = Array.from({ length: RUNS }, () => show(file, question.split(' ')));
      const [quickest] = runs.sort((one, other) => one.seconds - other.seconds);
      if (!quickest) continue;
      const { seconds, cpuSeconds, megabytes, lines } = quickest;
      good &&= seconds <= GOAL.seconds && megabytes <= GOAL.megabytes;
      const cells = [seconds.toFixed(2).padStart(7), cpuSeconds.toFixed(2).padStart(7), megabytes.toFixed(0).padStart(6)];
      console.log(`  ${question.padEnd(37)} ${cells.join(' ')} ${String(lines).padStart(7)}`);
    }
    const alone = Math.min(...Array.from({ length: RUNS }, () => show('tcp-handshake', ['--index']).cpuSeconds));
    console.log(`  (of that the program's start, told by a trace of 74 events: ${alone.toFixed(2)} CPU s)`);
    console.log('live ladder                              events/s   lines');
    for (const [columns, lanes] of [[80], [120], [80, ['frames']]] as readonly [number, Lane[]?][]) {
      const runs = Array.from({ length: RUNS }, () => live(trace, columns, lanes));
      const [quickest] = runs.sort((one, other) => other.perSecond - one.perSecond);
      const what = `${columns} columns, ${lanes?.join(', ') ?? 'all lanes'}`;
      console.log(
        `  ${what.padEnd(37)} ${String(Math.round(quickest?.perSecond ?? 0)).padStart(10)} ${String(quickest?.lines).padStart(7)}`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`\nGoal: an answer in ${GOAL.seconds} s and ${GOAL.megabytes} MB: ${good ? 'reached' : 'missed'}.`);
process.exitCode = good ? 0 : 1;

/** Events for a second of processor time: joined, drawn, and turned into lines that nobody reads. */
function live({ header, events }: Trace, columns: number, lanes?: readonly Lane[]): { readonly perSecond: number; readonly lines: number } {
  let lines = 0;
  const view = liveView(header, { columns, colours: true, ...(lanes && { lanes }) }, () => {
    lines += 1;
  });
  const before = process.cpuUsage();
  events.forEach((event, i) => {
    view.event(event);
    if (i % AT_ONCE !== 0) return;
    view.settle(event.at - 1e9);
    view.pause();
  });
  view.finish();
  const { user, system } = process.cpuUsage(before);
  return { perSecond: events.length / ((user + system) / 1e6), lines };
}
