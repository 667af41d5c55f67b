/*
 * The process at the other end: it dials, keeps the work going, and counts.
 */
import { readingOf } from '../fanout/load/reading.js';
import { answerQuestions } from '../fanout/processes.js';
import { messagesUnderWay } from './peer.js';
import { loadPeer } from './peers/index.js';
import type { Errand } from './server-process.js';
import { keepUnderWay, swallow, type Tally } from './work.js';

const tally: Tally = { delivered: 0, stalls: 0 };

const handlers = {
  async dial({ peer: name, task, modules, port }: Errand & { port: number }): Promise<void> {
    const peer = await loadPeer(name, modules);
    const attach = task === 'bulk' ? swallow(tally) : keepUnderWay(tally, messagesUnderWay[task], peer.forgets === true);
    await peer.dial(task, port, attach);
  },
  troubles: (_: null) => ({ stalls: tally.stalls }),
  reading: (_: null) => readingOf(tally.delivered),
};

export type UdpLoadHandlers = typeof handlers;

answerQuestions(handlers);
