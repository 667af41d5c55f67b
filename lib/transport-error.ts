/*
 * The one error that transports throw, reject with, or close with. Its code is for programs,
 * its message is one sentence that a person can act on, its cause is what the system said.
 */

/** What went wrong, in a word that programs can compare. */
export type TransportErrorCode =
  | 'refused' // nobody listens there, or the peer said no
  | 'address-in-use' // somebody else listens there already
  | 'unreachable' // no route, no such host, no such file, not permitted
  | 'timeout' // the peer did not answer in time
  | 'reset' // the peer dropped the connection
  | 'closed' // used after end(), abort() or close()
  | 'aborted' // given up here: abort(), or the caller's AbortSignal
  | 'overflow' // a limit of memory was reached
  | 'protocol' // the peer broke the transport's rules
  | 'unsupported'; // this transport, platform or address cannot do it

/** Which end caused something. */
export type Side = 'local' | 'remote';

/** An error of a transport, typed by its `code`. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: TransportErrorCode;
  /** Which end caused it. */
  readonly by: Side;

  constructor(code: TransportErrorCode, message: string, { by = 'local', cause }: { by?: Side; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.by = by;
  }
}
