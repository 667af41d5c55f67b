/*
 * The textbook policies pass the whole suite over real sockets, each with another congestion control. Stop-and-wait has
 * one segment in a round trip, so its amounts are smaller.
 */
import { udpTransport } from '../../../transports/udp/index.js';
import { holdToTheContract } from '../suite.js';

const subjects = [
  { arq: 'stop-and-wait', congestion: 'none', largestBytes: 1024 * 1024, floodBytes: 1024 * 1024 },
  { arq: 'go-back-n', congestion: 'cubic', largestBytes: 4 * 1024 * 1024, floodBytes: 2 * 1024 * 1024 },
  { arq: 'selective-repeat', congestion: 'none', largestBytes: 4 * 1024 * 1024, floodBytes: 2 * 1024 * 1024 },
] as const;

for (const { arq, congestion, largestBytes, floodBytes } of subjects) {
  holdToTheContract({
    name: `udp, ${arq} with ${congestion}`,
    transport: udpTransport({ arq, congestion }),
    address: () => 'udp://127.0.0.1:0',
    largestBytes,
    floodBytes,
    timeLimitMs: 60_000,
  });
}
