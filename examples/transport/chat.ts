/*
 * A chat between two threads, over the transport of docs/write-a-transport.md: the server runs in a thread of its own,
 * the clients in the main one.
 *
 *   npx tsx examples/transport/chat.ts
 */
// #region imports
import { isMainThread, MessageChannel, type MessagePort, Worker, workerData } from 'node:worker_threads';
import { ChatClient, ChatServer, type Host } from '../../lib/index.js';
import { node } from '../../transports/node.js';
import { threadTransport } from './thread.js';

// #endregion
// #region chat
/** Node, with the transport to another thread beside its own. */
function machine(toThread: MessagePort): Host {
  return { ...node, transports: [...node.transports, threadTransport(toThread)] };
}

if (isMainThread) {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL(import.meta.url), { workerData: port2, transferList: [port2] });

  const host = machine(port1);
  const ada = new ChatClient(host, 'thread:lobby');
  ada.messages$.subscribe(({ sender, text }) => console.log(`${sender}: ${text}`));
  const { group } = await ada.create({ name: 'Ada', password: 'secret' });

  const bob = new ChatClient(host, 'thread:lobby');
  await bob.join({ name: 'Bob', group, password: 'secret' });
  await bob.say('Hello from another thread, Ada!');

  await Promise.all([ada.exit(), bob.exit()]);
  await worker.terminate();
} else {
  const server = new ChatServer(machine(workerData as MessagePort));
  await server.listen('thread:lobby');
}
// #endregion
