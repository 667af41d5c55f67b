/*
 * The contract of a tap: what can be observed of a running chat. A tap is handed to a server, a client
 * or a transport and is called at each event; where there is no tap, nothing is built for it.
 * Secrets are cut out before an event reaches a tap (lib/wire/mask.ts), unless the tap asks for them.
 */

/** Sees what happens. Must not throw, and must not change what it is shown. */
export interface Tap {
  event(event: TapEvent): void;
  /** True: frames and bytes come with passwords and tokens in them. Only for the lesson that shows why they should not. */
  readonly showSecrets?: boolean;
}

/** Which way something went, seen from the one who reports it. */
export type Direction = 'sent' | 'received';

/** One thing that was observed. */
export type TapEvent = TransportTapEvent | FrameTapEvent | SessionTapEvent;

interface Observed {
  /** When, in milliseconds of the observer's clock. */
  readonly at: number;
  /** The connection's id. */
  readonly connection: string;
}

/** What a transport did. */
export interface TransportTapEvent extends Observed {
  readonly layer: 'transport';
  readonly what:
    | { readonly name: 'dialling' | 'open' | 'accepted'; readonly local?: string; readonly remote: string }
    | { readonly name: 'bytes'; readonly direction: Direction; readonly bytes: Uint8Array }
    | { readonly name: 'paused' | 'resumed' | 'drained' }
    | { readonly name: 'end'; readonly direction: Direction }
    | { readonly name: 'closed'; readonly by: 'local' | 'remote'; readonly error?: string };
}

/** A frame (or a line of text) that a server or a client sent or received, without its secrets. */
export interface FrameTapEvent extends Observed {
  readonly layer: 'frame';
  readonly actor: string;
  readonly direction: Direction;
  /** The frame's type in the table of frames, or `LINE` at the plain-text door. */
  readonly type: string;
  /** Its fields by name; a secret one reads `•••`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** How many bytes it takes on the wire, or 0 if that would tell a secret. */
  readonly length: number;
}

/** A step of a session's state machine. */
export interface SessionTapEvent extends Observed {
  readonly layer: 'session';
  readonly actor: string;
  readonly from: string;
  readonly event: string;
  readonly to: string;
}
