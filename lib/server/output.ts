/*
 * What the server's machine wants done, and what it tells. The driver does the one on real connections, the
 * simulator on simulated ones.
 */
import type { CodecName } from '../address.js';
import type { PasswordRecord } from '../group/passwords.js';
import type { TransportErrorCode } from '../transport-error.js';
import type { ByeCode, RejectionCode } from '../wire/frames.js';

/** An effect that the machine asks for. `link` is whatever the driver named the connection with. */
export type ServerOutput<Link> =
  | { readonly type: 'send'; readonly link: Link; readonly chunk: Uint8Array }
  | { readonly type: 'pause' | 'resume' | 'end'; readonly link: Link }
  | { readonly type: 'abort'; readonly link: Link; readonly code: TransportErrorCode; readonly reason: string }
  /** Answer with backlog(). */
  | { readonly type: 'measure'; readonly link: Link }
  /** Answer with passwordHashed() or passwordFailed(). */
  | { readonly type: 'hash'; readonly ticket: number; readonly password: string }
  /** Answer with passwordVerified() or passwordFailed(). */
  | { readonly type: 'verify'; readonly ticket: number; readonly password: string; readonly record: PasswordRecord | undefined }
  | { readonly type: 'event'; readonly event: ServerEvent };

/** Why a connection is over. */
export type CloseReason = ByeCode | TransportErrorCode | 'ended';

/** Something that happened on the server. `session` names the connection. */
export type ServerEvent =
  | { readonly type: 'connected'; readonly session: string; readonly remote: string; readonly codec: CodecName }
  | { readonly type: 'created'; readonly session: string; readonly group: string; readonly name: string }
  | { readonly type: 'joined'; readonly session: string; readonly group: string; readonly name: string; readonly members: number }
  | {
      readonly type: 'said';
      readonly session: string;
      readonly group: string;
      readonly name: string;
      readonly sequence: number;
      readonly text: string;
    }
  /** For good: by LEAVE or BYE, by the end of a text client, or because a lost member did not come back. */
  | { readonly type: 'left'; readonly session: string; readonly group: string; readonly name: string }
  /** Its seat is kept for a while. */
  | { readonly type: 'lost'; readonly session: string; readonly group: string; readonly name: string }
  | { readonly type: 'resumed'; readonly session: string; readonly group: string; readonly name: string; readonly gap: boolean }
  | { readonly type: 'rejected'; readonly session: string; readonly code: RejectionCode }
  /** The server itself has a fault that whoever runs it should know of. */
  | { readonly type: 'trouble'; readonly session: string; readonly text: string }
  | { readonly type: 'closed'; readonly session: string; readonly reason: CloseReason };
