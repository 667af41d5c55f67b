/*
 * The network in memory passes the whole suite.
 */
import { memory } from '../../transports/memory/index.js';
import { holdToTheContract } from './suite.js';

let names = 0;
const address = () => `memory:suite-${++names}`;

holdToTheContract({ name: 'memory', transport: memory, address, floodBytes: 4 * 1024 * 1024 });
