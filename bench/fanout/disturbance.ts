/*
 * Were we alone? Each process says how long its thread stood ready to run while its core did something else (Linux counts it in
 * schedstat); less what its own helper threads ran meanwhile (garbage collection is the peer's own cost), that is what other
 * programs took from us. Where nothing counts it, the answer is "nothing" and no window is ever dropped.
 */
import { readFileSync } from 'node:fs';

const nanosPerMicro = 1000;

/** Time that this process's main thread has run, and has waited for its core, in microseconds. */
export function schedulingOf(pid: number | 'self'): { ranMicros: number; waitedMicros: number } | undefined {
  try {
    const [ran = 0, waited = 0] = readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ').map(Number);
    return { ranMicros: ran / nanosPerMicro, waitedMicros: waited / nanosPerMicro };
  } catch {
    return undefined;
  }
}

/** Time that others have taken from this process so far. Grows, but for what helper threads ran while the main thread slept. */
export function takenMicros(cpuMicros: number): number {
  const scheduling = schedulingOf('self');
  return scheduling ? scheduling.waitedMicros - (cpuMicros - scheduling.ranMicros) : 0;
}

const microsPerTick = 10_000;

/** Busy time of each core so far, in ticks of 10 ms. */
function busyMicrosPerCore(): number[] {
  try {
    const lines = readFileSync('/proc/stat', 'latin1').split('\n');
    return lines.filter((line) => /^cpu\d/.test(line)).map(busyMicros);
  } catch {
    return [];
  }
}

function busyMicros(line: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = line.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softIrq + steal) * microsPerTick;
}

const lookMs = 250;
const calmShare = 0.04;

/** Waits until hardly anything runs for a moment, or the time is up; nothing of ours may be running. */
export async function waitForCalm(maxMs: number): Promise<void> {
  const deadline = performance.now() + maxMs;
  while (performance.now() < deadline) {
    const before = busyMicrosPerCore();
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    const busy = busyMicrosPerCore().map((micros, core) => micros - (before[core] ?? 0));
    if (Math.max(0, ...busy) <= calmShare * lookMs * 1000) return;
  }
}
