/*
 * What comes out of turn: answers sent ahead, stale ones, and what members say.
 */
import { answer, type Case, input, line } from '../dialogue.js';
import { CHATTING, GREETED, JOIN_NAME, MENU, notUtf8, say, tooLong } from './ways.js';

/** Answers and messages sent before they were asked for. */
export const AHEAD: readonly Case[] = [
  {
    name: 'answers sent ahead, for their IDs count up',
    framed: true,
    script: [
      ...GREETED,
      [answer(1, 'menu', '1'), 'PROMPT 2 name'],
      [answer(2, 'name', 'Bar'), 'PROMPT 3 group'],
      [answer(3, 'group', '8888'), 'PROMPT 4 password'],
      [answer(4, 'password', '1234'), 'verify 8888 1234'],
    ],
  },
  {
    name: 'answers sent ahead of a refusal are stale, and cost nothing',
    framed: true,
    script: [
      ...GREETED,
      [answer(1, 'menu', '1'), 'PROMPT 2 name'],
      [answer(2, 'name', ''), 'REJECTED bad-name name 2', 'PROMPT 3 name'],
      [answer(3, 'group', '8888')],
      [answer(4, 'password', '1234')],
      [answer(3, 'name', 'Bar'), 'PROMPT 4 group'],
    ],
  },
  { name: 'an answer to an earlier question is stale', script: [...JOIN_NAME, [answer(1, 'menu', '2')], [line('Bar'), 'PROMPT 3 group']] },
  { name: 'an answer to a question not yet asked is stale', script: [...MENU, [answer(2, 'menu', '2')], [line('1'), 'PROMPT 2 name']] },
  { name: 'an answer where nothing is asked is stale', script: [...CHATTING, [answer(4, 'password', 'x')], [answer(5, 'menu', '1')]] },
  {
    name: 'SAY and WHO sent ahead of a join that failed',
    script: [
      ...JOIN_NAME,
      [say(9, 'hi'), 'REJECTED bad-message none 9'],
      [input({ type: 'WHO' }), 'REJECTED bad-message none 0'],
      [line('Bar'), 'PROMPT 3 group'],
    ],
  },
];

/** What a member may say, and what it may not. */
export const IN_THE_GROUP: readonly Case[] = [
  { name: 'SAY, WHO', script: [...CHATTING, [say(1, 'a\nb'), 'say 1 a\nb'], [input({ type: 'WHO' }), 'who']] },
  { name: 'an empty message', script: [...CHATTING, [say(5, ''), 'REJECTED bad-message none 5'], [say(6, 'x'), 'say 6 x']] },
  {
    name: 'messages that are too long are refused and never counted',
    script: [...CHATTING, ...[1, 2, 3, 4].map((id) => [say(id, 'x'.repeat(4001)), `REJECTED bad-message none ${id}`] as const)],
  },
  {
    name: 'unreadable lines are refused and never counted',
    script: [
      ...CHATTING,
      ...[1, 2, 3, 4].map(() => [tooLong, 'REJECTED line-too-long none 0'] as const),
      [notUtf8, 'REJECTED bad-utf8 none 0'],
    ],
  },
  {
    name: 'PING gets its PONG, PONG nothing',
    script: [...CHATTING, [input({ type: 'PING', token: 99 }), 'PONG 99'], [input({ type: 'PONG', token: 99 })]],
  },
  { name: 'PING in the dialogue, too', script: [...JOIN_NAME, [input({ type: 'PING', token: 1 }), 'PONG 1']] },
  {
    name: 'help, and a command that does not exist',
    script: [
      ...CHATTING,
      [input({ type: 'HELP' }), 'HELP'],
      [input({ type: 'UNKNOWN_COMMAND', command: '/x' }), 'REJECTED bad-message none 0'],
    ],
  },
];
