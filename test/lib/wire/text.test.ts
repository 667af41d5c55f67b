/*
 * The plain-text door's language: what a line means while this or that is asked, what each frame reads like,
 * and that no text of one person's can pass for a line of another's.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ByteWriter } from '../../../lib/wire/bytes.js';
import type { Question } from '../../../lib/wire/frames.js';
import type { ClientInput, ServerSaying } from '../../../lib/wire/saying.js';
import { lineToInput, textLines, writeText } from '../../../lib/wire/text.js';
import { arbitraryFrame, frameTypes } from './arbitrary-frames.js';

const means = (text: string, question?: Question): ClientInput | undefined => lineToInput({ text }, question && { id: 7, question }, 3);
const answer = (question: Question, value: string): ClientInput => ({ type: 'ANSWER', id: 7, question, value });
const say = (text: string): ClientInput => ({ type: 'SAY', id: 3, text });

const meanings: readonly (readonly [line: string, asked: Question | undefined, expected: ClientInput | undefined])[] = [
  ['1', 'menu', answer('menu', '1')],
  ['', 'menu', answer('menu', '')],
  ['Bar', 'name', answer('name', 'Bar')],
  [' Bar ', 'name', answer('name', ' Bar ')],
  ['8888', 'group', answer('group', '8888')],
  ['', 'password', answer('password', '')],
  ['/quit', 'menu', { type: 'BYE', code: 'exit', text: '', retryAfterMs: 0 }],
  ['/help', 'menu', { type: 'HELP' }],
  ['/leave', 'menu', { type: 'LEAVE' }],
  // one can leave the questions
  ['/quit', 'name', { type: 'BYE', code: 'exit', text: '', retryAfterMs: 0 }],
  ['/leave ', 'name', { type: 'LEAVE' }],
  ['/leave', 'group', { type: 'LEAVE' }],
  ['/quit', 'group', { type: 'BYE', code: 'exit', text: '', retryAfterMs: 0 }],
  // but a password may begin with a slash, and so may a name
  ['/quit', 'password', answer('password', '/quit')],
  ['/leave', 'password', answer('password', '/leave')],
  ['//who', 'password', answer('password', '//who')],
  ['/leaves', 'name', answer('name', '/leaves')],
  ['/help', 'group', answer('group', '/help')],
  ['Hi friends', undefined, say('Hi friends')],
  [' ', undefined, say(' ')],
  ['', undefined, undefined],
  ['/who', undefined, { type: 'WHO' }],
  ['/who  ', undefined, { type: 'WHO' }],
  ['/leave', undefined, { type: 'LEAVE' }],
  ['/help', undefined, { type: 'HELP' }],
  ['//leave', undefined, say('/leave')],
  ['///', undefined, say('//')],
  [' /who', undefined, say(' /who')],
  ['/', undefined, { type: 'UNKNOWN_COMMAND', command: '/' }],
  ['/whom', undefined, { type: 'UNKNOWN_COMMAND', command: '/whom' }],
  ['/WHO', undefined, { type: 'UNKNOWN_COMMAND', command: '/WHO' }],
  [`/${'x'.repeat(99)}`, undefined, { type: 'UNKNOWN_COMMAND', command: `/${'x'.repeat(31)}` }],
  ['/a\u001b[2J', undefined, { type: 'UNKNOWN_COMMAND', command: '/a␛[2J' }],
];

for (const [line, asked, expected] of meanings) {
  test(`${JSON.stringify(line.slice(0, 40))} while ${asked ?? 'nothing'} is asked`, () => assert.equal(means(line, asked), expected));
}

test('an unreadable line is told as one, whatever is asked', () => {
  for (const question of [undefined, 'menu', 'password'] as const) {
    assert.equal(lineToInput({ unreadable: 'bad-utf8' }, question && { id: 7, question }, 1), { type: 'UNREADABLE', code: 'bad-utf8' });
  }
});

const sayings: readonly (readonly [saying: ServerSaying, lines: readonly string[]])[] = [
  [
    { type: 'PROMPT', id: 1, question: 'menu', text: 'Hello client, please choose an option:', options: ['Connect.', 'Create.'] },
    ['Hello client, please choose an option:', '1. Connect.', '2. Create.'],
  ],
  [{ type: 'PROMPT', id: 2, question: 'name', text: 'Enter your name:', options: [] }, ['Enter your name:']],
  [{ type: 'REJECTED', code: 'bad-name', question: 'name', id: 2, text: 'A name cannot be empty.' }, ['A name cannot be empty.']],
  [{ type: 'CREATED', group: '8888' }, ['Your new group chat is #8888']],
  [
    { type: 'JOINED', group: '8888', name: 'Bar', members: 3, nextSequence: 1, token: new Uint8Array(0), resumed: 'no' },
    ["You're connected to group chat #8888"],
  ],
  [{ type: 'MESSAGE', sequence: 1, time: 0, sender: 'client12', text: 'Hello, how are you?' }, ['client12: Hello, how are you?']],
  [{ type: 'MESSAGE', sequence: 1, time: 0, sender: 'a', text: 'one\nb: two\r\n\nthree' }, ['a: one\n  | b: two\n  | \n  | three']],
  [
    {
      type: 'PRESENCE',
      changes: [
        { what: 'joined', name: 'Bar' },
        { what: 'lost', name: 'Foo' },
      ],
    },
    ['* Bar joined the group', '* Foo lost the connection'],
  ],
  [
    {
      type: 'MEMBERS',
      members: [
        { name: 'Bar', here: 'yes' },
        { name: 'Foo', here: 'no' },
      ],
      last: 'yes',
    },
    ['  Bar', '  Foo (away: connection lost)'],
  ],
  [{ type: 'BYE', code: 'exit', text: 'Goodbye.', retryAfterMs: 0 }, ['Goodbye.']],
  [{ type: 'ACCEPTED', id: 1, sequence: 1 }, []],
  [{ type: 'PING', token: 1 }, []],
  [{ type: 'PONG', token: 1 }, []],
];

for (const [saying, lines] of sayings) {
  test(`${saying.type} reads ${JSON.stringify(lines.join(' / ')).slice(0, 50)}`, () => assert.equal(textLines(saying), lines));
}

test('/help tells the commands', () => {
  const help = textLines({ type: 'HELP' }).join('\n');
  for (const command of ['/who', '/leave', '/quit', '//']) assert.match(help, command);
});

/** What goes over the wire, as lines. */
function wireLines(saying: ServerSaying): string[] {
  const writer = new ByteWriter();
  writeText(writer, saying);
  const text = new TextDecoder().decode(writer.written());
  if (text === '') return [];
  assert.is(text.at(-1), '\n');
  return text.slice(0, -1).split('\n');
}

