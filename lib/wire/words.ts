/*
 * What a frame carries, in a few words for a line of a telling. It reads the fields as a tap or a trace shows them,
 * with the secrets cut out; it knows nothing of colours and columns.
 */
import { cleanLine } from './clean.js';
import type { Frame } from './frames.js';
import { AWAY_WORDS, PRESENCE_WORDS } from './text.js';

/** A frame as it may be shown: its type and its fields by name, secrets as masks. */
export interface ShownFields {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A frame's fields in a few words, fit for a terminal. */
export function frameWords({ type, fields }: ShownFields): string {
  return cleanLine(words({ type, ...fields } as unknown as Frame));
}

function words(frame: Frame): string {
  switch (frame.type) {
    case 'PROMPT':
      return `#${frame.id} ${frame.question}: ${frame.text}`;
    case 'HELLO':
      return `a chat client, protocol version ${frame.version}${resuming(frame.token)}`;
    case 'ANSWER':
      return `#${frame.id} ${frame.question}: ${frame.value === '' ? '(nothing)' : frame.value}`;
    case 'REJECTED':
      return `${frame.code}: ${frame.text}`;
    case 'CREATED':
      return `group ${frame.group}`;
    case 'JOINED':
      return `group ${frame.group} as ${frame.name}, ${count(frame.members, 'member')}${resuming(frame.token)}`;
    case 'SAY':
      return `message ${frame.id}: ${frame.text}`;
    case 'ACCEPTED':
      return `message ${frame.id} is number ${frame.sequence} in the group`;
    case 'MESSAGE':
      return `number ${frame.sequence}, ${frame.sender}: ${frame.text}`;
    case 'PRESENCE':
      return frame.changes.map(({ what, name }) => `${name} ${PRESENCE_WORDS[what]}`).join(', ');
    case 'WHO':
    case 'LEAVE':
      return '';
    case 'MEMBERS':
      return frame.members.map(({ name, here }) => (here === 'no' ? `${name} ${AWAY_WORDS}` : name)).join(', ');
    case 'PING':
    case 'PONG':
      return `token ${frame.token}`;
    case 'BYE':
      return frame.text === '' ? frame.code : `${frame.code}: ${frame.text}`;
  }
}

/** The tap shows a resume token as its mask, and an empty one as what it is. */
function resuming(token: { readonly length: number }): string {
  return token.length === 0 ? '' : `, resume token ${String(token)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
