/*
 * A chat server in a thread of its own, with a backlog of one. As soon as it listens its thread does nothing else any more,
 * as a program that computes for a long time: it accepts nobody until it is woken. Started by run.ts.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { ChatServer, type TapEvent } from '../../../lib/index.js';
import { node } from '../../../transports/node.js';
import { sharedClock } from './shared-clock.js';

/** What the thread is given. */
export interface BusyServerData {
  /** Set and notified when it is to wake up. */
  readonly awake: Int32Array;
  /** The zero of the clock that all threads of the run share, milliseconds. */
  readonly zeroMs: number;
}

/** What it says: where it listens, and at the end what its tap saw. */
export type FromBusyServer = { readonly address: string } | { readonly seen: readonly TapEvent[] };

/** So many may wait to be accepted; Linux lets in one more. */
export const BACKLOG = 1;

const port = parentPort;
if (port) {
  const { awake, zeroMs } = workerData as BusyServerData;
  const seen: TapEvent[] = [];
  const server = new ChatServer({ ...node, clock: sharedClock(zeroMs) }, { backlog: BACKLOG, tap: { event: (event) => seen.push(event) } });
  const address = await server.listen('tcp://127.0.0.1:0');
  port.once('message', async () => {
    await server.close();
    port.postMessage({ seen } satisfies FromBusyServer);
    port.close();
  });
  port.postMessage({ address } satisfies FromBusyServer);
  Atomics.wait(awake, 0, 0);
}
