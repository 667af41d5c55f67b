/*
 * The plain-text door, masked: what the real session says to real scripts, typed at once or letter by letter, seen at the
 * server or where its answers come late. Only accepted answers and messages are shown, and nothing tells of the rest.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Piece, StreamWatch } from '../../../../tracer/redact/index.js';
import { arbitraryCuts, cutAt } from '../../../lib/wire/arbitrary-frames.js';
import { findings } from '../searched.js';
import { textServer } from './text-server.js';

const test = suite('text door');
const SECRET = 'hunter2';

interface Seen {
  readonly client: string;
  readonly server: string;
  readonly pieces: readonly Piece[];
}

/** Plays a script. `lateness` says for each chunk how many of the server's waiting answers are seen before it; nothing: all. */
function play(chunks: readonly (Uint8Array | 'end')[], lateness: readonly number[] = []): Seen {
  const watch = new StreamWatch();
  const server = textServer(SECRET);
  const pieces = { client: [] as Piece[], server: [] as Piece[] };
  const late: Uint8Array[] = server.take(new Uint8Array(0));
  const hear = (count: number) => {
    for (const chunk of late.splice(0, count)) pieces.server.push(watch.take('server', chunk));
  };
  chunks.forEach((chunk, i) => {
    hear(lateness[i] ?? late.length);
    pieces.client.push(chunk === 'end' ? watch.end('client') : watch.take('client', chunk));
    late.push(...server.take(chunk));
  });
  hear(late.length);
  watch.giveUp();
  const text = (side: readonly Piece[]) => {
    for (const piece of side) assert.ok(piece.settled);
    return Buffer.concat(side.flatMap(({ units }) => units.map(({ bytes }) => bytes))).toString();
  };
  return { client: text(pieces.client), server: text(pieces.server), pieces: [...pieces.client, ...pieces.server] };
}

const script = (text: string) => [new TextEncoder().encode(text)];

/** What the client says, and what may be seen of it. */
const scripts: readonly { readonly says: string; readonly typed: string; readonly shown: string }[] = [
  { says: 'option 1', typed: '1\nBar\n8888\nhunter2\nhi\n', shown: '1\nBar\n8888\n•••\nhi\n' },
  { says: 'option 2', typed: '2.\r\nBar\r\nhunter2\r\nhi\r\n', shown: '2.\r\nBar\r\n•••\nhi\r\n' },
  { says: 'option 3', typed: '3\n', shown: '3\n' },
  { says: 'the password instead of a choice', typed: 'hunter2\n1\nBar\n8888\nhunter2\n', shown: '•••\n1\nBar\n8888\n•••\n' },
  { says: 'the password instead of the name, then nothing', typed: '1\nhunter2\n', shown: '1\n•••\n' },
  { says: 'the password instead of the group', typed: '1\nBar\nhunter2\nhunter2\n8888\nhunter2\n', shown: '1\nBar\n•••\n•••\n8888\n•••\n' },
  { says: 'a refused name, so that what is pasted slips', typed: '1\nA:B\nBar\nhunter2\nx\n', shown: '1\n•••\n•••\n•••\n•••\n' },
  { says: 'a name that is taken', typed: '1\nTaken\n8888\nhunter2\nBar\nhi\n', shown: '1\n•••\n8888\n•••\nBar\nhi\n' },
  {
    says: 'no command with the password in it',
    typed: '/hunter2\n/help\n1\nBar\n8888\nhunter2\n',
    shown: '•••\n/help\n1\nBar\n8888\n•••\n',
  },
  { says: 'a message at the menu', typed: '//hunter2\n/quit\n1\n', shown: '•••\n/quit\n•••\n' },
  {
    says: 'out of the group and back, ahead of the server',
    typed: '1\nBar\n8888\nhunter2\nhi\n/leave\nhunter2\n2\nFoo\nhunter2\nho\n/quit\nhunter2\n',
    shown: '1\nBar\n8888\n•••\nhi\n/leave\n•••\n2\nFoo\n•••\nho\n/quit\n•••\n',
  },
  {
    says: 'out of the questions and back',
    typed: '1\nBar\n/leave\n1\nBar\n8888\nhunter2\nhi\n',
    shown: '1\n•••\n/leave\n1\nBar\n8888\n•••\nhi\n',
  },
  { says: 'goodbye at a question', typed: '1\nBar\n/quit\nhunter2\n', shown: '1\n•••\n/quit\n•••\n' },
  { says: 'too many wrong answers', typed: 'hunter2\nx\ny\nhunter2\n', shown: '•••\n•••\n•••\n•••\n' },
  { says: 'an answer without a line end', typed: '1\nBar\n8888\nhunter2', shown: '1\nBar\n8888\n•••\n' },
  {
    says: 'telnet negotiation between',
    typed: '\xff\xfd\x011\n\xff\xfa\x18hunter2\xff\xf0Bar\n8888\nhun\xff\xf1ter2\nhi\n',
    shown: '1\nBar\n8888\n•••\nhi\n',
  },
  { says: 'what is no UTF-8', typed: '1\nBar\n8888\nhunter2\n\xc3\x28\nhi\n', shown: '1\nBar\n8888\n•••\n•••\nhi\n' },
  { says: 'a line that is too long', typed: `1\nBar\n8888\nhunter2\n${'x'.repeat(20_000)}\nhi\n`, shown: '1\nBar\n8888\n•••\n•••\nhi\n' },
];

