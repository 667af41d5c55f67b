/*
 * The error of a peer that breaks the protocol. It is the peer's mistake, never the caller's: whoever
 * catches it ends that one connection and no other.
 */

/** How the protocol was broken. */
export type ProtocolErrorCode =
  | 'unknown-type' // no frame has this type, or not in this direction
  | 'bad-flags' // flags must be 0 in this version
  | 'too-long' // a frame or a line is over its limit
  | 'bad-length' // fields and length do not agree
  | 'bad-value' // a number that means nothing
  | 'bad-utf8' // a text is not valid UTF-8
  | 'wrong-magic' // HELLO does not begin as a chat
  | 'wrong-version' // a protocol version that is not spoken here
  | 'unexpected'; // a good frame in the wrong state

/** A peer broke the protocol; `message` says how, in one clause without a capital or full stop. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
