/*
 * The client's session: every frame in every state, what it sends of itself, and whole conversations with
 * the server's session, however the network cuts them.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ClientEvent, ClientSession, DEAD_AFTER_MS, MAX_UNACCEPTED, PING_AFTER_MS } from '../../../lib/session/client-session.js';
import { CLIENT_STATES, type ClientSessionState, nextClientState } from '../../../lib/session/client-states.js';
import { encodeFrame } from '../../../lib/wire/encode.js';
import type { Frame, FrameType, ServerFrame } from '../../../lib/wire/frames.js';
import { ProtocolError } from '../../../lib/wire/protocol-error.js';
import { arbitraryCuts, arbitraryFrame, decodeAll, frameTypes } from '../wire/arbitrary-frames.js';
import { joinedFrame } from './dialogue.js';
import { exchange, Lobby, LobbyLine } from './lobby.js';

const MENU: ServerFrame = { type: 'PROMPT', id: 1, question: 'menu', text: 'Hello client', options: [] };
const JOINED: ServerFrame = { ...joinedFrame('8888', 'Bar'), token: Uint8Array.of(1) };
const GOODBYE: ServerFrame = { type: 'BYE', code: 'exit', text: '', retryAfterMs: 0 };
const WAYS: Record<ClientSessionState, readonly ServerFrame[]> = {
  opening: [],
  asked: [MENU],
  chatting: [MENU, JOINED],
  closed: [GOODBYE],
};

const feed = (client: ClientSession, ...frames: readonly Frame[]): ClientEvent[] =>
  frames.flatMap((frame) => [...client.receive(encodeFrame(frame), 0)]);
/** What it sends, in frames. */
const sends = (client: ClientSession): Frame[] => decodeAll('client', [client.takeBytes() ?? new Uint8Array(0)]).frames;
const names = (frames: readonly Frame[]) => frames.map((frame) => ('id' in frame ? `${frame.type} ${frame.id}` : frame.type));
/** A client in a state, HELLO sent. */
function clientIn(state: ClientSessionState): ClientSession {
  const client = new ClientSession(0);
  sends(client);
  feed(client, ...WAYS[state]);
  assert.is(client.state, state);
  return client;
}
const accepted = (id: number, sequence: number): Frame => ({ type: 'ACCEPTED', id, sequence });
const answers = (...values: string[]) =>
  values.map((value, i) => ({ question: (['menu', 'name', 'group', 'password'] as const)[i] ?? 'password', value }));

for (const state of Object.keys(CLIENT_STATES) as ClientSessionState[]) {
  for (const type of frameTypes('server') as ServerFrame['type'][]) {
    const next = nextClientState(state, type);
    test(`${type} in ${state}: ${next ?? 'a mistake of the server’s'}`, () => {
      const [frame] = fc.sample(arbitraryFrame(type as FrameType), { numRuns: 1, seed: 1 });
      const client = clientIn(state);
      if (next) {
        assert.equal(feed(client, frame as Frame), ['PING', 'PONG'].includes(type) ? [] : [frame]);
        assert.is(client.state, next);
      } else {
        assert.throws(
          () => feed(client, frame as Frame),
          (error: unknown) => error instanceof ProtocolError && error.code === 'unexpected',
        );
      }
    });
  }
}

test('every state of the table is reached, and leads only to others of it', () => {
  const states = Object.keys(CLIENT_STATES);
  const targets = Object.values(CLIENT_STATES).flatMap(({ on }) => Object.values(on));
  assert.equal([...new Set(['opening', ...targets])].sort(), states.sort());
});

test('it begins with HELLO, without a token', () => {
  assert.equal(sends(new ClientSession(0)), [{ type: 'HELLO', magic: 0x43484154, version: 1, token: new Uint8Array(0), lastSequence: 0 }]);
});

test('answers are sent ahead under the IDs that their questions will have', () => {
  const client = clientIn('opening');
  feed(client, { ...MENU, id: 5 });
  client.answer(...answers('1', 'Bar', '8888', '1234'));
  assert.equal(
    sends(client).map((frame) => frame.type === 'ANSWER' && `${frame.id} ${frame.question} ${frame.value}`),
    ['5 menu 1', '6 name Bar', '7 group 8888', '8 password 1234'],
  );
});

test('nothing can be answered where nothing is asked', () => {
  for (const state of ['opening', 'chatting', 'closed'] as const) {
    assert.is(clientIn(state).asked, undefined);
    assert.throws(
      () => clientIn(state).answer(...answers('1')),
      (error: unknown) => error instanceof ProtocolError,
    );
  }
});

