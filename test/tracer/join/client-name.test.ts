/*
 * What a client that nobody observes is called: `client 1`, until the server has taken the name that it gave.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Frame } from '../../../lib/wire/frames.js';
import { tell } from '../../../tracer/join/index.js';
import { building } from './traces.js';

const test = suite('a client’s name');
const AT = 'tcp://127.0.0.1:4000';

type Prompted = Extract<Frame, { type: 'PROMPT' }>['question'];
const prompt = (question: Prompted): Frame => ({ type: 'PROMPT', id: 1, question, text: '', options: [] });
const answer = (question: Prompted, value: string): Frame => ({ type: 'ANSWER', id: 1, question, value });
const refused: Frame = { type: 'REJECTED', code: 'bad-name', question: 'name', id: 1, text: 'No.' };
const joined: Frame = { type: 'JOINED', group: '1', name: 'Ada', members: 1, nextSequence: 1, token: new Uint8Array(0), resumed: 'no' };

/** The name of the client in what a server has seen; a text is a line of the plain-text door. */
function nameAfter(...said: readonly (readonly ['up' | 'down', Frame | string])[]): string | undefined {
  const b = building();
  b.actor('server', 'server');
  b.state(10, 'server', 'c', 'accepted', { local: AT, remote: 'tcp://127.0.0.1:50000' });
  for (const [i, [way, what]] of said.entries()) {
    const direction = way === 'up' ? 'received' : 'sent';
    if (typeof what === 'string') b.line(20 + i, 'server', 'c', direction, what);
    else b.frame(20 + i, 'server', 'c', direction, what);
  }
  return tell(b.trace).actors.find(({ role }) => role === 'client')?.name;
}

test('a name is the client’s once the server asks for something else', () => {
  assert.is(nameAfter(['down', prompt('name')], ['up', answer('name', 'Ada')]), 'client 1');
  for (const next of ['group', 'password'] as const)
    assert.is(nameAfter(['down', prompt('name')], ['up', answer('name', 'Ada')], ['down', prompt(next)]), 'Ada');
});

test('one that is refused, empty or not, never is', () => {
  for (const name of ['', 'x'.repeat(40)]) {
    const first = [
      ['down', prompt('name')],
      ['up', answer('name', name)],
      ['down', refused],
      ['down', prompt('name')],
    ] as const;
    assert.is(nameAfter(...first), 'client 1');
    assert.is(nameAfter(...first, ['up', answer('name', 'Ada')], ['down', prompt('group')]), 'Ada');
  }
});

test('answers that were sent ahead are taken likewise, and JOINED has the last word', () => {
  const ahead = [
    ['up', answer('menu', '1')],
    ['up', answer('name', 'ada')],
    ['up', answer('group', '1')],
  ] as const;
  const asked = [
    ['down', prompt('menu')],
    ['down', prompt('name')],
  ] as const;
  assert.is(nameAfter(...ahead, ...asked), 'client 1');
  assert.is(nameAfter(...ahead, ...asked, ['down', prompt('group')]), 'ada');
  assert.is(nameAfter(...ahead, ...asked, ['down', prompt('group')], ['down', joined]), 'Ada');
});

test('at the plain-text door the same', () => {
  const ask = ['down', 'Enter your name:'] as const;
  assert.is(nameAfter(ask, ['up', 'Ada']), 'client 1');
  assert.is(nameAfter(ask, ['up', 'Ada'], ['down', 'Enter group ID:']), 'Ada');
  assert.is(nameAfter(ask, ['up', ''], ['down', 'A name has 1 to 32 characters.'], ask), 'client 1');
  assert.is(nameAfter(ask, ['up', 'Ada'], ['down', 'Somebody has that name.'], ask, ['up', 'Eve'], ['down', 'Enter password:']), 'Eve');
  assert.is(nameAfter(['up', 'Ada'], ['down', 'Enter group ID:']), 'client 1');
});

test.run();
