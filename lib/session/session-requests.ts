/*
 * What passes between a server's session and the server: what the session wants done, and what it is told of that.
 * The session itself is server-session.ts.
 */
import type { ByeCode, FrameOf, RejectionCode } from '../wire/frames.js';
import type { ServerSaying } from '../wire/saying.js';

/** What the session wants done. */
export type SessionOutput =
  | { readonly do: 'send'; readonly saying: ServerSaying }
  /** Answer with `verified` or `refused`. */
  | { readonly do: 'verify'; readonly group: string; readonly password: string }
  /** Answer with `created` or `refused`. */
  | { readonly do: 'create'; readonly password: string }
  /** Answer with `joined`, `name-taken` or `refused`. */
  | { readonly do: 'enter'; readonly group: string; readonly name: string }
  /** Answer with `joined` or `unknown-session`. */
  | { readonly do: 'resume'; readonly token: Uint8Array; readonly lastSequence: number }
  | { readonly do: 'say'; readonly id: number; readonly text: string }
  | { readonly do: 'who' }
  /** The member goes for good. */
  | { readonly do: 'leave' }
  | { readonly do: 'end'; readonly code: ByeCode };

/** What the server found out for a session that waits. */
export type SessionAnswer =
  | { readonly type: 'verified' }
  | { readonly type: 'created'; readonly group: string }
  | { readonly type: 'joined'; readonly frame: FrameOf<'JOINED'> }
  | { readonly type: 'name-taken' }
  | { readonly type: 'unknown-session' }
  /** `counts: false` where it is not the client's fault. */
  | { readonly type: 'refused'; readonly code: RejectionCode; readonly text?: string; readonly counts: boolean };