test('a PING gets its PONG', () => {
  const client = clientIn('chatting');
  feed(client, { type: 'PING', token: 77 });
  assert.equal(sends(client), [{ type: 'PONG', token: 77 }]);
});

test('LEAVE and BYE come after everything that was said, which keeps to what may be on its way at once', () => {
  for (const part of ['leave', 'bye'] as const) {
    const client = clientIn('chatting');
    for (let i = 0; i < MAX_UNACCEPTED + 2; i++) client.say('x');
    client[part]('');
    assert.is(names(sends(client)).at(-1), `SAY ${MAX_UNACCEPTED}`);
    feed(client, accepted(1, 1));
    assert.equal(names(sends(client)), [`SAY ${MAX_UNACCEPTED + 1}`]);
    feed(client, accepted(2, 2));
    assert.equal(names(sends(client)), [`SAY ${MAX_UNACCEPTED + 2}`, part === 'leave' ? 'LEAVE' : 'BYE']);
    feed(client, accepted(3, 3));
    assert.equal(sends(client), []);
  }
});

test('a BYE takes the place of a LEAVE that waits, and no LEAVE that of a BYE', () => {
  const client = clientIn('chatting');
  for (let i = 0; i < MAX_UNACCEPTED + 1; i++) client.say('x');
  client.leave();
  client.bye('');
  client.leave();
  sends(client);
  feed(client, accepted(1, 1));
  assert.equal(names(sends(client)), [`SAY ${MAX_UNACCEPTED + 1}`, 'BYE']);
});

test('what was answered is no longer asked, at once or ahead; what is asked after a refusal is', () => {
  const client = clientIn('asked');
  client.answer(...answers('1', ' ', '8888', '1234'));
  assert.is(client.asked, undefined);
  feed(client, { ...MENU, id: 2, question: 'name' });
  assert.is(client.asked, undefined, 'answered ahead');
  feed(client, { type: 'REJECTED', code: 'bad-name', question: 'name', id: 2, text: '' });
  feed(client, { ...MENU, id: 3, question: 'name' });
  assert.is(client.asked?.id, 3, 'what was sent ahead under this ID was meant for another question');
  feed(client, { ...MENU, id: 4, question: 'password' });
  assert.is(client.asked?.id, 4, 'the server has passed over what was sent ahead');
  client.leave();
  assert.is(client.asked, undefined, 'it is being left');
});

test('a LEAVE waits until it is known what came of an answer, and is not sent if that was the menu', () => {
  const client = clientIn('asked');
  client.answer(...answers('1'));
  client.leave();
  assert.equal(names(sends(client)), ['ANSWER 1']);
  feed(client, { ...MENU, id: 2, question: 'name' });
  assert.equal(names(sends(client)), ['LEAVE']);
  assert.is(client.asked, undefined);
  feed(client, { ...MENU, id: 3 });
  client.answer(...answers('7'));
  client.leave();
  feed(client, { type: 'REJECTED', code: 'bad-choice', question: 'menu', id: 3, text: '' }, { ...MENU, id: 4 });
  assert.equal(names(sends(client)), ['ANSWER 3']);
  assert.is(client.asked?.id, 4);
});

test('no more than so many messages are on their way at once', () => {
  const client = clientIn('chatting');
  for (let i = 0; i < MAX_UNACCEPTED + 3; i++) client.say('x');
  assert.is(sends(client).length, MAX_UNACCEPTED);
  assert.equal(sends(client), []);
  feed(client, accepted(1, 1), { type: 'REJECTED', code: 'bad-message', question: 'none', id: 2, text: '' });
  assert.equal(names(sends(client)), [`SAY ${MAX_UNACCEPTED + 1}`, `SAY ${MAX_UNACCEPTED + 2}`]);
});

test('what is said outside a group waits, and a new group starts afresh', () => {
  const client = clientIn('asked');
  client.say('too early');
  assert.equal(sends(client), []);
  feed(client, JOINED);
  assert.equal(sends(client), []);
  assert.is(client.say('now'), 1);
  assert.equal(names(sends(client)), ['SAY 1']);
});

