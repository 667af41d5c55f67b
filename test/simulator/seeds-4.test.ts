/*
 * Another quarter of the simulator's seeds; see simulator.test.ts.
 */
import { seedsSuite } from './seeds.js';

seedsSuite(4).run();
