/*
 * The attack on what a recorder lets out, carried on to the exports: for any password of four digits, cut at any byte,
 * every export is the same to the byte. So nothing in it, no length and no checksum, tells one from another.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Tap } from '../../../lib/trace.js';
import { tell } from '../../../tracer/join/index.js';
import type { Trace, TraceHeader } from '../../../tracer/trace/trace.js';
import { type Exported, everyExport } from '../export/exported.js';
import { leaks } from '../export/leaks.js';
import { datagrams, datagramsInTwo, framed, framedInTwo, record, type Secrets, typed, typedInTwo } from './seen.js';

const test = suite('attack on exports');
const TOKEN = Uint8Array.from({ length: 16 }, (_, i) => 130 + 3 * i);
const HEADER = { format: 'chatwire-trace', version: 1, source: 'taps', startedAtMs: 1000, secrets: 'masked', madeBy: 'a test' } as const;

type Run = (tap: Tap, secrets: Secrets) => void;
const whole: Readonly<Record<string, Run>> = {
  'frames over TCP': framed,
  'frames over UDP': datagrams,
  'a plain-text door, letter by letter': typed('letters'),
  'a plain-text door, line by line': typed('lines'),
};
/** Each cut in two, and the places where: as many as there are bytes. */
const cut: Readonly<Record<string, { readonly at: (place: number) => Run; readonly places: number }>> = {
  'frames over TCP': { at: framedInTwo, places: 60 },
  'frames over UDP': { at: datagramsInTwo, places: 60 },
  'a plain-text door': { at: typedInTwo, places: 44 },
};

function exported(run: Run, password: string, showSecrets = false): Exported {
  const events = record(run, { password, token: TOKEN }, showSecrets);
  const header: TraceHeader = { ...HEADER, title: 'a run' };
  const trace: Trace = { header, events };
  return everyExport(trace, tell(trace));
}

const sought = (password: string) => [
  { secret: Buffer.from(password), part: password.length },
  { secret: TOKEN, part: 6 },
];

for (const [name, run] of Object.entries(whole)) {
  test(`${name}: exports do not tell one password from another`, () => {
    const one = exported(run, '4711');
    for (const password of ['0000', '0815', '9999', '2580']) assert.equal(exported(run, password), one);
    assert.equal(leaks(exported(run, 'sesame'), sought('sesame')), []);
    assert.is.not(leaks(exported(run, 'sesame', true), sought('sesame')).length, 0);
  });
}

for (const [name, { at, places }] of Object.entries(cut)) {
  test(`${name}: cut in two at each byte, exports have nothing of it`, () => {
    for (let place = 0; place < places; place += 1) {
      const run = at(place);
      assert.equal(leaks(exported(run, 'sesame'), sought('sesame')), [], `cut at ${place}`);
      const [one, other] = [exported(run, '4711'), exported(run, '0815')];
      for (const form of Object.keys(one)) assert.equal(one[form], other[form], `${form}, cut at ${place}`);
    }
  });
}

test.run();
