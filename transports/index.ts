/*
 * The transports that run in Node, by name. Which one carries an address is found by its scheme, among those
 * that a host brings along (lib/host.ts).
 */
export { http } from './http/index.js';
export { memory } from './memory/index.js';
export { tcp } from './tcp/index.js';
export { udp } from './udp/index.js';
export { unix } from './unix/index.js';
