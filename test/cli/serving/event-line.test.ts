/* What happens on the server, one line an event. */
import { stripVTControlCharacters } from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventLine } from '../../../cli/serving/event-line.js';
import type { ServerEvent } from '../../../lib/index.js';

const time = new Date(2026, 0, 2, 9, 5, 7);
const session = 'tcp-1';
const who = { session, group: '8888', name: 'Bar' };
const line = (event: ServerEvent, options?: { showMessages: boolean }) => stripVTControlCharacters(eventLine(event, time, options));

test('every event has its line', () => {
  const lines: readonly [ServerEvent, string][] = [
    [{ type: 'connected', session, remote: 'tcp://127.0.0.1:5', codec: 'frames' }, 'came from tcp://127.0.0.1:5'],
    [{ type: 'connected', session, remote: 'tcp://127.0.0.1:5', codec: 'text' }, 'came from tcp://127.0.0.1:5 by the text door'],
    [{ type: 'created', ...who }, 'Bar created group 8888'],
    [{ type: 'joined', ...who, members: 1 }, 'Bar joined group 8888, now 1 member'],
    [{ type: 'joined', ...who, members: 2 }, 'Bar joined group 8888, now 2 members'],
    [{ type: 'said', ...who, sequence: 1, text: 'Hi 👋' }, 'Bar said to group 8888: (4 characters)'],
    [{ type: 'left', ...who }, 'Bar left group 8888'],
    [{ type: 'lost', ...who }, 'Bar lost the connection; the seat in group 8888 is kept'],
    [{ type: 'resumed', ...who, gap: false }, 'Bar is back in group 8888'],
    [{ type: 'resumed', ...who, gap: true }, 'Bar is back in group 8888, some messages were missed'],
    [{ type: 'rejected', session, code: 'wrong-credentials' }, 'rejected: wrong-credentials'],
    [{ type: 'closed', session, reason: 'exit' }, 'closed: exit'],
  ];
  for (const [event, words] of lines) assert.is(line(event), `09:05:07  tcp-1     ${words}`);
});

test('what is said is shown when one asks for it, on one line and cleaned', () => {
  const said: ServerEvent = { type: 'said', session, group: '8888', name: 'B\x1b[2Jar', sequence: 1, text: 'one\ntwo\x1b[31m' };
  assert.is(line(said, { showMessages: true }), '09:05:07  tcp-1     B␛[2Jar said to group 8888: one␤two␛[31m');
  assert.is(line(said), '09:05:07  tcp-1     B␛[2Jar said to group 8888: (12 characters)');
});

test.run();
