/*
 * THE table of frames. Everything that knows the protocol follows from it: the types, the encoder,
 * the decoder, the dissector, the tables and byte layouts of docs/protocol.md, and what a trace shows.
 *
 * A frame is a header of four bytes (type u8, flags u8, payload length u16, big-endian) and the payload:
 * the frame's fields, in the order in which they stand here. Flags are 0 in version 1.
 */
import type { Field, Fields, ValuesOf } from './fields.js';
import { bytes, choice, list, record, str, u8, u16, u32, u64 } from './fields.js';

/** The version in HELLO. It changes when an older peer would misunderstand a newer one. */
export const PROTOCOL_VERSION = 1;
/** The first bytes of HELLO's payload: "CHAT" in ASCII. */
export const MAGIC = 0x43484154;
/** Bytes before the payload. */
export const HEADER_BYTES = 4;
/** The largest payload: 16 KiB. */
export const MAX_PAYLOAD_BYTES = 16 * 1024;

/** Who sends a frame. */
export type Sender = 'client' | 'server' | 'both';

/** A frame as declared. */
export interface FrameDeclaration<F extends Fields = Fields, S extends Sender = Sender> {
  readonly code: number;
  readonly from: S;
  /** What it says, for a reader of the protocol. */
  readonly doc: string;
  readonly fields: F;
}

const frame = <const F extends Fields, const S extends Sender>(code: number, from: S, doc: string, fields: F): FrameDeclaration<F, S> => ({
  code,
  from,
  doc,
  fields,
});

const question = choice('which question', { none: 0, menu: 1, name: 2, group: 3, password: 4 });

/** The frames by name. */
export const FRAMES = {
  PROMPT: frame(0x01, 'server', 'Asks a question. The first one, the menu, comes unasked.', {
    id: u32('counts up with every question'),
    question,
    text: str('the question, as a person reads it'),
    options: list('the answers to choose from, if it is a choice', str('an option')),
  }),
  HELLO: frame(0x02, 'client', 'Says that this is a chat client; the first frame it sends, within 10 s.', {
    magic: u32('0x43484154, "CHAT"'),
    version: u8('protocol version, 1'),
    token: bytes('resume token of a lost connection, or empty', true),
    lastSequence: u32('with a token: the last sequence number that arrived'),
  }),
  ANSWER: frame(0x03, 'client', 'Answers a question. May be sent ahead, before the question came.', {
    id: u32('the question this answers'),
    question,
    value: str('the answer', { when: 'question', is: 'password' }),
  }),
  REJECTED: frame(0x04, 'server', 'Refuses an answer or a message. A refused answer is asked again.', {
    code: choice('why', {
      'bad-choice': 1,
      'bad-name': 2,
      'bad-password': 3,
      'wrong-credentials': 4,
      'name-taken': 5,
      'try-later': 6,
      'bad-message': 7,
      'unknown-session': 8,
      'too-many-groups': 9,
      'line-too-long': 10,
      'bad-utf8': 11,
    }),
    question,
    id: u32('the question or the message that is refused; 0: none'),
    text: str('the reason, as a person reads it'),
  }),
  CREATED: frame(0x05, 'server', 'Tells the ID of the group that was made.', {
    group: str('the new group’s ID'),
  }),
  JOINED: frame(0x06, 'server', 'From here on the client is in the group.', {
    group: str('group ID'),
    name: str('the name by which the group knows the client'),
    members: u16('how many members the group has now, the client included'),
    nextSequence: u32('sequence number that the next message will have'),
    token: bytes('resume token, for HELLO after a lost connection', true),
    resumed: choice('whether this goes on with a lost session', { no: 0, whole: 1, gap: 2 }),
  }),
  SAY: frame(0x07, 'client', 'Says something to the group.', {
    id: u32('the client’s own message ID; counts up, so that a message sent twice is told once'),
    text: str('the message'),
  }),
  ACCEPTED: frame(0x08, 'server', 'Acknowledges SAY: the group’s log has the message.', {
    id: u32('the client’s message ID'),
    sequence: u32('the message’s sequence number in the group'),
  }),
  MESSAGE: frame(0x09, 'server', 'A message of another member.', {
    sequence: u32('sequence number in the group, from 1'),
    time: u64('when the server took it, ms since 1970'),
    sender: str('who said it'),
    text: str('what was said'),
  }),
  PRESENCE: frame(0x0a, 'server', 'Who came and who went, gathered over one turn.', {
    changes: list(
      'in order',
      record('a change', {
        what: choice('joined; left for good; lost (its seat is kept for 60 s); back in its seat', { joined: 1, left: 2, lost: 3, back: 4 }),
        name: str('who'),
      }),
    ),
  }),
  WHO: frame(0x0b, 'client', 'Asks for the members.', {}),
  MEMBERS: frame(0x0c, 'server', 'A page of the members.', {
    members: list(
      'in the order of joining',
      record('a member', {
        name: str('its name'),
        here: choice('whether it has a connection; if not, it is lost, and its seat is kept for 60 s', { no: 0, yes: 1 }),
      }),
    ),
    last: choice('whether this is the last page', { no: 0, yes: 1 }),
  }),
  LEAVE: frame(0x0d, 'client', 'Back to the menu, out of the group or out of the questions.', {}),
  PING: frame(0x0e, 'both', 'Asks for a sign of life.', { token: u32('any number') }),
  PONG: frame(0x0f, 'both', 'Gives it.', { token: u32('the number of the PING') }),
  BYE: frame(0x10, 'both', 'The last frame of its sender; the connection closes.', {
    code: choice('why', {
      exit: 1,
      'too-many-attempts': 2,
      timeout: 3,
      'protocol-error': 4,
      'server-full': 5,
      'shutting-down': 6,
      'slow-consumer': 7,
      'taken-over': 8,
    }),
    text: str('the reason, as a person reads it'),
    retryAfterMs: u32('reconnect no sooner than after this time; 0: no advice'),
  }),
} as const;