for (const { says, typed, shown } of scripts) {
  const bytes = Uint8Array.from(Buffer.from(typed, 'latin1'));

  test(`${says}: typed at once, and letter by letter`, () => {
    const whole = play([bytes, 'end']);
    assert.is(whole.client, shown);
    if (bytes.length < 1000) {
      const letters = play([...Array.from(bytes, (byte) => Uint8Array.of(byte)), 'end']);
      assert.is(letters.client, shown);
      assert.is(letters.server, whole.server);
      // a letter that decides nothing tells nothing, so that they cannot be counted
      assert.ok(letters.pieces.filter(({ units }) => units.length > 0).length <= shown.split('\n').length + whole.pieces.length);
      assert.equal(
        findings(
          letters.pieces.map(({ units }) => units),
          SECRET,
        ),
        [],
      );
    }
    assert.equal(
      findings(
        whole.pieces.map(({ units }) => units),
        SECRET,
      ),
      [],
    );
  });

  test(`${says}: cut anywhere, with answers as late as may be`, () => {
    fc.assert(
      fc.property(arbitraryCuts, fc.array(fc.nat(3), { maxLength: 14 }), (cuts, lateness) => {
        const seen = play([...cutAt(bytes, cuts), 'end'], lateness);
        assert.is(seen.client, shown);
        assert.equal(
          findings(
            seen.pieces.map(({ units }) => units),
            SECRET,
          ),
          [],
        );
      }),
      { numRuns: 40 },
    );
  });
}

test('any dialogue at all: the same masked stream however it is cut and however late the answers are', () => {
  const word = fc.constantFrom(
    '1',
    '2',
    '3',
    '',
    'Bar',
    'Taken',
    'A:B',
    '8888',
    SECRET,
    '/leave',
    '/who',
    '/help',
    '/nothing',
    '//x',
    '/quit',
    'hi',
  );
  const typed = fc.array(fc.tuple(word, fc.constantFrom('\n', '\r\n')), { maxLength: 14 }).map((lines) => lines.flat().join(''));
  fc.assert(
    fc.property(typed, arbitraryCuts, fc.array(fc.nat(3), { maxLength: 14 }), (text, cuts, lateness) => {
      const [bytes] = script(text) as [Uint8Array];
      const whole = play([bytes, 'end']);
      const cut = play([...cutAt(bytes, cuts), 'end'], lateness);
      assert.is(cut.client, whole.client);
      assert.is(cut.server, whole.server);
      assert.is(whole.client.split('\n').length, text.split('\n').length);
    }),
    { numRuns: 300 },
  );
});

test('before the server is heard nothing is said of the client, and if it never is, nothing at all', () => {
  const watch = new StreamWatch();
  const piece = watch.take('client', Buffer.from('hunter2\n'));
  assert.not(piece.settled);
  watch.giveUp();
  assert.ok(piece.settled);
  assert.equal(piece.units, []);
});

test('a member whose name is what the server says leads nobody anywhere', () => {
  const watch = new StreamWatch();
  const server = textServer(SECRET);
  for (const chunk of server.take(new Uint8Array(0))) watch.take('server', chunk);
  const say = (words: string) => {
    const piece = watch.take('client', Buffer.from(words));
    for (const chunk of server.take(Buffer.from(words))) watch.take('server', chunk);
    return Buffer.concat(piece.units.map(({ bytes }) => bytes)).toString();
  };
  say(`1\nBar\n8888\n${SECRET}\n`);
  for (const line of [
    "You're connected to group chat #8888: x",
    'Enter password: x',
    'Hello client, please choose an option: x',
    '  | Enter password:',
  ]) {
    watch.take('server', Buffer.from(`${line}\n`));
    assert.is(say('hi\n'), 'hi\n');
  }
  assert.is(say('/leave\n'), '/leave\n');
  assert.is(say('hi\n'), '•••\n');
});

test('a line waits until the server speaks', () => {
  const watch = new StreamWatch();
  const server = textServer(SECRET);
  for (const chunk of server.take(new Uint8Array(0))) watch.take('server', chunk);
  const choice = watch.take('client', Buffer.from('1\n'));
  assert.not(choice.settled);
  for (const chunk of server.take(Buffer.from('1\n'))) watch.take('server', chunk);
  assert.ok(choice.settled);
  const name = watch.take('client', Buffer.from('Bar\n'));
  for (const chunk of server.take(Buffer.from('Bar\n'))) watch.take('server', chunk);
  assert.not(name.settled, 'a name may be anything until it is in a group');
});

test.run();
