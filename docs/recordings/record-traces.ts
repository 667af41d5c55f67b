/*
 * `npm run figures:record [-- NAME...]`: performs every example over real sockets, TCP and Unix, and over UDP in virtual
 * time, and keeps what was seen (docs/ladders/takes.ts). Runs over real sockets differ in times and ports, so the
 * recordings are kept until somebody renews them. Best on a machine that does nothing else; `tcp-below` as root.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { record } from '../../examples/index.js';
import { eventLine, headerLine } from '../../tracer/file/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import { fromBelow } from '../ladders/below.js';
import { inVirtualTime, recordingOf, TAKES, type Take } from '../ladders/takes.js';

/** So often is a run over real sockets taken; the quickest is kept, since others' work on the machine only makes it longer. */
const TRIES = 7;

const madeBy = `Chatwire, Node.js ${process.version}, ${process.platform} ${process.arch}`;
/** From the first dial: who looks from below has to get ready before. */
function lengthOf({ events }: Trace): number {
  const dialled = events.find((event) => event.kind === 'state' && event.state === 'dialling')?.at ?? 0;
  return Math.max(...events.map(({ at }) => at)) - dialled;
}

async function quickest(take: Take): Promise<Trace> {
  const { example, transport } = take;
  const takes: Trace[] = [];
  while (takes.length < TRIES) takes.push(take.below ? await fromBelow(take) : await record(example, { transport, madeBy }));
  return takes.reduce((best, one) => (lengthOf(one) < lengthOf(best) ? one : best));
}

const asked = process.argv.slice(2);
for (const take of TAKES) {
  if (asked.length > 0 && !asked.some((name) => take.name.includes(name))) continue;
  const { header, events } = take.transport === 'udp' ? await inVirtualTime(take) : await quickest(take);
  const path = fileURLToPath(recordingOf(take.name));
  mkdirSync(fileURLToPath(new URL('.', recordingOf(take.name))), { recursive: true });
  writeFileSync(path, headerLine(header) + events.map(eventLine).join(''));
  console.log(`${relative('.', path)}: ${events.length} events`);
}
