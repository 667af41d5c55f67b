/*
 * A demo in a process of its own, so that strace can look at it: started by stage.ts, never by a person. It says where its
 * server listens, waits for a word on its input, performs, and writes the trace to its output.
 */
import { once } from 'node:events';
import { examples, record } from '../../../examples/index.js';
import { performedByLessons } from '../../../examples/lessons/index.js';
import { clockSkewMs } from '../../../tracer/below/clock-skew.js';
import { eventLine, headerLine } from '../../../tracer/file/index.js';
import { clock } from '../../../transports/node.js';
import { MADE_BY } from '../made-by.js';
import type { Order, Ready } from './order.js';

const order = JSON.parse(process.argv[2] ?? '') as Order;
const repertoire = order.repertoire === 'lessons' ? performedByLessons : examples;
const example = repertoire.find(({ name }) => name === order.name);
if (!example) throw new Error(`There is no demo "${order.name}".`);

const trace = await record(example, {
  ...{
    transport: order.transport,
    faults: order.faults,
    udp: order.udp,
    hostName: order.hostName,
    showSecrets: order.showSecrets,
    madeBy: MADE_BY,
  },
  async ready(address, door) {
    const ready: Ready = { address, door, skewMs: clockSkewMs(() => clock.now()) };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    const orphaned = () => process.exit(1); // nobody is there any more to look at it
    process.stdin.once('end', orphaned);
    await once(process.stdin, 'data');
    process.stdin.off('end', orphaned).destroy();
  },
});
process.stdout.write(headerLine(trace.header));
for (const event of trace.events) process.stdout.write(eventLine(event));
