/*
 * The server's session: the cases of server-cases/, which together take every way of the table, and the
 * rules that hold beside them.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FAREWELLS, REFUSALS } from '../../../lib/session/questions.js';
import { nextServerState, SERVER_STATES, type ServerSessionEvent, type ServerState } from '../../../lib/session/server-states.js';
import type { SessionOutput } from '../../../lib/session/session-requests.js';
import { ProtocolError, type ProtocolErrorCode } from '../../../lib/wire/protocol-error.js';
import type { ClientInput } from '../../../lib/wire/saying.js';
import { busy, hello, input, line, newSession, play, start, wrong } from './dialogue.js';
import { CASES } from './server-cases/index.js';

const taken = new Set<string>();

for (const { name, framed, script } of CASES) {
  test(name, () => {
    const outcome = play(
      newSession(framed, (transition) => taken.add(transition)),
      script,
    );
    assert.equal(
      outcome,
      script.map(([, ...expected]) => expected),
    );
  });
}

test('the cases above take every way of the table', () => {
  const states = Object.keys(SERVER_STATES) as ServerState[];
  const ways = states.flatMap((from) =>
    ([...Object.keys(SERVER_STATES[from].on), 'bye'] as ServerSessionEvent[]).flatMap((event) => {
      const to = nextServerState(from, event);
      return to ? [`${from} --${event}--> ${to}`] : [];
    }),
  );
  assert.equal([...taken].sort(), ways.sort());
});

const mistakes: readonly (readonly [name: string, said: readonly ClientInput[], code: ProtocolErrorCode])[] = [
  ['an answer before HELLO', [{ type: 'ANSWER', id: 1, question: 'menu', value: '1' }], 'unexpected'],
  ['PING before HELLO', [{ type: 'PING', token: 1 }], 'unexpected'],
  ['LEAVE before HELLO', [{ type: 'LEAVE' }], 'unexpected'],
  ['HELLO twice', [hello(), hello()], 'unexpected'],
  ['another magic', [hello({ magic: 0x47455420 })], 'wrong-magic'],
  ['another version', [hello({ version: 2 })], 'wrong-version'],
];

for (const [name, said, code] of mistakes) {
  test(`${name} breaks the protocol: ${code}`, () => {
    const session = newSession(true);
    session.start();
    for (const each of said.slice(0, -1)) session.receive(each);
    assert.throws(
      () => session.receive(said.at(-1) as ClientInput),
      (error: unknown) => error instanceof ProtocolError && error.code === code,
    );
    assert.equal(session.close('protocol-error').at(-1), { do: 'end', code: 'protocol-error' });
  });
}

const texts = (outputs: readonly SessionOutput[]) =>
  outputs.flatMap((output) => (output.do === 'send' && 'text' in output.saying ? [output.saying.text] : []));

test('the questions are the assignment’s, letter by letter', () => {
  const session = newSession();
  const menu = session.start()[0];
  assert.equal(menu?.do === 'send' && menu.saying, {
    ...{ type: 'PROMPT', id: 1, question: 'menu', text: 'Hello client, please choose an option:' },
    options: ['Connect to a group chat.', 'Create a group chat.', 'Exit the server.'],
  });
  assert.equal(
    ['1', 'Bar', '8888'].map((value) => texts(line(value)(session))),
    [['Enter your name:'], ['Enter group ID:'], ['Enter password:']],
  );
});

test('a refusal tells its reason: the rule’s, the server’s own, or the one that was given', () => {
  const session = newSession();
  play(session, [[start], [line('1')]]);
  assert.is(texts(line('')(session))[0], 'A name cannot be empty.');
  play(session, [[line('Bar')], [line('8888')], [line('x')]]);
  assert.is(texts(wrong(session))[0], REFUSALS['wrong-credentials']);
  play(session, [[line('8888')], [line('x')]]);
  assert.is(texts(busy(session))[0], 'The server is busy.');
});

test('a farewell has its standard words, or those that were given, and advice when to come back', () => {
  const bye = (...args: Parameters<ReturnType<typeof newSession>['close']>) => {
    const output = newSession().close(...args)[0];
    return output?.do === 'send' && output.saying;
  };
  assert.equal(bye('timeout'), { type: 'BYE', code: 'timeout', text: FAREWELLS.timeout, retryAfterMs: 0 });
  assert.equal(bye('shutting-down', 'Soon back.', 2000), { type: 'BYE', code: 'shutting-down', text: 'Soon back.', retryAfterMs: 2000 });
});

test('what is asked and whether it waits can be seen from outside', () => {
  const session = newSession();
  const seen = () => [session.state, session.asked?.question, session.waits, session.name];
  assert.equal(seen(), ['menu', undefined, false, '']);
  play(session, [[start], [line('1')], [line(' Bar ')]]);
  assert.equal(seen(), ['joinGroup', 'group', false, 'Bar']);
  play(session, [[line('8888')], [line('1234')]]);
  assert.equal(seen(), ['verifying', undefined, true, 'Bar']);
});

test('the number of wrong answers is an option', () => {
  const session = newSession(false, undefined, 1);
  assert.equal(play(session, [[start], [input({ type: 'UNREADABLE', code: 'bad-utf8' })]])[1], [
    'REJECTED bad-utf8 menu 1',
    'BYE too-many-attempts',
    'end too-many-attempts',
  ]);
});

test.run();
