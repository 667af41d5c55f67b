/*
 * The frames that clients send in the tests of the machine, each in a few letters.
 */
import { type ClientFrame, type FrameOf, MAGIC, PROTOCOL_VERSION, type Question } from '../../../lib/wire/frames.js';

const NO_TOKEN = new Uint8Array(0);
let drawn = 0;

/** HELLO; with a token and the last sequence number, to come back. */
export function hello(token: Uint8Array = NO_TOKEN, lastSequence = 0): FrameOf<'HELLO'> {
  return { type: 'HELLO', magic: MAGIC, version: PROTOCOL_VERSION, token, lastSequence };
}

export function answer(id: number, question: Question, value: string): FrameOf<'ANSWER'> {
  return { type: 'ANSWER', id, question, value };
}

export function say(id: number, text = `message ${id}`): FrameOf<'SAY'> {
  return { type: 'SAY', id, text };
}

/** Several SAYs, numbered. */
export function sayAll(from: number, to: number): FrameOf<'SAY'>[] {
  return Array.from({ length: to - from + 1 }, (_, i) => say(from + i));
}

export const who: ClientFrame = { type: 'WHO' };
export const leave: ClientFrame = { type: 'LEAVE' };
export const bye: ClientFrame = { type: 'BYE', code: 'exit', text: '', retryAfterMs: 0 };
export const pong: ClientFrame = { type: 'PONG', token: 0 };

/** Bytes that do not repeat, in place of random ones. */
export function newToken(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => {
    drawn = (Math.imul(drawn, 1_664_525) + 1_013_904_223) | 0;
    return drawn >>> 24;
  });
}
