/*
 * Holds the first or the finished transport between threads to the contract, and prints what fails:
 *
 *   npx tsx examples/transport/check.ts naive
 *   npx tsx examples/transport/check.ts thread
 */
import { MessageChannel } from 'node:worker_threads';
import { naiveTransport } from './naive.js';
import { casesFor } from './subject.js';
import { threadTransport } from './thread.js';

const channel = new MessageChannel();
const cases =
  process.argv[2] === 'naive'
    ? casesFor(naiveTransport, channel, { floodBytes: 4 * 1024 * 1024, timeLimitMs: 5000 }) // it would fill 32 MiB just so
    : casesFor(threadTransport, channel);

let passed = 0;
for (const { name, run } of cases) {
  try {
    await run();
    passed += 1;
  } catch (error) {
    console.log(`FAIL  ${name}\n      ${(error as Error).message}`);
  }
}
console.log(`${passed} of ${cases.length} cases pass.`);
process.exitCode = passed === cases.length ? 0 : 1;
channel.port1.close();
