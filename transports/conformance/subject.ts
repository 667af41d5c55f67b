/*
 * What the suite is told about a transport, and what it gives back: a transport joins by filling in a
 * Subject, never by writing tests. Nothing here knows a test runner.
 */
import type { Address, Transport } from '../../lib/transport.js';

/** A transport that is held to the contract. */
export interface Subject {
  /** How it is called in the names of the cases. */
  readonly name: string;
  /** The transport; it must be able to listen. */
  readonly transport: Transport;
  /** An address to listen at, free each time: one with port 0, or a new name at each call. */
  address(): Address;
  /** An address of its scheme that cannot be read. Default: `SCHEME:` with nothing sensible behind it, `SCHEME://:::`. */
  readonly badAddress?: Address;
  /** How many bytes the largest echo has. Default 64 MiB. */
  readonly largestBytes?: number;
  /**
   * More bytes than all the buffers between two ends can hold: if so many go to a peer that does not read, there
   * is no backpressure. Default 32 MiB; the kernel alone takes up to 10 MiB for TCP on loopback.
   */
  readonly floodBytes?: number;
  /** How long one case may take, in milliseconds. Default 20,000. */
  readonly timeLimitMs?: number;
  /** What is held at the moment: a count for each kind of handle or timer. Default: what Node says is active. */
  readonly resources?: () => ReadonlyMap<string, number>;
}

/** The subject with its defaults filled in. */
export type Settings = Required<Subject>;

/** One promise of the contract, to be run by any test runner. */
export interface ConformanceCase {
  readonly name: string;
  /** Resolves if the promise is kept; rejects with a {@link ConformanceError} whose message says in a sentence what was seen. */
  run(): Promise<void>;
}

/** A promise of the contract that a transport does not keep. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
}

/** Throws the sentence as a {@link ConformanceError} unless the condition holds. */
export function expect(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new ConformanceError(sentence);
}

/** Fills in what a subject leaves out. */
export function withDefaults(subject: Subject): Settings {
  return {
    badAddress: `${subject.transport.scheme}://:::`,
    largestBytes: 64 * 1024 * 1024,
    floodBytes: 32 * 1024 * 1024,
    timeLimitMs: 20_000,
    resources: activeResources,
    ...subject,
  };
}

/** What a Node process waits for, counted by kind; nothing elsewhere. What ends by itself within the turn is left out. */
function activeResources(): ReadonlyMap<string, number> {
  const { process } = globalThis as { process?: { getActiveResourcesInfo?: () => string[] } };
  const counts = new Map<string, number>();
  for (const kind of process?.getActiveResourcesInfo?.() ?? []) {
    if (kind !== 'Immediate' && kind !== 'TickObject') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
