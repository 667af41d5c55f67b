/*
 * What the fan-out benchmark asks of a peer: a server to start in the server's process, and a wire by which the load process
 * speaks to it in raw bytes. The load never runs a peer's own client: every peer gets the same cheap members over `node:net`,
 * so that what differs between two rows is the server alone.
 */

/** How much the serving process has used so far. */
export interface Usage {
  /** Processor time, user and system, in microseconds. */
  readonly cpuMicros: number;
  /** Time that other programs have taken from it, in microseconds. */
  readonly takenMicros: number;
  readonly rssBytes: number;
}

/** A server that runs and can be joined. */
export interface PeerServer {
  readonly port: number;
  /** Where it reads lines of text, if it does so at a port of their own. */
  readonly linePort?: number;
  /** The names by which members join the groups that were asked for, in order. */
  readonly groups: readonly string[];
  /** For a peer whose work is done in a process of its own; otherwise the server's process is asked. */
  usage?(): Usage;
  close(): void;
}

/** What a joining member does about the bytes that have come. */
export interface JoinStep {
  /** How many of the bytes are dealt with. */
  readonly consumed: number;
  /** What to answer. */
  readonly send?: Buffer;
  readonly joined: boolean;
}

/** A peer's bytes, as a member sees them. All frames of one peer are counted by `frameAt`, so it must be cheap. */
export interface Wire {
  /** What a member sends as soon as it is connected; empty when the server speaks first. */
  opening(group: string, name: string): Buffer;
  /** One step of the join over what has come and is not yet consumed; undefined when more must come first. */
  joinStep(bytes: Buffer, group: string, name: string): JoinStep | undefined;
  /** One message to a group, as its sender puts it on the wire. */
  say(text: Buffer, group: string, name: string): Buffer;
  /** Numbers the messages in a piece of the sender's stream, where the protocol wants each to have its own number. */
  number?(messages: Buffer, first: number): void;
  /**
   * The length of the frame at `at`: positive when it is a delivery, negative when it is anything else, and 0 when the bytes
   * before `end` do not tell yet.
   */
  frameAt(bytes: Buffer, at: number, end: number): number;
  /** How many bytes of a delivery come after its text. */
  readonly bytesAfterText: number;
  /** True when senders are further connections that join nothing (Redis), so that a message reaches every member. */
  readonly sendersAreOutsiders?: boolean;
}

export interface Peer {
  /** What it is, in one line under the table. */
  readonly note: string;
  /** A sentence when it cannot run here. */
  unavailable?(): string | undefined;
  serve(groupCount: number): Promise<PeerServer>;
  readonly wire: Wire;
}

/** Made-up group names, for servers that take any. */
export function groupNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `g${index}`);
}
