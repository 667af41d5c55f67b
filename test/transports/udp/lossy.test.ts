/*
 * UDP passes the whole suite over a network that loses, doubles and reorders. The window is fixed, since NewReno does
 * at such a loss what it must, and sends two datagrams a round trip; the engine's own tests have NewReno there, too.
 */
import { NO_FAULTS } from '../../../transports/link/index.js';
import { udpTransport } from '../../../transports/udp/index.js';
import { holdToTheContract } from '../suite.js';

holdToTheContract({
  name: 'udp, 20% lost',
  transport: udpTransport({
    congestion: 'fixed',
    creditSegments: 128,
    link: { ...NO_FAULTS, seed: 7, loss: 0.2, duplicate: 0.1, reorder: 0.1 },
  }),
  address: () => 'udp://127.0.0.1:0',
  largestBytes: 2 * 1024 * 1024,
  floodBytes: 1024 * 1024,
  timeLimitMs: 60_000,
});
