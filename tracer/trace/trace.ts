/*
 * THE model of a trace: what was observed of a run, event by event, each by one observer who reports only what it
 * saw itself. Which observations belong together is not said here; tracer/join finds that out. Every event stands for
 * one line of the file (file.ts). Secrets were cut out before an event was made (tracer/redact).
 */

/** The version of this model, in the first line of a file. It changes when an older reader would misunderstand a newer file. */
export const TRACE_VERSION = 1;

/** A whole trace. */
export interface Trace {
  readonly header: TraceHeader;
  /** In the order in which they were reported; `at` orders them in time. */
  readonly events: readonly TraceEvent[];
}

/** The first line of a file. */
export interface TraceHeader {
  readonly format: 'chatwire-trace';
  readonly version: number;
  /** What was run, for a title: `connect over udp`. */
  readonly title: string;
  /** Where the observations come from: taps inside the programs, a proxy between them, or a run in virtual time. */
  readonly source: 'taps' | 'proxy' | 'virtual';
  /** What `at` counts from: milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Whether passwords and tokens can be read in it. */
  readonly secrets: 'masked' | 'shown';
  /** With what it was made: versions and machine, in words. */
  readonly madeBy: string;
  /** Where a picture of it begins, in nanoseconds since the start; what came before is preparation. Default 0. */
  readonly shownFromNs?: number | undefined;
}

/** How sure an event is: seen, concluded from what was seen, or made up so that a format is complete. */
export type Basis = 'observed' | 'inferred' | 'synthetic';

/** Seen from the observer: it went out from it, or came in to it. */
export type Direction = 'sent' | 'received';

/** One event of a trace. */
export type TraceEvent = ActorEvent | StateEvent | ChunkEvent | DatagramEvent | FrameEvent | SessionEvent | NoteEvent;

/** What a program or a person is in a run. */
export type Role = 'server' | 'client' | 'proxy';

interface Timed {
  /** Nanoseconds since the trace's start, a whole number. */
  readonly at: number;
  readonly basis: Basis;
}

interface Observed extends Timed {
  /** The observer: an actor's id. */
  readonly by: string;
  /** The observer's own name of the connection, unique in the trace. The two ends of a connection have different ones. */
  readonly connection: string;
}

/** Somebody takes part. Said again with another name, the actor is renamed. */
export interface ActorEvent extends Timed {
  readonly kind: 'actor';
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** What a connection does, as its transport tells it. */
export interface StateEvent extends Observed {
  readonly kind: 'state';
  readonly state: 'dialling' | 'open' | 'accepted' | 'paused' | 'resumed' | 'drained' | 'ended' | 'peer-ended' | 'closed';
  /** This end's address, and the other's, with `dialling` (remote only), `open` and `accepted`. */
  readonly local?: string;
  readonly remote?: string;
  /** With `accepted` and `open` on a proxy: its name of the other leg, with which this one is one connection. */
  readonly leg?: string;
  /** With `closed`: who ended it, and the error's sentence if it was one. */
  readonly closedBy?: 'local' | 'remote';
  readonly error?: string;
}

/** Bytes of a stream, as they were handed to the transport or came from it. Masked: offset and length count masked bytes. */
export interface ChunkEvent extends Observed {
  readonly kind: 'chunk';
  readonly direction: Direction;
  /** How many bytes went before it in that direction. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** The places of masks in `bytes`. */
  readonly masks: readonly Range[];
}

/** A datagram of the UDP transport at the socket. Masked: its length and its checksum are those of the masked packet. */
export interface DatagramEvent extends Timed {
  readonly kind: 'datagram';
  readonly by: string;
  /** The observer's connection; absent where there is none yet, or never will be: SYN and COOKIE at the server, RST. */
  readonly connection?: string;
  /** Addresses of the observer's socket and of the other one, as URLs: `udp://127.0.0.1:4000`. */
  readonly local: string;
  readonly remote: string;
  readonly direction: Direction;
  /** The packet as transports/udp/wire reads it; empty if it could not be shown without risk to a secret (`fate` says why). */
  readonly bytes: Uint8Array;
  readonly masks: readonly Range[];
  /** What the link did to a sent one, or what was wrong with a received one. Absent: nothing. */
  readonly fate?: 'lost' | 'duplicated' | 'corrupted' | 'malformed' | 'withheld';
  /** The segments in it that were sent before, each with the reason; absent: none. */
  readonly again?: readonly Resent[];
}

/** Why a segment is sent once more: its retransmission timer, a probe, loss found by later ACKs, or along with a later one. */
export type ResendCause = 'timeout' | 'probe' | 'fast' | 'bundled';

/** A segment that is sent again. */
export interface Resent {
  readonly segment: number;
  readonly cause: ResendCause;
}

/** A frame of the chat, or a line at the plain-text door, when its last byte was sent or had arrived. */
export interface FrameEvent extends Observed {
  readonly kind: 'frame';
  readonly direction: Direction;
  /** A name of lib/wire/frames.ts, or `LINE`. */
  readonly type: string;
  /** Its fields by name, masked. Of a LINE: `text`. Byte strings as hex text. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where it begins in the masked stream of that direction. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly masks: readonly Range[];
}

/** A step of a session's state machine (lib/session). */
export interface SessionEvent extends Observed {
  readonly kind: 'session';
  readonly from: string;
  readonly event: string;
  readonly to: string;
}

/** A sentence for the reader: what a lesson says between its steps. */
export interface NoteEvent extends Timed {
  readonly kind: 'note';
  readonly text: string;
}

/** From a byte up to, but not including, another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Takes events as they come: a file, a screen, a list in memory. */
export interface TraceSink {
  event(event: TraceEvent): void;
}
