/* The live form of a trace, cut into pieces at any place. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { liveLines } from '../../../gui/ladder/live-lines.js';
import { eventLine, headerLine } from '../../../tracer/file/index.js';
import type { TraceEvent } from '../../../tracer/trace/trace.js';

const header = headerLine({
  ...{ format: 'chatwire-trace', version: 1, title: 'a test', source: 'taps', startedAtMs: 5, secrets: 'masked', madeBy: 'a test' },
});
const note = (at: number): TraceEvent => ({ kind: 'note', at, basis: 'observed', text: `event ${at} – ☂` });
const mark = (next: number, settledNs: number) => `${JSON.stringify({ mark: { next, settledNs } })}\n`;

/** What a reader says of a text that comes in pieces. */
function taken(pieces: readonly string[]): { said: readonly string[]; next: number } {
  const said: string[] = [];
  const lines = liveLines({
    header: ({ startedAtMs }) => said.push(`header ${startedAtMs}`),
    event: ({ at }) => said.push(`event ${at}`),
    settle: (atNs) => said.push(`settled ${atNs}`),
  });
  for (const piece of pieces) lines.push(piece);
  return { said, next: lines.next };
}

test('events and marks in their order, however the text is cut', () => {
  const text = header + eventLine(note(1)) + mark(7, 0) + eventLine(note(2)) + mark(8, 3) + eventLine(note(4));
  fc.assert(
    fc.property(fc.array(fc.nat(text.length)), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), text.length];
      const pieces = places.slice(1).map((to, i) => text.slice(places[i], to));
      assert.equal(taken(pieces), { said: ['header 5', 'event 1', 'event 2', 'settled 3', 'event 4'], next: 9 });
    }),
  );
});

test('of a line that is cut by a broken connection nothing is counted', () => {
  const whole = header + mark(0, 0) + eventLine(note(1));
  assert.equal(taken([whole + eventLine(note(2)).slice(0, -5)]), { said: ['header 5', 'event 1'], next: 1 });
});

test('what cannot be read counts, since the server has counted it', () => {
  assert.equal(taken([`${header}${mark(0, 0)}{"kind":"unheard"}\n${eventLine(note(2))}`]), { said: ['header 5', 'event 2'], next: 2 });
});

test.run();