test('after silence it pings, after more it gives up; any byte starts both anew', () => {
  const client = clientIn('chatting');
  assert.is(client.nextDeadline, PING_AFTER_MS);
  assert.not(client.timeout(PING_AFTER_MS - 1));
  assert.equal(sends(client), []);
  assert.not(client.timeout(PING_AFTER_MS));
  assert.is(sends(client)[0]?.type, 'PING');
  assert.is(client.nextDeadline, DEAD_AFTER_MS);
  assert.not(client.timeout(PING_AFTER_MS + 1));
  assert.equal(sends(client), [], 'one ping is enough');
  assert.not(client.timeout(DEAD_AFTER_MS - 1));
  assert.ok(client.timeout(DEAD_AFTER_MS));

  const revived = clientIn('chatting');
  revived.timeout(PING_AFTER_MS);
  sends(revived);
  [...revived.receive(encodeFrame({ type: 'PONG', token: 1 }).subarray(0, 1), 40_000)];
  assert.is(revived.nextDeadline, 40_000 + PING_AFTER_MS);
  revived.timeout(40_000 + PING_AFTER_MS);
  assert.is(sends(revived)[0]?.type, 'PING');
});

test('an observer sees every frame and every change of state', () => {
  const seen: string[] = [];
  const client = new ClientSession(0, {
    observer: {
      frame: (direction, frame) => seen.push(`${direction} ${frame.type}`),
      transition: (from, event, to) => seen.push(`${from} --${event}--> ${to}`),
    },
  });
  feed(client, MENU, { type: 'PING', token: 1 });
  assert.equal(seen, ['sent HELLO', 'received PROMPT', 'opening --PROMPT--> asked', 'received PING', 'sent PONG']);
});

/** A whole conversation, from HELLO to BYE; gives what the client was told. */
function conversation(cuts: readonly number[]): ClientEvent[] {
  const lobby = new Lobby();
  const line = new LobbyLine(lobby);
  const client = new ClientSession(0);
  const events = exchange(client, line, cuts);
  const does = (act: () => void) => {
    act();
    events.push(...exchange(client, line, cuts));
  };
  does(() => client.answer(...answers('1', 'Taken', '8888', 'wrong')));
  does(() => client.answer({ question: 'group', value: '8888' }, { question: 'password', value: '1234' }));
  does(() => client.answer({ question: 'name', value: 'Bar' }));
  does(() => client.say('Hi friends'));
  does(() => lobby.say('Welcome, new client.'));
  does(() => client.who());
  does(() => client.leave());
  does(() => client.answer(...answers('2', 'Bar')));
  does(() => client.answer({ question: 'password', value: 'x' }));
  does(() => client.bye(''));
  assert.ok(line.ended);
  return events;
}

const CONVERSATION = [
  ...['PROMPT 1', 'PROMPT 2', 'PROMPT 3', 'PROMPT 4', 'REJECTED 4', 'PROMPT 5', 'PROMPT 6', 'REJECTED 6', 'PROMPT 7', 'JOINED'],
  ...['ACCEPTED 1', 'MESSAGE', 'MEMBERS', 'PROMPT 8', 'PROMPT 9', 'PROMPT 10', 'CREATED', 'JOINED', 'BYE'],
];

test('client and server understand each other from HELLO to BYE', () => {
  assert.equal(names(conversation([])), CONVERSATION);
});

test('however the network cuts what they say', () => {
  fc.assert(fc.property(arbitraryCuts, (cuts) => assert.equal(conversation(cuts), conversation([]))));
});

test('and byte by byte', () => {
  const everywhere = Array.from({ length: 2000 }, (_, i) => i / 2000);
  assert.equal(names(conversation(everywhere)), CONVERSATION);
});

test('from wherever it leaves, it comes to a menu that can be answered', () => {
  const dialogues = [answers(), answers('7'), answers('1'), answers('1', ' ', '8888'), answers('1', 'Bar', '8888', 'wrong')];
  dialogues.push(answers('1', 'Taken', '8888', '1234'), answers('1', 'Bar', '8888', '1234'), answers('2', 'Bar'));
  for (const dialogue of dialogues) {
    const line = new LobbyLine(new Lobby());
    const client = new ClientSession(0);
    exchange(client, line, []);
    if (dialogue.length > 0) client.answer(...dialogue);
    client.leave();
    exchange(client, line, []);
    assert.is(client.asked?.question, 'menu', JSON.stringify(dialogue));
    client.answer(...answers('1', 'Bar', '8888', '1234'));
    exchange(client, line, []);
    assert.is(client.state, 'chatting', JSON.stringify(dialogue));
  }
});

test('what is said again carries the same words', () => {
  const client = clientIn('chatting');
  client.say('one');
  const [first] = sends(client);
  const again = new ClientSession(0, { resume: client.resume });
  sends(again);
  feed(again, MENU, { ...JOINED, resumed: 'whole' });
  assert.equal(sends(again), [first]);
});

test.run();
