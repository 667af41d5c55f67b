/*
 * The server's session under whatever a client may say, in any order: it never asks its table for a way that
 * is not there, its questions count up, and it says goodbye once.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ServerSession } from '../../../lib/session/server-session.js';
import type { ServerState } from '../../../lib/session/server-states.js';
import type { SessionAnswer, SessionOutput } from '../../../lib/session/session-requests.js';
import type { ByeCode } from '../../../lib/wire/frames.js';
import { ProtocolError } from '../../../lib/wire/protocol-error.js';
import type { ClientInput } from '../../../lib/wire/saying.js';
import { anyFrame } from '../wire/arbitrary-frames.js';
import { hello, joinedFrame, newSession } from './dialogue.js';

/** What the server may find out in each state in which a session waits. */
const FINDINGS: Partial<Record<ServerState, readonly SessionAnswer[]>> = {
  verifying: [{ type: 'verified' }, refused('wrong-credentials', true), refused('try-later', true), refused('try-later', false)],
  creating: [{ type: 'created', group: '8888' }, refused('too-many-groups', false), refused('try-later', false)],
  entering: [{ type: 'joined', frame: joinedFrame('8888', 'Bar') }, { type: 'name-taken' }, refused('wrong-credentials', false)],
  resuming: [{ type: 'joined', frame: joinedFrame('8888', 'Bar', 'gap') }, { type: 'unknown-session' }],
};

function refused(code: 'wrong-credentials' | 'try-later' | 'too-many-groups', counts: boolean): SessionAnswer {
  return { type: 'refused', code, counts };
}

/** One thing that happens: a client says something, answers what is asked, or the server closes. */
type Happening =
  | { readonly what: 'says'; readonly input: ClientInput }
  | { readonly what: 'answers'; readonly value: string }
  | { readonly what: 'closes'; readonly code: ByeCode };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom('1', '2', 'Bar', 'x', '8888').map((value): Happening => ({ what: 'answers', value })),
  },
  { weight: 1, arbitrary: fc.constantFrom('3', '', '\u001b').map((value): Happening => ({ what: 'answers', value })) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom<ClientInput>(
        { type: 'LEAVE' },
        { type: 'WHO' },
        { type: 'SAY', id: 1, text: 'hi' },
        { type: 'HELP' },
        { type: 'UNKNOWN_COMMAND', command: '/x' },
        { type: 'UNREADABLE', code: 'line-too-long' },
        { type: 'PING', token: 1 },
      )
      .map((input): Happening => ({ what: 'says', input })),
  },
  { weight: 1, arbitrary: anyFrame('client').map((frame): Happening => ({ what: 'says', input: frame as ClientInput })) },
  { weight: 1, arbitrary: fc.constantFrom<ByeCode>('timeout', 'shutting-down').map((code): Happening => ({ what: 'closes', code })) },
);

/** A whole life: how it begins, what happens, and what the server finds out when it has to. */
const life = fc.record({
  greets: fc.constantFrom<'text' | 'hello' | 'token' | 'silent'>('text', 'text', 'hello', 'token', 'silent'),
  happenings: fc.array(happening, { maxLength: 60, size: 'max' }),
  findings: fc.infiniteStream(fc.nat()),
  maxWrongAnswers: fc.constantFrom(3, 1000),
});

type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

/** Lives it; gives all outputs, and the states that were passed. */
function live({ greets, happenings, findings, maxWrongAnswers }: Life): { outputs: SessionOutput[]; states: Set<ServerState> } {
  const states = new Set<ServerState>();
  const session = newSession(greets !== 'text', undefined, maxWrongAnswers);
  const outputs = [...session.start()];
  if (greets === 'hello') outputs.push(...session.receive(hello()));
  if (greets === 'token') outputs.push(...session.receive(hello({ token: Uint8Array.of(1) })));
  for (const each of happenings) {
    states.add(session.state);
    if (each.what === 'closes') outputs.push(...session.close(each.code));
    else if (session.waits) outputs.push(...settled(session, findings.next().value as number));
    else outputs.push(...spoken(session, each));
  }
  return { outputs, states };
}

function settled(session: ServerSession, choice: number): SessionOutput[] {
  const findings = FINDINGS[session.state] ?? [];
  return session.settle(findings[choice % findings.length] as SessionAnswer);
}

function spoken(session: ServerSession, said: Exclude<Happening, { what: 'closes' }>): SessionOutput[] {
  const answer = session.asked && ({ type: 'ANSWER', ...session.asked, value: said.what === 'answers' ? said.value : '' } as const);
  const input = said.what === 'says' ? said.input : answer;
  if (!input) return [];
  try {
    return session.receive(input);
  } catch (error) {
    assert.instance(error, ProtocolError, `${String(error)}`);
    return session.close('protocol-error');
  }
}

const sent = (outputs: readonly SessionOutput[]) => outputs.flatMap((output) => (output.do === 'send' ? [output.saying] : []));

test('whatever happens, there are outputs or a ProtocolError', () => {
  const passed = new Set<ServerState>();
  fc.assert(
    fc.property(life, (each) => {
      for (const state of live(each).states) passed.add(state);
    }),
    { numRuns: 2000 },
  );
  assert.is(passed.size, 14, `only ${[...passed].join(', ')}: the lives are too dull`);
});

test('questions count up from 1', () => {
  fc.assert(
    fc.property(life, (each) => {
      const ids = sent(live(each).outputs).flatMap((saying) => (saying.type === 'PROMPT' ? [saying.id] : []));
      assert.equal(
        ids,
        ids.map((_, i) => i + 1),
      );
    }),
  );
});

test('BYE is said once and last, and then comes the end', () => {
  fc.assert(
    fc.property(life, (each) => {
      const { outputs } = live(each);
      const farewell = outputs.findIndex((output) => output.do === 'send' && output.saying.type === 'BYE');
      const ends = outputs.findIndex((output) => output.do === 'end');
      if (farewell < 0) return assert.is(ends, -1);
      assert.is(farewell, outputs.length - 2);
      assert.is(ends, outputs.length - 1);
    }),
  );
});

test('who is in a group leaves it once; nobody else says, asks or leaves anything', () => {
  fc.assert(
    fc.property(life, (each) => {
      let member = false;
      for (const output of live(each).outputs) {
        if (output.do === 'send' && output.saying.type === 'JOINED') member = true;
        else if (['say', 'who', 'leave'].includes(output.do)) assert.ok(member, output.do);
        if (output.do === 'leave') member = false;
        if (output.do === 'end') assert.not(member);
      }
    }),
  );
});

test.run();
