/*
 * The process of the chat server that the crowd comes to: the fan-out's server, over UDP or TCP, on a clock that counts timers.
 */

import { node } from '../../../transports/node.js';
import { serveChatwire } from '../../fanout/peers/chatwire.js';
import { answerQuestions } from '../../fanout/processes.js';
import { readServer } from '../reading.js';
import { countingClock, timersWaiting } from './counting-clock.js';

const host = { ...node, clock: countingClock };

const handlers = {
  async serve({
    transport,
    groups: count,
  }: {
    transport: string;
    groups: number;
  }): Promise<{ address: string; groups: readonly string[] }> {
    const { port, groups } = await serveChatwire(count, { host, at: `${transport}://127.0.0.1:0` });
    return { address: `${transport}://127.0.0.1:${port}`, groups };
  },
  timers: (_: null) => ({ timers: timersWaiting() }),
  reading: readServer,
};

export type CrowdServerHandlers = typeof handlers;

answerQuestions(handlers);
