/*
 * A lost connection loses nothing and doubles nothing: the client's bookkeeping for the next connection, and
 * conversations whose connection breaks anywhere.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ClientEvent, ClientSession, type Resume } from '../../../lib/session/client-session.js';
import { encodeFrame } from '../../../lib/wire/encode.js';
import type { Frame, FrameOf } from '../../../lib/wire/frames.js';
import { decodeAll } from '../wire/arbitrary-frames.js';
import { joinedFrame } from './dialogue.js';
import { exchange, Lobby, LobbyLine } from './lobby.js';

const TOKEN = Uint8Array.of(1, 2, 3);
const prompt = (id: number): Frame => ({ type: 'PROMPT', id, question: 'menu', text: '', options: [] });
const joined = (changes: Partial<FrameOf<'JOINED'>> = {}): Frame => ({ ...joinedFrame('8888', 'Bar'), token: TOKEN, ...changes });
const message = (sequence: number): Frame => ({ type: 'MESSAGE', sequence, time: 0, sender: 'Foo', text: 'x' });
const accepted = (id: number, sequence: number): Frame => ({ type: 'ACCEPTED', id, sequence });
const UNKNOWN: Frame = { type: 'REJECTED', code: 'unknown-session', question: 'none', id: 0, text: '' };

function session(resume: Resume | undefined, ...frames: readonly Frame[]): ClientSession {
  const client = new ClientSession(0, { resume });
  for (const frame of frames) [...client.receive(encodeFrame(frame), 0)];
  return client;
}
const sends = (client: ClientSession) => decodeAll('client', [client.takeBytes() ?? new Uint8Array(0)]).frames;
const says = (client: ClientSession) => sends(client).flatMap((frame) => (frame.type === 'SAY' ? [`${frame.id} ${frame.text}`] : []));
/** A member that has said one, two and three, of which the server has accepted the first. */
function lostMember(): ClientSession {
  const client = session(undefined, prompt(1), joined({ nextSequence: 7 }), message(7));
  for (const text of ['one', 'two', 'three']) client.say(text);
  sends(client);
  [...client.receive(encodeFrame(accepted(1, 8)), 0)];
  return client;
}

test('there is nothing to go back to before a group, and after it', () => {
  assert.is(session(undefined).resume, undefined);
  assert.is(session(undefined, prompt(1)).resume, undefined);
  assert.is(session(undefined, prompt(1), joined(), prompt(2)).resume, undefined, 'the menu: the seat was given up');
});

test('a lost member knows its token, the last number it heard of, and what was not accepted', () => {
  const { resume } = lostMember();
  assert.equal(resume, {
    ...{ token: TOKEN, lastSequence: 8, nextMessageId: 4 },
    unaccepted: [
      { id: 2, text: 'two' },
      { id: 3, text: 'three' },
    ],
  });
});

test('a new member has heard of everything before it', () => {
  assert.is(session(undefined, prompt(1), joined({ nextSequence: 7 })).resume?.lastSequence, 6);
});

test('the next connection says HELLO with the token', () => {
  assert.equal(sends(session(lostMember().resume)), [{ type: 'HELLO', magic: 0x43484154, version: 1, token: TOKEN, lastSequence: 8 }]);
});

test('the menu that every connection begins with gives nothing up', () => {
  const client = session(lostMember().resume, prompt(1));
  assert.is(client.resume?.unaccepted.length, 2);
  assert.equal(says(client), []);
});

test('nor is it asked, until the seat turns out to be gone', () => {
  const client = session(lostMember().resume, prompt(1));
  assert.is(client.asked, undefined);
  client.leave();
  [...client.receive(encodeFrame(UNKNOWN), 0), ...client.receive(encodeFrame(prompt(2)), 0)];
  assert.is(client.asked?.id, 2);
  assert.equal(
    sends(client).map(({ type }) => type),
    ['HELLO'],
    'it is at the menu: there is nothing left to leave',
  );
});

for (const resumed of ['whole', 'gap'] as const) {
  test(`resumed ${resumed}: what was not accepted is said again, then what is new`, () => {
    const client = session(lostMember().resume, prompt(1), joined({ resumed, nextSequence: 20 }));
    client.say('four');
    assert.equal(says(client), ['2 two', '3 three', '4 four']);
    assert.is(client.resume?.lastSequence, 8, 'what was missed is still to come');
  });
}

