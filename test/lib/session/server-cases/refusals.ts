/*
 * Everything that is refused, what is asked again, and when the server has had enough.
 */
import { busy, type Case, joined, line, type Script, settle, verified, wrong } from '../dialogue.js';
import {
  CREATE_NAME,
  CREATE_PASSWORD,
  CREATING,
  ENTERING,
  JOIN_GROUP,
  JOIN_NAME,
  JOIN_PASSWORD,
  leave,
  MENU,
  notUtf8,
  RENAME,
  tooLong,
  tooManyGroups,
  VERIFYING,
} from './ways.js';

/** Wrong answers. */
export const REFUSALS: readonly Case[] = [
  {
    name: 'no such option',
    script: [
      ...MENU,
      [line('4'), 'REJECTED bad-choice menu 1', 'PROMPT 2 menu'],
      [line(''), 'REJECTED bad-choice menu 2', 'PROMPT 3 menu'],
    ],
  },
  { name: 'a bad name to join with', script: [...JOIN_NAME, [line(''), 'REJECTED bad-name name 2', 'PROMPT 3 name']] },
  { name: 'a bad name to create with', script: [...CREATE_NAME, [line('a\u001bb'), 'REJECTED bad-name name 2', 'PROMPT 3 name']] },
  {
    name: 'an empty password to join with',
    script: [...JOIN_PASSWORD, [line(''), 'REJECTED bad-password password 4', 'PROMPT 5 password']],
  },
  {
    name: 'an empty password to create with',
    script: [...CREATE_PASSWORD, [line(''), 'REJECTED bad-password password 3', 'PROMPT 4 password']],
  },
  {
    name: 'a wrong password: the group is asked for again',
    script: [...VERIFYING, [wrong, 'REJECTED wrong-credentials group 4', 'PROMPT 5 group']],
  },
  {
    name: 'a taken name: another one, and in, without the password again',
    script: [...RENAME, [line('Baz'), 'enter 8888 Baz'], [joined('8888', 'Baz'), 'JOINED 8888 Baz']],
  },
  { name: 'a bad name instead of a taken one', script: [...RENAME, [line(' '), 'REJECTED bad-name name 5', 'PROMPT 6 name']] },
  {
    name: 'the group went away meanwhile',
    script: [
      ...ENTERING,
      [settle({ type: 'refused', code: 'wrong-credentials', counts: false }), 'REJECTED wrong-credentials group 4', 'PROMPT 5 group'],
    ],
  },
  { name: 'no room for another group', script: [...CREATING, [tooManyGroups, 'REJECTED too-many-groups password 3', 'PROMPT 4 menu']] },
  { name: 'a line that is too long', script: [...JOIN_NAME, [tooLong, 'REJECTED line-too-long name 2', 'PROMPT 3 name']] },
  {
    name: 'a line that is too long for a group ID',
    script: [...JOIN_GROUP, [tooLong, 'REJECTED line-too-long group 3', 'PROMPT 4 group']],
  },
  { name: 'a line that is not UTF-8', script: [...MENU, [notUtf8, 'REJECTED bad-utf8 menu 1', 'PROMPT 2 menu']] },
  {
    name: 'three wrong answers of any kind, then BYE',
    script: [
      ...MENU,
      [line('x'), 'REJECTED bad-choice menu 1', 'PROMPT 2 menu'],
      [tooLong, 'REJECTED line-too-long menu 2', 'PROMPT 3 menu'],
      [line('1'), 'PROMPT 4 name'],
      [line(''), 'REJECTED bad-name name 4', 'BYE too-many-attempts', 'end too-many-attempts'],
    ],
  },
  {
    name: 'three wrong passwords, then BYE',
    script: [
      ...VERIFYING,
      ...wrongPassword(4, 5),
      ...wrongPassword(6, 7),
      [wrong, 'REJECTED wrong-credentials group 8', 'BYE too-many-attempts', 'end too-many-attempts'],
    ],
  },
  {
    name: 'the third taken name, then BYE',
    script: [
      ...ENTERING,
      [settle({ type: 'name-taken' }), 'REJECTED name-taken name 4', 'PROMPT 5 name'],
      [line('B'), 'enter 8888 B'],
      [settle({ type: 'name-taken' }), 'REJECTED name-taken name 5', 'PROMPT 6 name'],
      [line('C'), 'enter 8888 C'],
      [settle({ type: 'name-taken' }), 'REJECTED name-taken name 6', 'BYE too-many-attempts', 'end too-many-attempts'],
    ],
  },
  {
    name: 'what is not the client’s fault does not count',
    script: [
      ...CREATING,
      ...[1, 2, 3, 4].flatMap(
        (n): Script => [
          [busy, `REJECTED try-later password ${3 * n}`, `PROMPT ${3 * n + 1} menu`],
          [line('2'), `PROMPT ${3 * n + 2} name`],
          [line('Bar'), `PROMPT ${3 * n + 3} password`],
          [line('p'), 'create p'],
        ],
      ),
    ],
  },
  {
    name: 'being let in wipes the slate clean, leaving does not',
    script: [
      ...VERIFYING,
      ...wrongPassword(4, 5),
      ...wrongPassword(6, 7),
      [verified, 'enter 8888 Bar'],
      [joined('8888', 'Bar'), 'JOINED 8888 Bar'],
      [leave, 'leave', 'PROMPT 9 menu'],
      [line('x'), 'REJECTED bad-choice menu 9', 'PROMPT 10 menu'],
      [line('1'), 'PROMPT 11 name'],
      [line(''), 'REJECTED bad-name name 11', 'PROMPT 12 name'],
      [leave, 'PROMPT 13 menu'],
      [line('x'), 'REJECTED bad-choice menu 13', 'BYE too-many-attempts', 'end too-many-attempts'],
    ],
  },
];

/** A wrong password, and the next try. */
function wrongPassword(asked: number, next: number): Script {
  return [
    [wrong, `REJECTED wrong-credentials group ${asked}`, `PROMPT ${next} group`],
    [line('8888'), `PROMPT ${next + 1} password`],
    [line('1234'), 'verify 8888 1234'],
  ];
}
