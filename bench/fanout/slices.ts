/*
 * Measuring on a machine that is not ours alone: a window is cut into slices, both processes are read at every cut, and only
 * slices in which other programs took hardly anything are kept, nor the one after a disturbed slice, which has its backlog.
 * What is kept is chosen by what others did, never by our own figures.
 */
import type { Child } from './processes.js';
import type { ServerHandlers } from './server-process.js';

/** What a load process says of itself. */
export interface LoadReading {
  readonly atMicros: number;
  readonly cpuMicros: number;
  readonly takenMicros: number;
  readonly delivered: number;
}

/** Any server and any load that can be read. */
export interface Readable {
  readonly server: Child<Pick<ServerHandlers, 'reading'>>;
  readonly load: Child<{ reading: (_: null) => LoadReading }>;
}

/** Both processes, read at about one moment. */
export async function readBoth({ server, load }: Readable) {
  const [fromServer, fromLoad] = await Promise.all([server.ask('reading', { collect: false }), load.ask('reading', null)]);
  return { server: fromServer, load: fromLoad };
}

type Reading = Awaited<ReturnType<typeof readBoth>>;

/** What lies between two readings. */
export interface Slice {
  /** Clock of the load process. */
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly delivered: number;
  readonly serverMicros: number;
  readonly loadMicros: number;
  /** The share of its time that other programs took from the worse hit of the two processes. */
  readonly foreignShare: number;
}

export function sliceBetween(before: Reading, after: Reading): Slice {
  const elapsed = after.load.atMicros - before.load.atMicros;
  const serverElapsed = after.server.atMicros - before.server.atMicros;
  const taken = (side: 'server' | 'load', micros: number) => (after[side].takenMicros - before[side].takenMicros) / micros;
  return {
    fromMicros: before.load.atMicros,
    toMicros: after.load.atMicros,
    delivered: after.load.delivered - before.load.delivered,
    serverMicros: ((after.server.cpuMicros - before.server.cpuMicros) / serverElapsed) * elapsed,
    loadMicros: after.load.cpuMicros - before.load.cpuMicros,
    foreignShare: Math.max(0, taken('server', serverElapsed), taken('load', elapsed)),
  };
}

export interface SliceOptions {
  readonly sliceMs: number;
  /** How much undisturbed time is wanted. */
  readonly needMs: number;
  /** How long to go on for it. */
  readonly maxMs: number;
  readonly maxForeignShare: number;
}

/** Reads until there are enough undisturbed slices or the time is up. */
export async function calmSlices(pair: Readable, { sliceMs, needMs, maxMs, maxForeignShare }: SliceOptions): Promise<CalmSlices> {
  const slices: Slice[] = [];
  let wasCalm = true;
  let before = await readBoth(pair);
  for (let passedMs = 0; passedMs < maxMs && slices.length * sliceMs < needMs; passedMs += sliceMs) {
    await new Promise((resolve) => setTimeout(resolve, sliceMs));
    const after = await readBoth(pair);
    const slice = sliceBetween(before, after);
    const isCalm = slice.foreignShare <= maxForeignShare;
    if (isCalm && wasCalm) slices.push(slice);
    wasCalm = isCalm;
    before = after;
  }
  return { slices, enough: slices.length * sliceMs >= needMs };
}

export interface CalmSlices {
  readonly slices: Slice[];
  readonly enough: boolean;
}
