/*
 * The plain-text door: what a line from `nc` or `telnet` means, and how a frame reads as lines. While a
 * question is open, a line answers it, unless it leaves; in a group it is said to the group, unless it is a command.
 * Nobody can forge another's line: a message's further lines are indented, and every text is cleaned.
 */
import { cleanLine, cleanText } from './clean.js';
import type { ByteWriter } from './fields.js';
import type { FrameOf, Question } from './frames.js';
import type { Line } from './lines.js';
import type { Asked, ClientInput, ServerSaying } from './saying.js';

const HELP = [
  '/who    who is in the group',
  '/leave  back to the menu',
  '/quit   leave the server',
  '//...   say something that begins with a slash',
];

/** What happened to a member, as people read it. */
export const PRESENCE_WORDS = {
  joined: 'joined the group',
  left: 'left the group',
  lost: 'lost the connection',
  back: 'is back',
} as const satisfies Record<FrameOf<'PRESENCE'>['changes'][number]['what'], string>;

/** How a list marks who is away. No name has a colon, so none can look like this. */
export const AWAY_WORDS = '(away: connection lost)';

/** What a line means; nothing, if it is empty where nothing is asked. */
export function lineToInput(line: Line, asked: Asked | undefined, messageId: number): ClientInput | undefined {
  if ('unreadable' in line) return { type: 'UNREADABLE', code: line.unreadable };
  const { text } = line;
  if (asked && !isCommand(text, asked.question)) return { type: 'ANSWER', ...asked, value: text };
  if (!text.startsWith('/')) return text === '' ? undefined : { type: 'SAY', id: messageId, text };
  if (text.startsWith('//')) return { type: 'SAY', id: messageId, text: text.slice(1) };
  switch (text.trim()) {
    case '/who':
      return { type: 'WHO' };
    case '/leave':
      return { type: 'LEAVE' };
    case '/quit':
      return { type: 'BYE', code: 'exit', text: '', retryAfterMs: 0 };
    case '/help':
      return { type: 'HELP' };
    default:
      return { type: 'UNKNOWN_COMMAND', command: cleanLine(text.trim().slice(0, 32)) };
  }
}

/** Whether a line is a command although a question is open. Nobody is called /leave; but a password may begin with a slash. */
function isCommand(text: string, question: Question): boolean {
  switch (question) {
    case 'menu':
      return text.startsWith('/');
    case 'name':
    case 'group':
      return ['/leave', '/quit'].includes(text.trim());
    case 'password':
      return false;
  }
}

/** Appends a frame as lines; a frame that a person need not see adds nothing. */
export function writeText(writer: ByteWriter, saying: ServerSaying): void {
  for (const line of textLines(saying)) {
    writer.utf8(line);
    writer.u8(10);
  }
}

/** A frame as the text door's lines, cleaned for a terminal; empty for what a person need not see. */
export function textLines(saying: ServerSaying): readonly string[] {
  switch (saying.type) {
    case 'PROMPT':
      return [cleanLine(saying.text), ...saying.options.map((option, i) => `${i + 1}. ${cleanLine(option)}`)];
    case 'REJECTED':
    case 'BYE':
      return [cleanLine(saying.text)];
    case 'CREATED':
      return [`Your new group chat is #${cleanLine(saying.group)}`];
    case 'JOINED':
      return [`You're connected to group chat #${cleanLine(saying.group)}`];
    case 'MESSAGE':
      return [`${cleanLine(saying.sender)}: ${cleanText(saying.text).replaceAll('\n', '\n  | ')}`];
    case 'PRESENCE':
      return saying.changes.map(({ what, name }) => `* ${cleanLine(name)} ${PRESENCE_WORDS[what]}`);
    case 'MEMBERS':
      return saying.members.map(({ name, here }) => `  ${cleanLine(name)}${here === 'no' ? ` ${AWAY_WORDS}` : ''}`);
    case 'HELP':
      return HELP;
    case 'ACCEPTED':
    case 'PING':
    case 'PONG':
      return [];
  }
}