test('what is written is the lines, each with its line feed', () => {
  fc.assert(
    fc.property(fc.oneof(...frameTypes('server').map(arbitraryFrame)), (frame) => {
      const saying = frame as ServerSaying;
      assert.equal(
        wireLines(saying),
        textLines(saying).flatMap((lines) => lines.split('\n')),
      );
    }),
  );
});

test('no frame makes a terminal do anything', () => {
  fc.assert(
    fc.property(fc.oneof(...frameTypes('server').map(arbitraryFrame)), (frame) => {
      assert.not.match(wireLines(frame as ServerSaying).join(''), /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
    }),
  );
});

test('every line of a message after the first is indented, whoever says whatever', () => {
  const breaks = fc.string({
    unit: fc.oneof(fc.constantFrom('\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\v', ': '), fc.string({ maxLength: 1 })),
  });
  fc.assert(
    fc.property(breaks, breaks, (sender, text) => {
      const [first, ...further] = wireLines({ type: 'MESSAGE', sequence: 1, time: 0, sender, text });
      assert.ok(first?.includes(': '));
      for (const line of further) assert.ok(line.startsWith('  | '), line);
    }),
  );
});

test('nothing but a message takes more lines than it has parts', () => {
  fc.assert(
    fc.property(fc.oneof(...frameTypes('server').map(arbitraryFrame)), (frame) => {
      const lines = wireLines(frame as ServerSaying).length;
      switch (frame.type) {
        case 'MESSAGE':
          return;
        case 'PROMPT':
          return assert.is(lines, 1 + frame.options.length);
        case 'PRESENCE':
          return assert.is(lines, frame.changes.length);
        case 'MEMBERS':
          return assert.is(lines, frame.members.length);
        default:
          return assert.ok(lines <= 1);
      }
    }),
  );
});

test.run();
