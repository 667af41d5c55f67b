/*
 * What the server's lines at the plain-text door tell about the dialogue. They are made by the functions that the server
 * speaks with, so that they cannot drift. No member can forge one: a member's line begins with its name and ": ", and
 * these end before a colon could, or have none.
 */
import { FAREWELLS, promptFrame, REFUSALS, unknownCommand } from '../../../lib/session/questions.js';
import type { Question } from '../../../lib/wire/frames.js';
import { textLines } from '../../../lib/wire/text.js';

/** What a line of the server's means. */
export type Meaning =
  | { readonly says: 'question'; readonly question: Question }
  | { readonly says: 'joined' }
  | { readonly says: 'goodbye' }
  | { readonly says: 'too long' }
  /** It repeats what the client typed. */
  | { readonly says: 'echo' }
  | { readonly says: 'other' };

const QUESTIONS: ReadonlyMap<string, Question> = new Map(
  (['menu', 'name', 'group', 'password'] as const).map((question) => [textLines(promptFrame(1, question))[0] as string, question]),
);
const GROUP = '\u0001';
const [beforeGroup = '', afterGroup = ''] = (
  textLines({
    ...{ type: 'JOINED', group: 'GROUP', name: '', members: 1, nextSequence: 1, token: new Uint8Array(0), resumed: 'no' },
  })[0] as string
).split('GROUP');
const [beforeCommand = '', afterCommand = ''] = unknownCommand(GROUP).split(GROUP);

/** What a line of the server's means. */
export function meaningOf(line: string): Meaning {
  const question = QUESTIONS.get(line);
  if (question) return { says: 'question', question };
  if (line === FAREWELLS.exit) return { says: 'goodbye' };
  if (line === REFUSALS['line-too-long']) return { says: 'too long' };
  if (line.startsWith(beforeCommand) && line.endsWith(afterCommand)) return { says: 'echo' };
  if (line.startsWith(beforeGroup) && line.endsWith(afterGroup) && !line.includes(':')) return { says: 'joined' };
  return { says: 'other' };
}
