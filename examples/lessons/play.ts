/*
 * Performs a lesson and traces it: over UDP in virtual time, where each run is the same and exactly the datagram is lost
 * that the lesson is about; over a stream with real sockets of this computer.
 */
import type { Trace } from '../../tracer/trace/trace.js';
import { type FaultFlags, parseFaults } from '../../transports/link/index.js';
import { parseUdpFlags } from '../../transports/udp/index.js';
import { virtualMachine } from '../../transports/virtual/index.js';
import { record } from '../stage/record.js';
import type { Example } from '../stage/stage.js';
import type { Lesson, OfTheChat, Setting } from './lesson.js';
import { newWorld, type World } from './world.js';

/** One way on the network in virtual time, ms: as between two cities, so that arrows slope. */
export const LATENCY_MS = 10;

/** How a lesson is traced. */
export interface Play {
  /** With what it is made, in words. */
  readonly madeBy: string;
}

/**
 * Performs a lesson and gives its trace.
 * @throws {TransportError} if the transport cannot listen here
 */
export async function play(lesson: Lesson, { transport, arq }: Setting, { madeBy }: Play): Promise<Trace> {
  if ('perform' in lesson) return lesson.perform(madeBy);
  const world = newWorld();
  const example = exampleOf(lesson, world);
  if (transport !== 'udp') return record(example, { transport, madeBy });
  const linkCounts = { sent: 0, lost: 0 };
  const flags = example.faults ?? {};
  const engine = { ...policyFor(arq, flags), ...lesson.engine };
  const { host, run } = virtualMachine({
    seed: 1,
    faults: parseFaults(flags),
    linkCounts,
    latencyMs: LATENCY_MS,
    engine,
    before: world.before,
  });
  return run(() => record(example, { transport, madeBy: `${madeBy}, in virtual time`, machine: { host, linkCounts } }));
}

/** What of the chat a lesson performs. */
function exampleOf({ example }: OfTheChat, world: World): Example {
  return typeof example === 'function' ? example(world) : example;
}

/** The textbook's three with the textbook's fixed timer; `sack` as it comes. */
function policyFor(arq: Setting['arq'], flags: FaultFlags): ReturnType<typeof parseUdpFlags> {
  return arq === 'sack' ? undefined : parseUdpFlags({ arq, profile: 'textbook' }, parseFaults({ ...flags, delay: String(LATENCY_MS) }));
}
