/*
 * The assignment's three options, and the ways out.
 */
import { type Case, close, joined, joinedFrame, line, type Script, settle } from '../dialogue.js';
import {
  bye,
  CHATTING,
  CREATE_NAME,
  CREATE_PASSWORD,
  CREATING,
  ENTERING,
  GREETED,
  JOIN_GROUP,
  JOIN_NAME,
  JOIN_PASSWORD,
  lateAnswer,
  leave,
  MENU,
  RENAME,
  RESUMING,
  say,
  VERIFYING,
} from './ways.js';

/** Where the options lead. */
export const PATHS: readonly Case[] = [
  { name: 'option 1: the assignment’s example', script: [...CHATTING, [say(1, 'Hi friends'), 'say 1 Hi friends']] },
  {
    name: 'option 2: a new group, its ID, and in',
    script: [
      ...CREATING,
      [settle({ type: 'created', group: '4711' }), 'CREATED 4711', 'enter 4711 Bar'],
      [joined('4711', 'Bar'), 'JOINED 4711 Bar'],
    ],
  },
  { name: 'option 3: goodbye', script: [...MENU, [line('3'), 'BYE exit', 'end exit'], [lateAnswer('1')]] },
  {
    name: 'a framed client greets, and the menu that was sent before still stands',
    framed: true,
    script: [...GREETED, [line('1'), 'PROMPT 2 name']],
  },
  { name: 'an option with spaces and a full stop', script: [...MENU, [line(' 2. '), 'PROMPT 2 name']] },
  {
    name: 'a group ID with a hash and spaces',
    script: [...JOIN_GROUP, [line(' #8888 '), 'PROMPT 4 password'], [line(' x '), 'verify 8888  x ']],
  },
  {
    name: 'a name is trimmed, in NFC',
    script: [
      ...CREATE_NAME,
      [line(' Rene\u0301 '), 'PROMPT 3 password'],
      [line('p'), 'create p'],
      [settle({ type: 'created', group: '1' }), 'CREATED 1', 'enter 1 René'],
    ],
  },
  {
    name: 'a lost member comes back',
    framed: true,
    script: [
      ...RESUMING,
      [settle({ type: 'joined', frame: joinedFrame('8888', 'Bar', 'whole') }), 'JOINED 8888 Bar'],
      [say(3, 'x'), 'say 3 x'],
    ],
  },
  {
    name: 'a member whom nobody knows any more comes to the menu',
    framed: true,
    script: [
      ...RESUMING,
      [settle({ type: 'unknown-session' }), 'REJECTED unknown-session none 0', 'PROMPT 2 menu'],
      [line('1'), 'PROMPT 3 name'],
    ],
  },
  { name: 'from one group to another', script: [...CHATTING, [leave, 'leave', 'PROMPT 5 menu'], [line('2'), 'PROMPT 6 name']] },
];

/** The server or the client says BYE. */
export const ENDS: readonly Case[] = [
  { name: 'BYE at the menu', script: [...MENU, [bye, 'BYE exit', 'end exit']] },
  {
    name: 'BYE before HELLO',
    framed: true,
    script: [...MENU, [bye, 'BYE exit', 'end exit']],
  },
  {
    name: 'BYE in a group is a leave',
    script: [...CHATTING, [bye, 'leave', 'BYE exit', 'end exit']],
  },
  ...(
    [
      ['greeting', MENU, true],
      ['menu', MENU],
      ['joinName', JOIN_NAME],
      ['joinGroup', JOIN_GROUP],
      ['joinPassword', JOIN_PASSWORD],
      ['verifying', VERIFYING],
      ['entering', ENTERING],
      ['rename', RENAME],
      ['createName', CREATE_NAME],
      ['createPassword', CREATE_PASSWORD],
      ['creating', CREATING],
      ['resuming', RESUMING, true],
    ] as const
  ).map(([state, way, framed = false]) => ({
    name: `the server parts in ${state}, once`,
    framed,
    script: [...way, [close('timeout'), 'BYE timeout', 'end timeout'], [close('shutting-down')], [lateAnswer('1')]] as Script,
  })),
  {
    name: 'the server parts with a member',
    script: [...CHATTING, [close('shutting-down'), 'leave', 'BYE shutting-down', 'end shutting-down'], [close('exit')]],
  },
];

/** Back to the menu. */
export const LEAVES: readonly Case[] = [
  ['menu', MENU, 2],
  ['joinName', JOIN_NAME, 3],
  ['joinGroup', JOIN_GROUP, 4],
  ['joinPassword', JOIN_PASSWORD, 5],
  ['createName', CREATE_NAME, 3],
  ['createPassword', CREATE_PASSWORD, 4],
  ['rename', RENAME, 6],
].map(([state, way, next]) => ({
  name: `LEAVE in ${state as string} leads to the menu`,
  script: [...(way as Script), [leave, `PROMPT ${next as number} menu`]],
}));
