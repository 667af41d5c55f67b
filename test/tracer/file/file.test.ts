/*
 * A trace comes back from its file as it was; and of a file that is damaged comes back what can be read, with a
 * sentence for what cannot, and never anything that a view does not expect.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventLine, headerLine, readTrace, readTraceStream, traceWriter } from '../../../tracer/file/index.js';
import type { Trace, TraceEvent } from '../../../tracer/trace/trace.js';
import { everyKind, header, traces } from './file-traces.js';

const written = ({ header, events }: Trace): string => {
  let text = '';
  const sink = traceWriter((line) => {
    text += line;
  }, header);
  for (const event of events) sink.event(event);
  return text;
};
const whole: Trace = { header, events: everyKind };
const [first = '', ...lines] = written(whole).trimEnd().split('\n');
const chunkLine = lines[2] ?? '';

test('every kind of event comes back as it was', () => {
  assert.equal(readTrace(written(whole)), { trace: whole, problems: [] });
});

test('any trace comes back as it was', () => {
  fc.assert(fc.property(traces, (trace) => assert.equal(readTrace(written(trace)).trace, trace)));
});

test('a file that comes in pieces, cut at any byte, is the same file', async () => {
  const bytes = new TextEncoder().encode(written({ header, events: [{ kind: 'note', at: 0, basis: 'observed', text: 'Grüße, 你好' }] }));
  for (let cut = 0; cut <= bytes.length; cut++) {
    const events: TraceEvent[] = [];
    async function* pieces() {
      yield bytes.subarray(0, cut);
      yield bytes.subarray(cut);
    }
    assert.equal(await readTraceStream(pieces(), { event: (event) => events.push(event) }), []);
    assert.equal(events, [{ kind: 'note', at: 0, basis: 'observed', text: 'Grüße, 你好' }]);
  }
});

test('bytes are hex text and masks are pairs', () => {
  assert.match(chunkLine, /"bytes":"48656c6c6f","masks":\[\[1,3\]\]/);
});

test('a file of another version is read as far as it goes, and one is told', () => {
  for (const [version, word] of [
    [2, 'newer'],
    [0, 'older'],
  ] as const) {
    const future = '{"kind":"hologram","at":1}';
    const { trace, problems } = readTrace([headerLine({ ...header, version }).trim(), ...lines, future].join('\n'));
    assert.equal(trace.events, everyKind);
    assert.match(problems[0] ?? '', new RegExp(`of version ${version}, an? ${word} one`));
    assert.is(problems[1], `Line ${everyKind.length + 2} could not be read: its kind of event is not known here.`);
  }
});

test('a file that is cut in the middle gives what stands before the cut', () => {
  const { trace, problems } = readTrace(written(whole).slice(0, -20));
  assert.equal(trace.events, everyKind.slice(0, -1));
  assert.equal(problems, [`The file is cut in the middle of line ${everyKind.length + 1}: its end is missing.`]);
});

test('damaged lines are passed over, each with a sentence, but not without end', () => {
  const damaged = Array.from({ length: 1000 }, () => '{"kind":"note","at":-1}');
  const { trace, problems } = readTrace([first, ...damaged, ...lines].join('\n'));
  assert.equal(trace.events, everyKind);
  assert.is(problems.length, 9);
  assert.is(problems[0], 'Line 2 could not be read: "at" is no whole number from 0 up.');
  assert.is(problems[8], '992 more lines could not be read either.');
});

test('a file without a header is read all the same, and is not taken for masked', () => {
  const { trace, problems } = readTrace(lines.join('\n'));
  assert.equal(trace.events, everyKind);
  assert.is(trace.header.secrets, 'shown');
  assert.equal(problems, ['The file does not begin with the header of a trace.']);
});

test('an empty file, and one that is no trace', () => {
  assert.equal(readTrace('').problems, ['The file is empty.']);
  assert.match(readTrace('GIF89a\u0000\u0001').problems.join(' '), /does not begin with the header.*no event in the file/);
});

test('a line without end is passed over', () => {
  const { trace, problems } = readTrace(`${first}\n${'x'.repeat(17_000_000)}\n${lines.join('\n')}`);
  assert.equal(trace.events, everyKind);
  assert.equal(problems, ['Line 2 could not be read: it is far too long.']);
});

test('control characters in a file reach nobody', () => {
  const note = '{"kind":"note","at":1,"basis":"observed","text":"\\u001b[2Jboo\\u202e"}';
  assert.is((readTrace(`${first}\n${note}`).trace.events[0] as { text: string }).text, '␛[2Jboo\ufffd');
  assert.ok(readTrace(`${first}\n${note.replace('\\u001b', '\u001b')}`).problems.length > 0);
});

test('what has another shape than the model is not let through', () => {
  const frame = (type: string, fields: unknown) =>
    eventLine({ ...(everyKind[4] as Extract<TraceEvent, { kind: 'frame' }>), type, fields: fields as Record<string, unknown> });
  const chunk = (change: Record<string, unknown>) => JSON.stringify({ ...(JSON.parse(chunkLine) as object), ...change });
  const wrong: readonly (readonly [string, RegExp])[] = [
    [frame('PRESENCE', { changes: 7 }), /"changes" is no list/],
    [frame('PRESENCE', { changes: [{ what: 'eaten', name: 'Foo' }] }), /"what" is none/],
    [frame('PRESENCE', {}), /"changes" is no list/],
    [frame('constructor', {}), /no frame that this version knows/],
    [frame('LINE', { text: 7 }), /"text" is no text/],
    [chunk({ masks: [[3, 9]] }), /a mask lies outside its bytes/],
    [chunk({ masks: [[3, 1]] }), /no ranges in order/],
    [chunk({ bytes: '48656' }), /"bytes" is no hex text/],
    [chunk({ bytes: 'zz' }), /"bytes" is no hex text/],
    [chunk({ direction: 'up' }), /"direction" is none of sent, received/],
    [chunk({ connection: 'x'.repeat(5000) }), /longer than/],
    [chunk({ kind: 'toString' }), /kind of event is not known/],
    ['[]', /has no members/],
    ['7', /has no members/],
    ['{"kind":', /no JSON/],
  ];
  for (const [line, reason] of wrong) {
    const { trace, problems } = readTrace(`${first}\n${line.trim()}\n`);
    assert.equal(trace.events, []);
    assert.match(problems[0] ?? '', reason);
  }
});

test('whatever a file holds, reading it ends, and what it gives can be written again', () => {
  const text = written(whole);
  const damage = fc.tuple(fc.nat(text.length), fc.nat(30), fc.string({ unit: 'binary', maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(damage, { maxLength: 5 }), (places) => {
      let damaged = text;
      for (const [place, gone, put] of places) damaged = damaged.slice(0, place) + put + damaged.slice(place + gone);
      const { trace } = readTrace(damaged);
      assert.equal(readTrace(written(trace)).trace.events, trace.events);
    }),
    { numRuns: 300 },
  );
});

test.run();
