/*
 * The process that serves: loads one peer, starts its server, and says how much it has used. Nothing else runs in it.
 */
import { takenMicros } from './disturbance.js';
import type { PeerServer, Usage } from './peer.js';
import { loadPeer } from './peers/index.js';
import { answerQuestions, nowMicros } from './processes.js';

let server: PeerServer | undefined;

function ownUsage(): Usage {
  const { user, system } = process.cpuUsage();
  const cpuMicros = user + system;
  return { cpuMicros, takenMicros: takenMicros(cpuMicros), rssBytes: process.memoryUsage.rss() };
}

const handlers = {
  async serve({ peer, groups }: { peer: string; groups: number }): Promise<Pick<PeerServer, 'port' | 'linePort' | 'groups'>> {
    server = await (await loadPeer(peer)).serve(groups);
    const { port, linePort } = server;
    return { port, ...(linePort !== undefined && { linePort }), groups: server.groups };
  },
  /** Usage so far; with `collect`, after two full collections of garbage. */
  reading({ collect }: { collect: boolean }): Usage & { atMicros: number } {
    if (collect) for (let times = 0; times < 2; times++) globalThis.gc?.();
    return { ...(server?.usage?.() ?? ownUsage()), atMicros: nowMicros() };
  },
};

export type ServerHandlers = typeof handlers;

answerQuestions(handlers);
