/*
 * The contract of a tap: what can be observed of a running chat. A tap is handed to a server, a client
 * or a transport and is called at each event; where there is no tap, nothing is built for it.
 *
 * MASKED: frames (layer `frame`), by lib/wire/mask.ts, unless the tap asks for secrets. Free of secrets: a session's
 * steps, and what a transport does beside carrying bytes.
 * RAW, passwords, tokens and cookies included: bytes of a stream (`bytes`) and datagrams (layer `datagram`). A transport
 * does not know what its bytes mean, so it cannot mask them. Whoever keeps or shows them takes them through the
 * tracer's recorder (tracer/record), which lets nothing secret out.
 */

/** Sees what happens. Must not throw, and must not change what it is shown. */
export interface Tap {
  event(event: TapEvent): void;
  /** True: frames come with passwords and tokens in them. Only for the lesson that shows why they should not. */
  readonly showSecrets?: boolean;
}

/** Which way something went, seen from the one who reports it. */
export type Direction = 'sent' | 'received';

/** One thing that was observed. */
export type TapEvent = TransportTapEvent | DatagramTapEvent | FrameTapEvent | SessionTapEvent;

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
    /** Raw. */
    | { readonly name: 'bytes'; readonly direction: Direction; readonly bytes: Uint8Array }
    | { readonly name: 'paused' | 'resumed' | 'drained' }
    | { readonly name: 'end'; readonly direction: Direction }
    | { readonly name: 'closed'; readonly by: 'local' | 'remote'; readonly error?: string };
}

/** Why a segment is sent once more: its retransmission timer, a probe, loss found by later ACKs, or along with a later one. */
export type ResendCause = 'timeout' | 'probe' | 'fast' | 'bundled';

/** A segment that is sent again. */
export interface Resent {
  readonly segment: number;
  readonly cause: ResendCause;
}

/** A datagram of a transport that carries its stream in datagrams. Raw. */
export interface DatagramTapEvent {
  readonly layer: 'datagram';
  /** When it was handed to the link or the socket, or came from there, in milliseconds of the observer's clock. */
  readonly at: number;
  /** The connection's id; absent where there is none yet, or never will be. */
  readonly connection?: string;
  /** The number by which the client end calls the connection, where it is known already. */
  readonly client?: number;
  readonly local: string;
  readonly remote: string;
  readonly direction: Direction;
  /** The packet. */
  readonly bytes: Uint8Array;
  /** What the link did to a sent one, or what was wrong with a received one. Absent: nothing. */
  readonly fate?: 'lost' | 'duplicated' | 'corrupted' | 'malformed';
  /** With `corrupted`: the bytes as they went out. */
  readonly spoiled?: Uint8Array;
  /** The segments in it that were sent before, each with the reason; absent: none. */
  readonly again?: readonly Resent[];
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