test('lost again before anything was accepted: the same once more', () => {
  const second = session(lostMember().resume, prompt(1), joined({ resumed: 'whole' }));
  assert.equal(says(second), ['2 two', '3 three']);
  [...second.receive(encodeFrame(accepted(2, 9)), 0)];
  assert.equal(says(session(second.resume, prompt(1), joined({ resumed: 'whole' }))), ['3 three']);
});

test('in a new group nothing is said again, and IDs begin anew', () => {
  const client = session(lostMember().resume, prompt(1), joined({ resumed: 'no', nextSequence: 1 }));
  assert.is(client.say('hi'), 1);
  assert.equal(says(client), ['1 hi']);
});

test('a server that does not know the session ends it', () => {
  const client = session(lostMember().resume, prompt(1), UNKNOWN, prompt(2));
  assert.is(client.resume, undefined);
  assert.is(client.asked?.id, 2);
});

/** What happens: somebody says something, the connection breaks, or bytes travel (a part of those on their way). */
interface Happening {
  readonly what: 'I say' | 'another says' | 'break' | 'up' | 'down';
  readonly part: number;
}

const happening: fc.Arbitrary<Happening> = fc.record(
  {
    what: fc.constantFrom('I say', 'another says', 'break', 'up', 'up', 'up', 'down', 'down', 'down'),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  },
  { noNullPrototype: true },
);

/** A member over one connection after another; `up` and `down` are the bytes on their way. */
class Travels {
  readonly lobby = new Lobby();
  readonly said: string[] = [];
  readonly heard: number[] = [];
  client = new ClientSession(0);
  #line = new LobbyLine(this.lobby);
  #up: number[] = [];
  #down: number[] = [];

  constructor() {
    exchange(this.client, this.#line);
    this.client.answer(
      { question: 'menu', value: '1' },
      { question: 'name', value: 'Bar' },
      { question: 'group', value: '8888' },
      { question: 'password', value: '1234' },
    );
    exchange(this.client, this.#line);
  }

  /** The connection breaks, and another one begins. */
  reconnect(): void {
    this.#line = new LobbyLine(this.lobby);
    this.client = new ClientSession(0, { resume: this.client.resume });
    this.#up = [];
    this.#down = [];
  }

  happens({ what, part }: Happening): void {
    const cut = (bytes: number[]) => Uint8Array.from(bytes.splice(0, Math.ceil(part * bytes.length)));
    switch (what) {
      case 'I say':
        this.said.push(`mine ${this.said.length}`);
        this.client.say(`mine ${this.said.length - 1}`);
        return;
      case 'another says':
        return this.lobby.say('theirs');
      case 'break':
        return this.reconnect();
      case 'up':
        this.#up.push(...(this.client.takeBytes() ?? []));
        return this.#line.receive(cut(this.#up));
      case 'down':
        this.#down.push(...this.#line.takeBytes());
        return this.#hear([...this.client.receive(cut(this.#down), 0)]);
    }
  }

  /** A last connection that holds until all is told. */
  arrive(): void {
    this.reconnect();
    this.#hear(exchange(this.client, this.#line));
  }

  #hear(events: readonly ClientEvent[]): void {
    for (const event of events) if (event.type === 'MESSAGE') this.heard.push(event.sequence);
  }
}

test('wherever the connection breaks, everything is told once and in order', () => {
  fc.assert(
    fc.property(fc.array(happening, { size: 'max', maxLength: 80 }), (happenings) => {
      const travels = new Travels();
      for (const each of happenings) travels.happens(each);
      travels.arrive();
      const { lobby, said, heard, client } = travels;
      const mine = lobby.log.filter(({ sender }) => sender === 'Bar');
      const theirs = lobby.log.filter(({ sender }) => sender !== 'Bar');
      assert.equal(
        mine.map(({ text }) => text),
        said,
      );
      assert.equal(
        heard,
        theirs.map(({ sequence }) => sequence),
      );
      assert.equal(client.resume?.unaccepted, []);
    }),
    { numRuns: 500 },
  );
});

test.run();
