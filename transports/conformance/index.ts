/*
 * The conformance suite: every sentence of lib/transport.ts as a case that a transport passes or not. A transport
 * joins by saying what it is (a Subject); the cases it gets back run under any test runner.
 */
import { abortChecks } from './aborts.js';
import { Arena, type Check } from './arena.js';
import { byteChecks, echoChecks } from './bytes.js';
import { crowdChecks } from './crowds.js';
import { dialChecks } from './dialling.js';
import { endChecks } from './ends.js';
import { listenChecks } from './listening.js';
import { pressureChecks } from './pressure.js';
import { type ConformanceCase, ConformanceError, type Settings, type Subject, withDefaults } from './subject.js';
import { tapChecks } from './taps.js';

export { type ConformanceCase, ConformanceError, type Subject } from './subject.js';

/**
 * The cases that hold a transport to the contract. They share nothing and may run in any order; run them one after
 * the other, since one of them counts what the process holds.
 * @example
 * for (const { name, run } of conformance({ name: 'tcp', transport: tcp, address: () => 'tcp://127.0.0.1:0' })) {
 *   test(name, run); // of node:test, uvu, vitest, ...
 * }
 */
export function conformance(subject: Subject): ConformanceCase[] {
  const settings = withDefaults(subject);
  const checks = [
    ...dialChecks,
    ...listenChecks,
    ...echoChecks(settings.largestBytes),
    ...byteChecks,
    ...endChecks,
    ...abortChecks,
    ...pressureChecks,
    ...tapChecks,
    ...crowdChecks,
  ];
  return checks.map((check) => ({ name: `${subject.name} ${check.name}`, run: () => play(check, settings) }));
}

/** Plays one case in an arena of its own, within its time, and clears up after it. */
async function play(check: Check, settings: Settings): Promise<void> {
  const { timeLimitMs } = settings;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ConformanceError(`Not done within ${timeLimitMs} ms: something that must come never came.`)),
      timeLimitMs,
    );
  });
  const arena = new Arena(settings);
  try {
    await Promise.race([check.play(arena), tooLong]);
    await Promise.race([arena.clear(), tooLong]);
  } finally {
    clearTimeout(timer);
    void arena.clear();
  }
}