/** The names of the frames. */
export type FrameType = keyof typeof FRAMES;
/** One frame: its `type` and its fields. */
export type FrameOf<T extends FrameType> = T extends FrameType ? { readonly type: T } & ValuesOf<(typeof FRAMES)[T]['fields']> : never;
/** Any frame. */
export type Frame = FrameOf<FrameType>;
type FramesFrom<S extends Sender> = { [T in FrameType]: (typeof FRAMES)[T]['from'] extends S | 'both' ? FrameOf<T> : never }[FrameType];
/** What a client may send. */
export type ClientFrame = FramesFrom<'client'>;
/** What a server may send. */
export type ServerFrame = FramesFrom<'server'>;
/** The questions of the dialogue. */
export type Question = Exclude<FrameOf<'PROMPT'>['question'], 'none'>;
/** Why an answer or a message is refused. */
export type RejectionCode = FrameOf<'REJECTED'>['code'];
/** Why a connection ends. */
export type ByeCode = FrameOf<'BYE'>['code'];

/** A declaration as encoder and decoder walk it. */
export interface CompiledFrame {
  readonly type: FrameType;
  readonly code: number;
  readonly from: Sender;
  readonly fields: readonly (readonly [string, Field])[];
}

const compiled = (Object.keys(FRAMES) as FrameType[]).map((type): CompiledFrame => {
  const { code, from, fields } = FRAMES[type];
  return { type, code, from, fields: Object.entries<Field>(fields) };
});

/** The declarations by name. */
export const FRAME_BY_TYPE = Object.fromEntries(compiled.map((each) => [each.type, each])) as Record<FrameType, CompiledFrame>;
/** The declarations by type code. */
export const FRAME_BY_CODE: ReadonlyMap<number, CompiledFrame> = new Map(compiled.map((each) => [each.code, each]));
