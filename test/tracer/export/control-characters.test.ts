/*
 * A file from anybody, with control characters wherever text can stand: nothing of them comes out of any view or file
 * that is text.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readTrace } from '../../../tracer/file/index.js';
import { tell } from '../../../tracer/join/index.js';
import { everyExport } from './exported.js';

const test = suite('control characters');
const NASTY = 'x\u001b[2J\u009b31m\u0007\r\u202ey';

const event = (more: object): string => JSON.stringify({ at: 1, basis: 'observed', ...more });
const end = { by: 'a', connection: 'c' } as const;
const bytes = Buffer.from(`${NASTY}\n`).toString('hex');
const said = { ...end, direction: 'received', offset: 0, bytes } as const;
const head = { format: 'chatwire-trace', version: 1, source: 'taps', startedAtMs: 0, secrets: 'masked', title: NASTY, madeBy: NASTY };
const file = [
  JSON.stringify(head),
  event({ kind: 'actor', id: 'a', name: NASTY, role: 'server' }),
  event({ ...end, kind: 'state', state: 'accepted', local: 'tcp://127.0.0.1:1', remote: `tcp://${NASTY}` }),
  event({ ...said, kind: 'chunk' }),
  event({ ...said, kind: 'frame', type: 'LINE', fields: { text: NASTY } }),
  event({ ...end, kind: 'session', from: NASTY, event: NASTY, to: NASTY }),
  event({ ...end, kind: 'state', state: 'closed', closedBy: 'remote', error: NASTY }),
  event({ kind: 'note', text: NASTY }),
  event({ kind: NASTY }),
].join('\n');

/** Whether a text has a character that steers a terminal; line breaks, and the tabs that Follow Stream begins lines with, do not. */
function steers(text: string): boolean {
  return [...text.replace(/^\t/gm, '')].some((sign) => {
    const code = sign.codePointAt(0) as number;
    return (code < 0x20 && code !== 10) || (code >= 0x7f && code < 0xa0) || code === 0x202e;
  });
}

test('they reach no terminal', () => {
  const { trace, problems } = readTrace(file);
  assert.is(problems.length, 1);
  const story = tell(trace);
  assert.is(story.connections.length, 1);
  for (const [name, content] of Object.entries(everyExport(trace, story))) {
    if (typeof content === 'string') assert.not(steers(content), name);
  }
  assert.not(steers(problems.join('\n')));
});

test.run();
