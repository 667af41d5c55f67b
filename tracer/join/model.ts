/*
 * What the joining works on. A draft becomes a step: it is filled in by the parts that take events (frames.ts, chunks.ts,
 * packets.ts, signals.ts), waits in the timeline, and is told once it is settled (settled.ts, telling/). A joint is a
 * connection with its ends, as far as they are known by now, and what is on its way in each direction; story.ts has the
 * shape that views see.
 */
import type { Basis, CallEvent, DatagramEvent, Direction, FrameEvent, KernelEvent, Range, ResendCause } from '../trace/trace.js';
import type { FrameWalk } from './frame-walk.js';
import type { JoinedConnection } from './story.js';

/** Which way something goes: up from the client to the server, or down. */
export type Way = 'up' | 'down';

/** From where an observer sees a connection: as one of its ends, or as a proxy's leg towards the client (near) or the server (far). */
export type Seat = 'client' | 'server' | 'near' | 'far';

/** An observer's end of a connection. */
export interface End {
  /** The observer's name of it. */
  readonly name: string;
  /** The observer. */
  readonly by: string;
  seat: Seat;
  /** Absent until the connection is known to which it belongs. */
  joint: Joint | undefined;
  /** Whether it was open, and whether it is over. */
  opened: boolean;
  closed: boolean;
  /** Whether it ended by a reset from where it leads to. */
  reset: boolean;
}

/** What goes one way. */
export interface Flow {
  /** Frames that wait, by their offset, and where the next new one can begin. */
  readonly frames: Map<number, ArrowDraft>;
  framesUpTo: number;
  /** Chunks that wait for their reading, oldest first. */
  chunks: ArrowDraft[];
  /** How far the stream was read, and when. */
  readUpTo: number;
  readAt: number;
  /** Packets that wait, by number; those without a number; those that cannot be told apart. */
  readonly packets: Map<number, ArrowDraft>;
  unnumbered: ArrowDraft[];
  /** The orderly goodbye and the other one, once there was one. */
  fin: ArrowDraft | undefined;
  rst: ArrowDraft | undefined;
  /** What was told of packets, for those that come later: by packet number, by what those without one say, by segment. */
  readonly toldPackets: Map<number, Told>;
  readonly toldUnnumbered: Map<string, ToldUnnumbered>;
  readonly toldSegments: Map<number, ToldSegment>;
  /** The newest number among the packets of this way that the other end has acknowledged. */
  ackedPacket: number;
  finSegment: number | undefined;
  /** UDP: in which step SYN, COOKIE and CONNECT were told first. */
  readonly firstOf: Map<string, number>;
  /** Names the frames in the stream. */
  readonly walk: FrameWalk;
  nextByte: number;
  nextSegment: number;
}

/** A packet that was told. */
export interface Told {
  readonly step: number;
  readonly missing: boolean;
}

/** The last packet without a number that was told and said the same: in which step, and where it was seen. */
export interface ToldUnnumbered extends Readonly<Record<Station, number | undefined>> {
  readonly step: number;
}

/** A segment that was told: in which step first, in which packet last, and which frames are in it. */
export interface ToldSegment {
  readonly step: number;
  readonly frames: string;
  packet: number;
}

/** A connection, its ends joined. */
export interface Joint {
  readonly id: string;
  scheme: JoinedConnection['scheme'];
  codec: JoinedConnection['codec'];
  clientAddress: string;
  serverAddress: string;
  /** The observers' names of it. */
  readonly names: string[];
  client: End | undefined;
  server: End | undefined;
  near: End | undefined;
  far: End | undefined;
  /** Whether somebody may still turn out to observe there. */
  clientMayCome: boolean;
  serverMayCome: boolean;
  /** Columns of ends that nobody observes, once they were needed. */
  inferredClient: string | undefined;
  inferredServer: string | undefined;
  /** The name that the client has asked for, and the one that the server has taken. */
  claimedName: string | undefined;
  clientName: string | undefined;
  /** The question that is open at the plain-text door. */
  asked: string | undefined;
  /** UDP: the client's ID, once known, and whether the handshake was told to its end. */
  clientId: number | undefined;
  open: boolean;
  /** UDP: the connection IDs that COOKIEs offered, and in which step. */
  readonly offered: Map<number, number>;
  /** TCP: the handshake as told by inference. */
  handshake: 'none' | 'asked' | 'done';
  syn: ArrowDraft | undefined;
  synAnswered: boolean;
  readonly up: Flow;
  readonly down: Flow;
}

