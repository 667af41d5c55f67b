/*
 * One frame of each type, taken apart byte by byte. What is shown beside the bytes comes from the dissector,
 * so the example is right as long as the dissector is.
 */

import { byeFrame, promptFrame, REFUSALS } from '../../lib/session/questions.js';
import { type DissectedField, dissect } from '../../lib/wire/dissect.js';
import { encodeFrame } from '../../lib/wire/encode.js';
import { FRAMES, type FrameOf, type FrameType, MAGIC, PROTOCOL_VERSION } from '../../lib/wire/frames.js';

const BYTES_A_LINE = 8;
const TOKEN = Uint8Array.from({ length: 16 }, (_, i) => 0x11 * i);
/** The assignment's final submission date. */
const TIME = Date.UTC(2023, 0, 1);

const EXAMPLES: { readonly [T in FrameType]: FrameOf<T> } = {
  PROMPT: promptFrame(1, 'menu'),
  HELLO: { type: 'HELLO', magic: MAGIC, version: PROTOCOL_VERSION, token: new Uint8Array(0), lastSequence: 0 },
  ANSWER: { type: 'ANSWER', id: 2, question: 'name', value: 'Bar' },
  REJECTED: { type: 'REJECTED', code: 'wrong-credentials', question: 'group', id: 4, text: REFUSALS['wrong-credentials'] },
  CREATED: { type: 'CREATED', group: '8888' },
  JOINED: { type: 'JOINED', group: '8888', name: 'Bar', members: 3, nextSequence: 1, token: TOKEN, resumed: 'no' },
  SAY: { type: 'SAY', id: 1, text: 'Hi friends' },
  ACCEPTED: { type: 'ACCEPTED', id: 1, sequence: 1 },
  MESSAGE: { type: 'MESSAGE', sequence: 2, time: TIME, sender: 'client12', text: 'Hello, how are you?' },
  PRESENCE: {
    type: 'PRESENCE',
    changes: [
      { what: 'joined', name: 'Bar' },
      { what: 'lost', name: 'client20' },
    ],
  },
  WHO: { type: 'WHO' },
  MEMBERS: {
    type: 'MEMBERS',
    members: [
      { name: 'client12', here: 'yes' },
      { name: 'client20', here: 'no' },
      { name: 'Bar', here: 'yes' },
    ],
    last: 'yes',
  },
  LEAVE: { type: 'LEAVE' },
  PING: { type: 'PING', token: 7 },
  PONG: { type: 'PONG', token: 7 },
  BYE: byeFrame('exit'),
};

interface Line {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly field: string;
  readonly value: string;
}

/** An example of a frame, byte by byte. */
export function example(type: FrameType): string[] {
  const bytes = encodeFrame(EXAMPLES[type]);
  const dissection = dissect(bytes, FRAMES[type].from === 'server' ? 'server' : 'client');
  const lines = (dissection?.fields ?? []).flatMap((field) => linesOf(bytes, field, field.name, type));
  const longest = Math.max(...lines.map(({ field }) => field.length));
  return lines.flatMap(({ offset, bytes, field, value }) => {
    const rows = Array.from({ length: Math.ceil(bytes.length / BYTES_A_LINE) }, (_, i) =>
      bytes.subarray(i * BYTES_A_LINE, (i + 1) * BYTES_A_LINE),
    );
    return rows.map((row, i) => {
      const place = (offset + i * BYTES_A_LINE).toString(16).padStart(4, '0');
      const told = i === 0 ? `  ${field.padEnd(longest)}  ${value}` : '';
      return `${place}  ${hex(row).padEnd(BYTES_A_LINE * 3 - 1)}${told}`.trimEnd();
    });
  });
}

function linesOf(bytes: Uint8Array, field: DissectedField, path: string, type: FrameType): Line[] {
  const { offset, length, parts, value } = field;
  if (!parts) return [{ offset, bytes: bytes.subarray(offset, offset + length), field: path, value: shown(field, type) }];
  if (!Array.isArray(value)) return parts.flatMap((part) => linesOf(bytes, part, `${path}.${part.name}`, type));
  const count = { offset, bytes: bytes.subarray(offset, offset + 2), field: path, value: `${parts.length} of them` };
  return [count, ...parts.flatMap((part) => linesOf(bytes, part, `${path}[${part.name}]`, type))];
}

function shown({ name, offset, value }: DissectedField, type: FrameType): string {
  if (name === 'type' && offset === 0) return type;
  if (value === MAGIC) return `0x${MAGIC.toString(16)}`;
  if (value instanceof Uint8Array) return value.length === 0 ? 'none' : `${value.length} bytes`;
  return typeof value === 'string' && !/^[a-z-]+$/.test(value) ? JSON.stringify(value) : String(value);
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
