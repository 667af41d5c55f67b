/*
 * What the figures of ladders show: each example over each transport it can be performed over. A run over real sockets is
 * another one each time, so TCP and Unix have kept recordings (docs/recordings/traces, `npm run figures:record`); UDP is
 * run again in virtual time whenever it is asked for, and is the same each time.
 */
import { readFileSync } from 'node:fs';
import { type Example, examples, record } from '../../examples/index.js';
import type { Machine } from '../../examples/stage/network.js';
import { readTrace } from '../../tracer/file/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import { parseFaults } from '../../transports/link/index.js';
import { type VirtualMachine, virtualMachine } from '../../transports/virtual/index.js';

/** The transports, as the figures' names begin. */
export const TRANSPORTS = ['tcp', 'udp', 'unix'] as const;

/** One figure's run. */
export interface Take {
  /** `tcp-handshake`. */
  readonly name: string;
  readonly example: Example;
  readonly transport: (typeof TRANSPORTS)[number];
  /** With the kernels' packets and the system calls; default: without. */
  readonly below?: true;
}

/** From the program's side: an example that is about one transport is taken over that one. */
const FROM_ABOVE: readonly Take[] = examples.flatMap((example) =>
  TRANSPORTS.filter((transport) => (example.transport ?? transport) === transport).map((transport) => ({
    ...{ name: `${transport}-${example.name}`, example, transport },
  })),
);

/** All of them: the handshake over TCP is seen from below, too. */
export const TAKES: readonly Take[] = FROM_ABOVE.flatMap((take) =>
  take.name === 'tcp-handshake' ? [take, { ...take, name: 'tcp-below', below: true }] : take,
);

const FOLDER = new URL('../recordings/traces/', import.meta.url);
/** One way in virtual time, ms: as between two rooms of a building, so that arrows have a slope. */
const LATENCY_MS = 0.5;

/** Where the recording of a take is kept, for `chatwire trace show NAME`. */
export const recordingOf = (name: string): URL => new URL(`${name}.jsonl`, FOLDER);

/** The trace of a take: run in virtual time, or read. */
export async function traceOf(take: Take): Promise<Trace> {
  return take.transport === 'udp' ? inVirtualTime(take) : keptOf(take.name);
}

/** Reads a kept recording. Throws if it is damaged: then it was not made by `npm run figures:record`. */
export function keptOf(name: string): Trace {
  const { trace, problems } = readTrace(readFileSync(recordingOf(name), 'utf8'));
  if (!trace || problems.length > 0) throw new Error(`${name}: ${problems.join(' ')}`);
  return trace;
}

/** Performs a take in virtual time: the real engine, a network in memory, randomness from a seed. */
export function inVirtualTime({ example, transport }: Take): Promise<Trace> {
  const { machine, run } = machineFor(example);
  return run(() => record(example, { transport, madeBy: 'Chatwire, in virtual time', machine }));
}

/** A machine in virtual time with the faults of an example, and what runs it. */
export function machineFor(example: Example): { readonly machine: Machine; readonly run: VirtualMachine['run'] } {
  const linkCounts = { sent: 0, lost: 0 };
  const faults = parseFaults(example.faults ?? {});
  const { host, run } = virtualMachine({ seed: 1, faults, linkCounts, latencyMs: LATENCY_MS });
  return { machine: { host, linkCounts }, run };
}
