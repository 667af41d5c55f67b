/*
 * Records a demo from the program and from below: taps, and beside them the kernels' packets and the system calls, on one
 * timeline. What cannot be had is told in a sentence, on stderr and in the trace, and the rest is recorded without it.
 */
import { performance } from 'node:perf_hooks';
import { DEFAULT_TRANSPORT, type Example } from '../../../examples/index.js';
import { knownEnds } from '../../../tracer/below/known-ends.js';
import { type Captured, capturePackets, type PacketCapture, type SocketWatch, watchSockets } from '../../../tracer/capture/index.js';
import { readTrace } from '../../../tracer/file/index.js';
import { kernelLane, type SocketSample, socketLane } from '../../../tracer/kernel/index.js';
import { callLane } from '../../../tracer/syscalls/index.js';
import type { Trace, TraceEvent } from '../../../tracer/trace/trace.js';
import type { FaultFlags } from '../../../transports/link/index.js';
import type { UdpFlags } from '../../../transports/udp/index.js';
import type { Ready, Repertoire } from './order.js';
import { stage } from './stage.js';

/** What is recorded. */
export interface BelowOptions {
  /** Default: demos. */
  readonly repertoire?: Repertoire;
  readonly transport?: string | undefined;
  readonly faults?: FaultFlags | undefined;
  readonly udp?: UdpFlags | undefined;
  readonly hostName?: string | undefined;
  readonly showSecrets: boolean;
  readonly kernel: boolean;
  readonly syscalls: boolean;
}

/** The wall clock, by which packets and calls are timed, was set if it went otherwise than the monotonic one by more than this. */
const NOTICEABLE_MS = 50;

/**
 * Performs a demo and records it.
 * @throws {FileError} if it could not be performed
 */
export async function recordBelow(example: Example, options: BelowOptions): Promise<Trace> {
  const { repertoire = 'demos', faults, udp, hostName, showSecrets, kernel, syscalls } = options;
  const transport = options.transport ?? example.transport ?? DEFAULT_TRANSPORT;
  const problems: string[] = [];
  const say = (lane: string) => (problem: string) => void problems.push(`Without ${lane}: ${problem}`);
  const order = { name: example.name, repertoire, transport, faults, udp, hostName, showSecrets };
  const staged = await stage(order, { syscalls: syscalls && hasSockets(transport, say('system calls')), say: say('system calls') });
  const capture = kernel ? await captureAt(staged, say('the kernels’ packets')) : undefined;
  const clock = steppedClock();
  const sockets = kernel ? watchAt(staged, say('what the kernel says of its sockets')) : undefined;
  let captured: Captured | undefined;
  let samples: readonly SocketSample[] = [];
  const text = await staged.perform().finally(async () => {
    captured = await capture?.stop();
    if (sockets) samples = await sockets.stop();
  });
  const steppedMs = clock();
  const calls = await staged.calls;
  const { trace } = readTrace(text);
  const ends = knownEnds(trace.events);
  const about = { ends, startedAtMs: trace.header.startedAtMs, skewMs: staged.skewMs, showSecrets };

  const below: TraceEvent[] = [];
  if (captured) {
    const { events } = kernelLane({ ...about, packets: captured.packets });
    below.push(...events);
    if (captured.problem !== undefined) problems.push(captured.problem);
    if (events.length === 0) problems.push('Of the kernels’ packets none was seen.');
  }
  below.push(...socketLane({ ...about, samples, turnsNs: turnsIn(below) }));
  if (calls) below.push(...callLane({ ...about, calls }).events);
  if (Math.abs(steppedMs) > NOTICEABLE_MS && below.length > 0)
    problems.push(
      `The machine’s clock was set by ${steppedMs.toFixed(0)} ms meanwhile: packets and system calls may stand that far from the rest.`,
    );
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const notes = problems.map((words): TraceEvent => ({ kind: 'note', at: 0, basis: 'observed', text: words }));
  const events = [...notes, ...trace.events, ...below].sort((one, other) => one.at - other.at); // stable
  return { header: trace.header, events };
}

async function captureAt({ address, door }: Ready, say: (problem: string) => void): Promise<PacketCapture | undefined> {
  const ports = portsOf([address, door], /^(?:text\+)?[a-z]+:.*:(\d+)/);
  if (ports.length === 0) {
    const [scheme] = address.split(':');
    say(scheme === 'unix' ? 'a Unix socket sends none, both ends are in one kernel.' : `${scheme}: sends none.`);
    return undefined;
  }
  const capture = await capturePackets({ ports });
  if (!('unavailable' in capture)) return capture;
  say(capture.unavailable);
  return undefined;
}

/** When a state changes, as far as a capture saw it. */
function turnsIn(events: readonly TraceEvent[]): readonly number[] {
  return events.flatMap((event) => (event.kind === 'kernel' && event.flags?.some((flag) => /SYN|FIN|RST/.test(flag)) ? event.at : []));
}

function watchAt({ address, door }: Ready, say: (problem: string) => void): SocketWatch | undefined {
  const ports = portsOf([address, door], /^(?:text\+)?tcp:.*:(\d+)/);
  if (ports.length === 0) return undefined;
  const watch = watchSockets({ ports });
  if (!('unavailable' in watch)) return watch;
  say(watch.unavailable);
  return undefined;
}

/** The ports of addresses of a form. */
function portsOf(addresses: readonly (string | undefined)[], form: RegExp): readonly number[] {
  return addresses.flatMap((address = '') => form.exec(address)?.[1] ?? []).map(Number);
}

function hasSockets(transport: string, say: (problem: string) => void): boolean {
  if (transport !== 'memory') return true;
  say('a connection in memory makes none.');
  return false;
}

/** By how much the wall clock has gone otherwise than the monotonic one. */
function steppedClock(): () => number {
  const difference = () => Date.now() - performance.now();
  const before = difference();
  return () => difference() - before;
}
