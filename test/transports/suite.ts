/*
 * The conformance suite under uvu: all of the adaptor that a test runner needs.
 */
import { suite } from 'uvu';
import { conformance, type Subject } from '../../transports/conformance/index.js';

/** Registers and queues the whole suite for a transport. */
export function holdToTheContract(subject: Subject): void {
  const test = suite(`conformance: ${subject.name}`);
  for (const { name, run } of conformance(subject)) test(name, run);
  test.run();
}
