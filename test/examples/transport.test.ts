/*
 * The transport of examples/transport/ where its other thread dies, which the conformance suite cannot ask: it tests
 * every transport alike, and most have no other thread. That it passes that suite is test/docs/write-a-transport.test.ts.
 */
import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { threadTransport } from '../../examples/transport/thread.js';
import type { Transport, TransportError } from '../../lib/index.js';

/** Takes every call, and reads nothing. */
const TAKES_ALL = `
  require('node:worker_threads').workerData.on('message', ({ port }) => {
    port.on('message', () => {});
    port.postMessage('accepted');
  });`;

/** A thread that runs a program, and the transport to it. */
function beside(program: string): { readonly worker: Worker; readonly transport: Transport } {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(program, { eval: true, workerData: port2, transferList: [port2] });
  return { worker, transport: threadTransport(port1) };
}

const rejection = (promise: Promise<unknown>) => promise.catch((error: unknown) => error as TransportError) as Promise<TransportError>;
const test = suite('a transport to a thread that dies');

test('a connection is reset, and whoever waits for drained$ or end() is set free', async () => {
  const { worker, transport } = beside(TAKES_ALL);
  const connection = await transport.dial('thread:lobby');
  const drained = new Promise<void>((resolve) => connection.drained$.subscribe({ complete: resolve }));
  while (connection.send(new Uint8Array(50_000))) {}
  const ended = connection.end();
  await worker.terminate();
  const { by, error } = await connection.closed;
  assert.is(by, 'remote');
  assert.is(error?.code, 'reset');
  await Promise.all([drained, ended]);
});

test('who dials it is refused: before it could answer, and ever after', async () => {
  const { worker, transport } = beside('');
  const early = rejection(transport.dial('thread:lobby'));
  await once(worker, 'exit');
  assert.is((await early).code, 'refused');
  assert.is((await rejection(transport.dial('thread:lobby'))).code, 'refused');
});

test('a listener is told that nobody will come any more', async () => {
  const { worker, transport } = beside(TAKES_ALL);
  const listener = await transport.listen!('thread:here');
  const broken = new Promise<TransportError>((resolve) => listener.connections$.subscribe({ error: resolve }));
  await worker.terminate();
  assert.is((await broken).code, 'reset');
  await listener.close();
});

test.run();