/** Whatever stands in the timeline. */
export type Draft = ArrowDraft | MarkDraft | CallDraft | NoteDraft | Barrier;

/** Something that goes from one end of a connection to the other. */
export interface ArrowDraft {
  readonly kind: 'arrow';
  readonly at: number;
  readonly basis: Basis;
  readonly joint: Joint;
  readonly way: Way;
  readonly content: Content;
  /** When it was seen, and where on its way: sent by one end, into a proxy, out of it, received by the other end. */
  sentAt: number | undefined;
  inAt: number | undefined;
  outAt: number | undefined;
  receivedAt: number | undefined;
  fate: DatagramEvent['fate'];
  /** A second copy of a datagram that was told already, or is told beside this one. */
  copy: boolean;
  /** Nothing more is waited for. */
  forced: boolean;
  /** It turned out not to have happened. */
  void: boolean;
}

/** A place on the way from one end to the other. */
export type Station = 'sentAt' | 'inAt' | 'outAt' | 'receivedAt';

/** What goes. */
export type Content = FrameContent | ChunkContent | PacketContent | SignalContent | KernelContent;

/** A frame of the chat. */
export interface FrameContent {
  readonly is: 'frame';
  readonly event: FrameEvent;
}

/** A chunk of a stream: one write, or one read where nobody saw the writing. */
export interface ChunkContent {
  readonly is: 'chunk';
  readonly direction: Direction;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly masks: readonly Range[];
  /** How many reads brought it to the other end, and whether the last of them brought more than it. */
  reads: number;
  shared: boolean;
}

/** A datagram. */
export interface PacketContent {
  readonly is: 'packet';
  readonly bytes: Uint8Array;
  readonly masks: readonly Range[];
  /** Its number; 0 if it has none. */
  readonly number: number;
  /** What the sender says of segments in it that were sent before. */
  again: readonly { readonly segment: number; readonly cause: ResendCause }[] | undefined;
}

/** What the kernels say to each other, of which a tap sees only the outcome. */
export interface SignalContent {
  readonly is: 'signal';
  readonly signal: 'SYN' | 'SYN-ACK' | 'ACK' | 'FIN' | 'END' | 'RST';
  readonly refused?: boolean;
}

/** A packet that a capture saw. */
export interface KernelContent {
  readonly is: 'kernel';
  readonly event: KernelEvent;
}

/** A system call, of a connection or of a listener. */
export interface CallDraft {
  readonly kind: 'call';
  readonly at: number;
  readonly basis: Basis;
  /** Its connection, once that is known. */
  readonly joint: () => Joint | undefined;
  /** That is not waited for. */
  forced: boolean;
  readonly event: CallEvent;
}

/** Something that happens at one end. */
export interface MarkDraft {
  readonly kind: 'mark';
  /** Default: `states`. */
  readonly lane?: 'kernel';
  readonly at: number;
  readonly basis: Basis;
  readonly joint: Joint;
  readonly side: 'client' | 'server';
  readonly label: string;
  readonly words: string;
  readonly why: string;
}

/** A sentence for the reader. */
export interface NoteDraft {
  readonly kind: 'note';
  readonly at: number;
  readonly basis: Basis;
  readonly words: string;
}

/** Keeps a place: what is held back until its connection is known will stand here. */
export interface Barrier {
  readonly kind: 'barrier';
  readonly at: number;
  lifted: boolean;
  /** Gives up waiting. */
  readonly lift: () => void;
}
