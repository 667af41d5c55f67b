/*
 * A chat server in a process of its own, with a backlog of one. As soon as it listens it does nothing else any more, as a
 * program that computes for a long time: it accepts nobody until a byte on its input wakes it. Started by run.ts.
 */
import { readSync } from 'node:fs';
import { ChatServer, type TapEvent } from '../../../lib/index.js';
import { node } from '../../../transports/node.js';
import { sharedClock } from './shared-clock.js';

/** What it says: where it listens, and at the end what its tap saw. */
export type FromBusyServer = { readonly address: string } | { readonly seen: readonly TapEvent[] };

/** So many may wait to be accepted; Linux lets in one more. */
const BACKLOG = 1;

const say = (what: FromBusyServer) => new Promise<void>((resolve) => void process.send?.(what, undefined, undefined, () => resolve()));

const seen: TapEvent[] = [];
const server = new ChatServer(
  { ...node, clock: sharedClock(Number(process.argv[2])) },
  { backlog: BACKLOG, tap: { event: (event) => seen.push(event) } },
);
const address = await server.listen('tcp://127.0.0.1:0');
process.once('disconnect', () => process.exit(1)); // nobody is there any more to look at it
process.once('message', async () => {
  await server.close();
  await say({ seen });
  process.removeAllListeners('disconnect');
  process.disconnect();
});
await say({ address });
readSync(0, new Uint8Array(1)); // the whole process waits here, and the kernel goes on
