/*
 * Why a frame of the chat is sent (docs/protocol.md has the protocol).
 */
import type { FrameType } from '../../lib/wire/frames.js';
import type { FrameEvent } from '../trace/trace.js';

type Fields = FrameEvent['fields'];

/** Why the frame is sent; `up` is from the client to the server. */
export function whyFrame({ type, fields }: Pick<FrameEvent, 'type' | 'fields'>, way: 'up' | 'down'): string {
  if (type === 'LINE') {
    return way === 'up'
      ? 'At the plain-text door a line answers the open question, or is said to the group; there are no types and no lengths, only the line’s end.'
      : 'The plain-text door says the same as the frames do, as lines that a person can read with nc or telnet.';
  }
  const why = Object.hasOwn(WHY, type) ? WHY[type as FrameType] : undefined;
  if (why === undefined) return 'A frame that this version does not know.';
  return typeof why === 'string' ? why : why(fields, way);
}

type Why = string | ((fields: Fields, way: 'up' | 'down') => string);

const WHY: Readonly<Record<FrameType, Why>> = {
  PROMPT: ({ question }) => PROMPTS[String(question)] ?? 'The server leads the dialogue: it asks, and the client answers.',
  HELLO: ({ lastSequence, token }) =>
    isEmpty(token)
      ? 'The first frame of a client: the magic number and the version show that it speaks this protocol.'
      : `The client lost its connection and comes back: the token proves that the seat is its own, and it has everything up to number ${String(lastSequence)}.`,
  ANSWER: ({ question }) =>
    question === 'password'
      ? 'The answer to the question of that number. The password goes over the wire as it is; only the trace masks it.'
      : 'The answer to the question of that number; naming the question makes it safe to send answers ahead.',
  REJECTED: ({ code }) => REJECTIONS[String(code)] ?? 'The server refuses what the client sent, says why, and asks again.',
  CREATED: 'The group exists now, and its creator learns the ID that was generated: the others need it to join.',
  JOINED: ({ resumed }) =>
    resumed === 'whole' || resumed === 'gap'
      ? 'The token was right: the client has its seat again, and what it missed follows.'
      : 'The client is a member from here on, and gets a token with which it can come back to its seat after a lost connection.',
  SAY: 'The client says something; its own number on it lets the server drop a message that is sent twice.',
  ACCEPTED: 'The group’s log has the message: this acknowledges it end to end, which no transport’s ACK can do.',
  MESSAGE: 'The server passes the message on to every other member, in the group’s order, once.',
  PRESENCE: 'The members are told who came and went; changes of one turn share a frame.',
  WHO: 'The client wants to know who is in the group.',
  MEMBERS: 'A page of the members; the last page says that it is the last.',
  LEAVE: 'The client gives up its seat and goes back to the menu; the connection stays open.',
  PING: (_fields, way) =>
    `The ${way === 'up' ? 'client' : 'server'} has heard nothing for a while and asks for a sign of life, since a silent connection may be dead.`,
  PONG: 'The sign of life, with the number of the PING that asked for it.',
  BYE: ({ code }, way) =>
    code === 'exit'
      ? way === 'up'
        ? 'The client leaves for good: without BYE the server would take it for lost, and keep its seat.'
        : 'The server confirms the leaving; after BYE its sender says nothing more and closes.'
      : 'The sender ends the connection and says why, so that the other one knows whether to come back.',
};

const PROMPTS: Readonly<Record<string, string>> = {
  menu: 'The opening message: the server speaks first, unasked, and offers its three options.',
  name: 'The server needs to know by which name the group will know the client.',
  group: 'The server needs to know which group the client wants to join.',
  password: 'Only who knows the group’s password gets in.',
};

const REJECTIONS: Readonly<Record<string, string>> = {
  'wrong-credentials':
    'An unknown group and a wrong password get the same answer, after the same time, so that nobody can find out which groups exist.',
  'name-taken': 'Names are unique in a group; this is said only after the password, so that nobody outside learns who is in it.',
  'try-later':
    'The server slows down what a stranger could overdo, such as guessing passwords or making groups; the text says which it was.',
  'unknown-session': 'The token opens no seat any more: its time is over, or the server was started anew. The client has to join again.',
  'bad-message': 'The server tells nobody what it has refused; who said it stays a member.',
  'line-too-long': 'The server holds no more of a line than its limit, so it takes nothing of a longer one, and reads on behind its end.',
  'bad-utf8': 'What is not UTF-8 cannot be shown to others as text, so nothing of the line is taken.',
};

function isEmpty(token: unknown): boolean {
  return token === undefined || (token as { length?: number }).length === 0;
}
