/*
 * Performs a lesson and traces it: over UDP in virtual time, where each run is the same and exactly the datagram is lost
 * that the lesson is about; over a stream with real sockets of this computer.
 */
import type { Trace } from '../../tracer/trace/trace.js';
import { parseFaults } from '../../transports/link/index.js';
import { parseUdpFlags } from '../../transports/udp/index.js';
import { type VirtualMachine, virtualMachine } from '../../transports/virtual/index.js';
import type { Machine } from '../stage/network.js';
import { record } from '../stage/record.js';
import type { Lesson, Setting } from './lesson.js';

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
export async function play({ example, engine }: Lesson, { transport, arq }: Setting, { madeBy }: Play): Promise<Trace> {
  if (transport !== 'udp') return record(example, { transport, madeBy });
  const { machine, run } = machineFor(example.faults ?? {}, arq, engine);
  return run(() => record(example, { transport, madeBy: `${madeBy}, in virtual time`, machine }));
}

function machineFor(
  flags: Parameters<typeof parseFaults>[0],
  arq: Setting['arq'],
  settings: Lesson['engine'],
): { readonly machine: Machine; readonly run: VirtualMachine['run'] } {
  const linkCounts = { sent: 0, lost: 0 };
  const faults = parseFaults(flags);
  // The textbook's three with the textbook's fixed timer; `sack` as it comes.
  const policy =
    arq === 'sack' ? undefined : parseUdpFlags({ arq, profile: 'textbook' }, parseFaults({ ...flags, delay: String(LATENCY_MS) }));
  const { host, run } = virtualMachine({ seed: 1, faults, linkCounts, latencyMs: LATENCY_MS, engine: { ...policy, ...settings } });
  return { machine: { host, linkCounts }, run };
}
