/*
 * UDP passes the whole suite over real sockets. Over a bad network: lossy.test.ts.
 */
import { udp } from '../../../transports/udp/index.js';
import { holdToTheContract } from '../suite.js';

holdToTheContract({
  name: 'udp',
  transport: udp,
  address: () => 'udp://127.0.0.1:0',
  floodBytes: 4 * 1024 * 1024,
  timeLimitMs: 60_000,
});
