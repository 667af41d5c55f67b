/*
 * What a connection tells of itself: where it stands, what happened, and why it is over.
 */
import type { CloseCode } from '../wire/packets.js';

/** Where a connection stands. */
export type ConnectionState =
  | 'dialling' // SYN sent, no cookie yet
  | 'connecting' // CONNECT sent, no answer yet
  | 'open'
  | 'closing' // over for the application; CLOSE is repeated until the peer says it, too
  | 'draining' // the peer closed; only its repeated CLOSE is answered
  | 'gone';

/** Why a connection is over. */
export interface Closed {
  readonly why: CloseCode | 'reset' | 'refused';
  readonly by: 'local' | 'remote';
  readonly text: string;
}

/** What a connection tells. */
export type ConnectionEvent =
  | { readonly type: 'open' }
  | { readonly type: 'readable' } // bytes, or the end, can be read
  | { readonly type: 'delivered' } // the peer has everything, our end included
  | { readonly type: 'closed'; readonly closed: Closed } // over for the application
  | { readonly type: 'gone' }; // nothing of it is left
