/* A trace as a capture file. */
export { pcapng } from './pcapng.js';
