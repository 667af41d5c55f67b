/*
 * The server's questions, in the assignment's words, and the sentences with which it refuses and parts.
 */
import type { ByeCode, FrameOf, Question, RejectionCode } from '../wire/frames.js';

/** The three options of the menu; an answer is their number. */
export const MENU_OPTIONS = ['Connect to a group chat.', 'Create a group chat.', 'Exit the server.'] as const;

const TEXTS: Record<Question, string> = {
  menu: 'Hello client, please choose an option:',
  name: 'Enter your name:',
  group: 'Enter group ID:',
  password: 'Enter password:',
};

/** Why an answer is refused, where no rule has a sentence of its own. */
export const REFUSALS = {
  'bad-choice': 'Please choose 1, 2 or 3.',
  'wrong-credentials': 'Wrong group ID or password.',
  'name-taken': 'Somebody in this group has that name already; choose another.',
  'try-later': 'Too many wrong passwords; wait a minute and try again.',
  'too-many-groups': 'The server has no room for another group; join one or try again later.',
  'unknown-session': 'The server no longer knows your session; please join again.',
  'line-too-long': 'That line is too long; nothing of it was taken.',
  'bad-utf8': 'That line is not UTF-8 text; nothing of it was taken.',
} as const satisfies Partial<Record<RejectionCode, string>>;

/** What a person is told who mistyped a command. */
export function unknownCommand(command: string): string {
  return `There is no ${command}; /help tells the commands, // says a slash.`;
}

/** The last words. */
export const FAREWELLS: Record<ByeCode, string> = {
  exit: 'Goodbye.',
  'too-many-attempts': 'Too many wrong answers. Goodbye.',
  timeout: 'You took too long. Goodbye.',
  'protocol-error': 'Your client broke the protocol. Goodbye.',
  'server-full': 'The server is full; please try again later.',
  'shutting-down': 'The server is shutting down. Goodbye.',
  'slow-consumer': 'You do not read fast enough. Goodbye.',
  'taken-over': 'Your session goes on over another connection.',
};

/** A question as a frame. */
export function promptFrame(id: number, question: Question): FrameOf<'PROMPT'> {
  return { type: 'PROMPT', id, question, text: TEXTS[question], options: question === 'menu' ? MENU_OPTIONS : [] };
}

/** A parting as a frame. */
export function byeFrame(code: ByeCode, text: string = FAREWELLS[code], retryAfterMs = 0): FrameOf<'BYE'> {
  return { type: 'BYE', code, text, retryAfterMs };
}
