/*
 * What the views show: a trace told as one story. Observations of both ends are joined to connections and to steps, each
 * with its place in time, its reason and how sure it is. Made by joiner.ts; the ladder, the table, SVG, Mermaid and the
 * browser read nothing but this.
 */
import type { Basis, Range, ResendCause, Role } from '../trace/trace.js';

/** A column of the ladder. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Inferred: nobody observed at this end; it is known by what the other end saw. */
  readonly basis: Basis;
}

/** A connection between two actors, both ends joined. */
export interface JoinedConnection {
  /** `c1`, `c2`, ... in the order of their first event. */
  readonly id: string;
  readonly scheme: 'tcp' | 'unix' | 'udp' | 'memory' | 'http' | 'other';
  readonly codec: 'frames' | 'text' | 'unknown';
  /** Who dialled, and who accepted: actors' ids. */
  readonly client: string;
  readonly server: string;
  readonly clientAddress: string;
  readonly serverAddress: string;
  /** The observers' own names of it. */
  readonly ends: readonly string[];
}

/** What a step belongs to. `kernel` and `calls` are what is observed below the program. */
export type Lane = 'frames' | 'segments' | 'states' | 'notes' | 'kernel' | 'calls';

/** One row of the story. */
export type Step = ArrowStep | MarkStep | NoteStep;

interface Numbered {
  /** From 1, in the order of the story. */
  readonly number: number;
  /** Nanoseconds since the trace's start: when it began. Steps are in this order. */
  readonly at: number;
  readonly basis: Basis;
}

/** Something goes from one actor to another. */
export interface ArrowStep extends Numbered {
  readonly kind: 'arrow';
  readonly lane: 'frames' | 'segments' | 'kernel';
  /** The joined connection's id. */
  readonly connection: string;
  readonly from: string;
  readonly to: string;
  /** When it left and when it arrived, as far as somebody saw it; `at` is the earlier. */
  readonly sentAt?: number;
  readonly receivedAt?: number;
  /** `unseen`: nobody can tell any more; `under-way`: the run goes on, and it may still arrive. */
  readonly outcome: 'arrived' | 'lost' | 'corrupted' | 'duplicate' | 'unseen' | 'under-way';
  /** The name on the arrow: `SAY`, `SYN`, `DATA`, `LINE`. */
  readonly label: string;
  /** What it carries, in a few words, cleaned for a terminal. */
  readonly words: string;
  /** Of a transport's handshake or parting: `handshake 1/3`, `closing`. */
  readonly phase?: string;
  /** Why this step happens, one plain sentence. */
  readonly why: string;
  /** Of a retransmission: the number of the step that carried it first, and the reason. */
  readonly repeats?: { readonly step: number; readonly segment: number; readonly cause: ResendCause };
  /** The masked bytes: of the frame, the packet, or the chunk; for the hex view. */
  readonly bytes: Uint8Array;
  readonly masks: readonly Range[];
}

/** Something happens at one actor: a connection's state, a session's transition, a system call. */
export interface MarkStep extends Numbered {
  readonly kind: 'mark';
  readonly lane: 'states' | 'kernel' | 'calls';
  /** Empty, if it is of none: a listener's system call. */
  readonly connection: string;
  readonly actor: string;
  readonly label: string;
  readonly words: string;
  readonly why: string;
}

/** A sentence between steps. */
export interface NoteStep extends Numbered {
  readonly kind: 'note';
  readonly lane: 'notes';
  readonly words: string;
}

/** A trace, told. */
export interface Story {
  readonly title: string;
  readonly startedAtMs: number;
  readonly actors: readonly Actor[];
  readonly connections: readonly JoinedConnection[];
  readonly steps: readonly Step[];
}
