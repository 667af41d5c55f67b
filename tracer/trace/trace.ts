/*
 * THE model of a trace: what was observed of a run, event by event, each by one observer who reports only what it
 * saw itself. Which observations belong together is not said here; tracer/join finds that out. Every event stands for
 * one line of the file (tracer/file). Secrets were cut out before an event was made (tracer/redact).
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
export type TraceEvent =
  | ActorEvent
  | StateEvent
  | ChunkEvent
  | DatagramEvent
  | FrameEvent
  | SessionEvent
  | KernelEvent
  | CallEvent
  | SocketEvent
  | NoteEvent;

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
  /** With `accepted`, `dialling` and `open` on a proxy: its name of the other leg, with which this one is one connection. */
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

/** A flag of a TCP segment. */
export type TcpFlag = 'SYN' | 'FIN' | 'RST' | 'PSH' | 'ACK' | 'URG' | 'ECE' | 'CWR';

/**
 * A packet between two kernels, as a capture beside the programs saw it: not an end's own report, so `by`, `connection` and
 * `direction` only say whose packet it is, by its addresses; `inferred` if not even these could tell. A segment's numbers
 * count from the connection's first one, over masked bytes; a secret that is shown makes them those on the wire.
 */
export interface KernelEvent extends Observed {
  readonly kind: 'kernel';
  readonly direction: Direction;
  /** Addresses of the end and of the other one. */
  readonly local: string;
  readonly remote: string;
  /** Of a TCP segment; of a UDP datagram there is none of these. */
  readonly flags?: readonly TcpFlag[];
  /** Absent if the capture began too late to tell from where to count. */
  readonly seq?: number;
  readonly ack?: number;
  /** In bytes: scaled, where the handshake was seen (RFC 7323, section 2). */
  readonly window?: number;
  /** In words: `mss 65495`, `window scale 7`. */
  readonly options?: readonly string[];
  /** Its bytes were on the way before. */
  readonly again?: boolean;
  /** Of a datagram: the names of the frames in its packet. What it carries stands in the datagram's own event. */
  readonly names?: readonly string[];
  /** What it carries of the masked stream, where that is known. */
  readonly bytes: Uint8Array;
  readonly masks: readonly Range[];
}

/** What the kernel says of an end's TCP socket when it is asked; told when it has changed. */
export interface SocketEvent extends Observed {
  readonly kind: 'socket';
  readonly local: string;
  readonly remote: string;
  /** As RFC 9293 names it: `ESTABLISHED`, `TIME-WAIT`. */
  readonly state: string;
  /** The congestion window, in segments. */
  readonly cwnd?: number;
  /** The smoothed round-trip time, and the retransmission timeout, milliseconds. */
  readonly rttMs?: number;
  readonly rtoMs?: number;
}

/** What a system call did with the thread that made it. */
export type Verdict = 'blocking' | 'non-blocking' | 'in progress' | 'would block' | 'never waits';

/** A system call on a socket of the run, or the waiting for one. */
export interface CallEvent extends Timed {
  readonly kind: 'call';
  /** Whose socket it is, and of which connection; a listener's belongs to none. */
  readonly by: string;
  readonly connection?: string;
  readonly name: string;
  /** As strace prints them, short; what was carried is cut out, and lengths are those of masked bytes. */
  readonly args: readonly string[];
  readonly result: string;
  readonly error?: string;
  /** How long it took, nanoseconds. */
  readonly took: number;
  readonly verdict: Verdict;
  /** How one can tell, in a few words. */
  readonly because: string;
  /** Made by another thread than the one that runs the event loop. */
  readonly worker?: boolean;
  /** Which bytes of the masked stream it moved, if it moved any and that is known. */
  readonly direction?: Direction;
  readonly offset?: number;
  readonly length?: number;
  /** Of a datagram: the names of the frames in its packet. */
  readonly names?: readonly string[];
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
