/*
 * `chatwire demo NAME` as it is, but in virtual time, so that what depends on time (what is sent again, and how often) is
 * the same in each run: for a picture, and never otherwise. It is the run of which the ladder under the same name tells.
 */
import { examples, perform } from '../../examples/index.js';
import { machineFor } from '../ladders/takes.js';

const example = examples.find(({ name }) => name === process.argv[2]);
if (!example) throw new Error(`There is no demo "${process.argv[2]}".`);
const { machine, run } = machineFor(example);
await run(() => perform(example, { machine }));
