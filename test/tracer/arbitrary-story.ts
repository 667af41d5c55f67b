/*
 * Stories that nobody would tell: any names, any words, any order of times.
 */
import fc from 'fast-check';
import type { ArrowStep, Story } from '../../tracer/join/story.js';
import { actor, arrow, connection, mark, note, told } from './told.js';

const nasty = fc.constantFrom(
  'Bar',
  'server',
  '田中さん',
  'נועה כהן',
  'مرحبا',
  '👩‍👩‍👧',
  '🇮🇱',
  'e\u0301\u0301\u0301',
  '\x1b[31m',
  '\x1b]0;x\x07',
  '\u009b2J',
  '\u202e',
  '\u200b',
  '\ud800',
  '\r\n',
  '\t',
  'wrap: x',
  'a;b#c%d{e}',
  '<script>&"\'`$\\',
  'end',
  'a->>b: c',
  '\ufffe',
);
/** A text of anything. */
export const text: fc.Arbitrary<string> = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), { maxLength: 4 })
  .map((parts) => parts.join(' '));

const label = fc.oneof(fc.constantFrom('SYN', 'SAY', 'PRESENCE', 'A-LABEL-THAT-IS-LONG'), text);
const outcome = fc.constantFrom<ArrowStep['outcome']>('arrived', 'lost', 'corrupted', 'duplicate', 'unseen', 'under-way');
const lane = fc.constantFrom<ArrowStep['lane']>('frames', 'segments', 'kernel');
const phase = fc.option(fc.constantFrom('handshake 1/3', 'handshake 3/3', 'closing'), { nil: undefined });

/** A story of some actors. */
export const story: fc.Arbitrary<Story> = fc.integer({ min: 1, max: 14 }).chain((count) => {
  const who = fc.integer({ min: 0, max: count - 1 }).map((i) => `a${i}`);
  const time = fc.integer({ min: 0, max: 400 }).map((tenths) => tenths / 10);
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('arrow' as const),
        from: who,
        to: who,
        time,
        label,
        words: text,
        outcome,
        lane,
        phase,
        took: fc.constantFrom(0, 0.1, 3, 20),
        again: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('mark' as const), who, time, label, words: text }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('note' as const), time, words: text }) },
  );
  return fc
    .record({ names: fc.array(text, { minLength: count, maxLength: count }), steps: fc.array(step, { maxLength: 14 }) })
    .map(({ names, steps }) =>
      told(
        names.map((name, i) => actor(name, i === 0 ? 'server' : 'client', `a${i}`)),
        steps
          .sort((a, b) => a.time - b.time)
          .map((one) => {
            if (one.kind === 'note') return note(one.time, one.words);
            if (one.kind === 'mark') return mark(one.who, one.time, one.label, one.words, one.words);
            const repeats = one.again ? { repeats: { step: 1, segment: 1, cause: 'probe' as const } } : {};
            const { took, lane: own, outcome: how } = one;
            return arrow(`${one.from}->${one.to}`, one.time, one.label, one.words, {
              took,
              lane: own,
              outcome: how,
              why: one.words,
              ...repeats,
              ...(one.phase !== undefined && { phase: one.phase }),
            });
          }),
        [connection('c1', 'a0', 'a0')],
      ),
    );
});
