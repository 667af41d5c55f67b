/*
 * Every limit of the server, with its default and why it is there. All are options of ChatServer.
 */

/** The server's limits. Times in ms, sizes in bytes. */
export interface ServerLimits {
  /** Connections in all; the next one gets a polite BYE. */
  readonly maxConnections: number;
  /** Connections of one source: an IP address, or the listener where there are none (Unix, memory). */
  readonly maxConnectionsPerSource: number;
  /** Groups in all. */
  readonly maxGroups: number;
  /** How long a group without members is kept. */
  readonly emptyGroupKeptMs: number;
  /** The largest payload of a client's frame; a larger one breaks the protocol. */
  readonly maxFrameBytes: number;
  /** The longest line at the plain-text door; a longer one is skipped and rejected. */
  readonly maxLineBytes: number;
  /** A framed client has said HELLO by then. */
  readonly helloTimeoutMs: number;
  /** From the connection (or from leaving a group) to being in a group, whatever drips in meanwhile. */
  readonly dialogueTimeoutMs: number;
  /** Silence after which a framed client in a group is pinged. */
  readonly pingAfterMs: number;
  /** Silence after which it counts as lost. */
  readonly deadAfterMs: number;
  /** Wrong answers, then BYE. */
  readonly maxWrongAnswers: number;
  /** Wrong passwords for one group ID from one source in a minute; further ones are refused unread. */
  readonly wrongPasswordsPerMinute: number;
  /** Wrong passwords in all in a minute; past it, sources that guessed wrong three times have to wait. */
  readonly wrongPasswordsInAllPerMinute: number;
  /** Groups that one source may create in a minute; so a class can, and nobody fills the server before empty ones are given up. */
  readonly createsPerMinute: number;
  /** Passwords that the hasher is given at the same time, no more than it computes at once; sources take turns for them. */
  readonly passwordsAtOnce: number;
  /** What a client may say in a second, on the average; past the burst, its connection is paused. Coming back renews nothing. */
  readonly messagesPerSecond: number;
  /** What it may say at once. */
  readonly messageBurst: number;
  /** A member with more than this unsent is cut off as a slow consumer. */
  readonly maxUnsentBytes: number;
  /** So is one with more than this ... */
  readonly stalledUnsentBytes: number;
  /** ... and no progress for this long. */
  readonly stalledAfterMs: number;
  /** Past this sum over all connections, the largest is cut off. What has filled no connection's buffer counts after a second. */
  readonly maxTotalUnsentBytes: number;
  /** A lost member keeps its seat for this long. */
  readonly seatKeptMs: number;
  /** Comings and goings are told in groups up to this size. */
  readonly presenceUpTo: number;
  /** After BYE: the orderly end may take this long, then the connection is dropped. */
  readonly partingMs: number;
  /** What BYE advises at shutdown: reconnect no sooner than this (clients spread themselves beyond it). */
  readonly retryAfterMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  maxConnections: 10_000,
  maxConnectionsPerSource: 1_000,
  maxGroups: 10_000,
  emptyGroupKeptMs: 3_600_000,
  maxFrameBytes: 16 * 1024,
  maxLineBytes: 16 * 1024,
  helloTimeoutMs: 10_000,
  dialogueTimeoutMs: 300_000,
  pingAfterMs: 30_000,
  deadAfterMs: 75_000,
  maxWrongAnswers: 3,
  wrongPasswordsPerMinute: 10,
  wrongPasswordsInAllPerMinute: 300,
  createsPerMinute: 120,
  passwordsAtOnce: 2,
  messagesPerSecond: 20,
  messageBurst: 60,
  maxUnsentBytes: 1024 * 1024,
  stalledUnsentBytes: 256 * 1024,
  stalledAfterMs: 10_000,
  maxTotalUnsentBytes: 64 * 1024 * 1024,
  seatKeptMs: 60_000,
  presenceUpTo: 200,
  partingMs: 1_000,
  retryAfterMs: 2_000,
};
