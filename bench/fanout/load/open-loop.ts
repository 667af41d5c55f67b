/*
 * The even load for latency: messages are due at times drawn from one seed (exponential gaps, the same for every peer), and are
 * said when due whether or not earlier ones have come. A delivery's latency counts from the time its message was due, which its
 * text carries, so a load that falls behind makes the figures worse and never better. Between messages the process polls
 * without sleeping: a timer's millisecond would hide what is measured.
 */
import type { Wire } from '../peer.js';
import { nowMicros } from '../processes.js';
import { dueDigits, textBytes } from '../scenario.js';
import { percentile } from '../statistics.js';
import { allDelivered } from './closed-loop.js';
import { type GroupLoad, type Member, type Sampler, say } from './members.js';
import { seededRandom } from './seeded-random.js';

export interface Latency {
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** How late messages were said, which is the load's own fault. */
  readonly latenessP99Micros: number;
}

/** A stretch of time on the load's clock. */
export interface Span {
  readonly fromMicros: number;
  readonly toMicros: number;
}

export interface OpenLoop {
  /** Says no more and resolves when everything has come. */
  stop(): Promise<void>;
  /** The latencies of what was due in the given spans. */
  within(spans: readonly Span[]): Latency;
}

/** Takes down when something was due and how long it took, without allocating, so that measuring collects no garbage. */
function takeDown(capacity: number) {
  const dues = new Float64Array(capacity);
  const delays = new Float64Array(capacity);
  let count = 0;
  return {
    add(due: number, delay: number) {
      if (count === capacity) return;
      dues[count] = due;
      delays[count++] = delay;
    },
    within: (spans: readonly Span[]) =>
      delays.subarray(0, count).filter((_, index) => {
        const due = dues[index] as number;
        return spans.some(({ fromMicros, toMicros }) => fromMicros <= due && due < toMicros);
      }),
  };
}

function readDue(bytes: Buffer, at: number): number {
  let due = 0;
  for (let index = at; index < at + dueDigits; index++) due = due * 10 + (bytes[index] as number) - 0x30;
  return due;
}

/** Starts to talk at a rate of deliveries, for at most `maxMs`. */
export function startOpenLoop(wire: Wire, groups: readonly GroupLoad[], deliveriesPerSecond: number, maxMs: number): OpenLoop {
  const capacity = Math.ceil((1.5 * deliveriesPerSecond * maxMs) / 1000);
  const latencies = takeDown(capacity);
  const lateness = takeDown(capacity);
  const random = seededRandom(1);
  const meanGapMicros = (1e6 * (groups[0] as GroupLoad).fanOut) / deliveriesPerSecond;
  globalThis.gc?.();
  const clockOffset = nowMicros() - performance.now() * 1000;
  const micros = () => performance.now() * 1000 + clockOffset;

  const sampler: Sampler = (bytes, textAt) => {
    const due = readDue(bytes, textAt);
    latencies.add(due, micros() - due);
  };
  for (const group of groups) group.sampler = sampler;
  const text = Buffer.alloc(textBytes, 'x');
  const sayOne = (due: number, index: number) => {
    const group = groups[index % groups.length] as GroupLoad;
    const sender = group.senders[Math.floor(index / groups.length) % group.senders.length] as Member;
    text.write(String(Math.round(due)).padStart(dueDigits, '0'), 0, 'latin1');
    group.sent++;
    say(wire, sender, wire.say(text, group.name, sender.name), 1);
    lateness.add(due, micros() - due);
  };

  let talking = true;
  let due = micros();
  let index = 0;
  const end = due + maxMs * 1000;
  const poll = () => {
    if (!talking) return;
    for (; due <= micros() && due < end; due += -Math.log(1 - random()) * meanGapMicros) sayOne(due, index++);
    setImmediate(poll);
  };
  poll();

  return {
    async stop() {
      talking = false;
      await allDelivered(groups, 5000);
      for (const group of groups) group.sampler = undefined;
    },
    within(spans) {
      const kept = latencies.within(spans);
      return {
        p50Micros: percentile(kept, 50),
        p99Micros: percentile(kept, 99),
        latenessP99Micros: percentile(lateness.within(spans), 99),
      };
    },
  };
}
