/* A story as qlog. */
export { qlog } from './qlog.js';
