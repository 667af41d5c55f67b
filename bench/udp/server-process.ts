/*
 * The process that serves one peer on one line: it pours or echoes.
 */
import { answerQuestions } from '../fanout/processes.js';
import type { Line, Task } from './peer.js';
import { loadPeer } from './peers/index.js';
import { readServer } from './reading.js';
import { echo, pour } from './work.js';

/** Which peer is to do what. */
export interface Errand {
  readonly peer: string;
  readonly task: Task;
  /** Where else native peers are looked for. */
  readonly modules: string;
}

let line: Line | undefined;

const handlers = {
  async serve({ peer: name, task, modules }: Errand): Promise<{ port: number }> {
    const peer = await loadPeer(name, modules);
    const attach = task === 'bulk' ? pour(peer.bulkBytes) : echo();
    return {
      port: await peer.serve(task, (attached) => {
        line = attached;
        return attach(attached);
      }),
    };
  },
  troubles: (_: null): Readonly<Record<string, number>> => line?.troubles?.() ?? {},
  reading: readServer,
};

export type UdpServerHandlers = typeof handlers;

answerQuestions(handlers);
