/*
 * How much later a message comes through the proxy: `npm run bench:proxy`. Client, proxy and echo are processes of their
 * own; a message of 64 bytes goes there and back, one at a time, directly and through, in turns. Beside the bare proxy
 * there is one that records what it sees, as `chatwire trace proxy` does.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Connection, parseAddress, transportFor } from '../lib/transport.js';
import { node } from '../transports/node.js';

const ROUNDS = 5;
const MESSAGES = 2000;
const MESSAGE = new Uint8Array(64).fill(7);
const echoProcess = fileURLToPath(new URL('./proxy/echo-process.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'chatwire-bench-'));
const children: ChildProcess[] = [];
let places = 0;

function placeOf(scheme: string): string {
  places += 1;
  return scheme === 'unix' ? `unix:${join(folder, `${places}.sock`)}` : `${scheme}://127.0.0.1:0`;
}

/** Starts a process; resolves to the address that it listens at. */
function start(...args: readonly string[]): Promise<string> {
  const child = fork(echoProcess, args);
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once('message', (address) => resolve(String(address)));
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  });
}

/** The times of so many round trips, in microseconds. */
function roundTrips(connection: Connection, count: number): Promise<number[]> {
  const times: number[] = [];
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    let missing = 0;
    const send = () => {
      missing = MESSAGE.length;
      sentAt = performance.now();
      connection.send(MESSAGE);
    };
    const subscription = connection.received$.subscribe({
      next(chunk) {
        missing -= chunk.length;
        if (missing > 0) return;
        times.push((performance.now() - sentAt) * 1000);
        if (times.length < count) return send();
        subscription.unsubscribe();
        resolve(times);
      },
      error: reject,
    });
    send();
  });
}

function quantile(times: readonly number[], share: number): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length * share)] ?? Number.NaN;
}

const cell = (value: number) => value.toFixed(0).padStart(8);
console.log(`Round trips of 64 bytes on loopback, ${ROUNDS} x ${MESSAGES} each, in microseconds; Node.js ${process.version}`);
console.log('transport  way                     p50      p99   added to p50, one way');
for (const scheme of ['tcp', 'unix', 'udp']) {
  const transport = transportFor(node.transports, scheme);
  const echo = await start('listen', placeOf(scheme));
  const ways = [
    { name: 'direct', address: echo },
    { name: 'through the proxy', address: await start('proxy', placeOf(scheme), echo) },
    { name: '  and recorded', address: await start('traced', placeOf(scheme), echo) },
  ];
  const connections = await Promise.all(ways.map(({ address }) => transport.dial(parseAddress(address).address)));
  const times: number[][] = ways.map(() => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, connection] of connections.entries()) {
      const measured = await roundTrips(connection, MESSAGES);
      if (round > 0) times[i]?.push(...measured); // the first warms up
    }
  }
  const direct = quantile(times[0] ?? [], 0.5);
  for (const [i, { name }] of ways.entries()) {
    const [p50, p99] = [quantile(times[i] ?? [], 0.5), quantile(times[i] ?? [], 0.99)];
    console.log(`${scheme.padEnd(9)}  ${name.padEnd(18)} ${cell(p50)} ${cell(p99)}   ${i === 0 ? '' : cell((p50 - direct) / 2)}`);
  }
  for (const connection of connections) connection.abort();
}
for (const child of children) child.removeAllListeners('exit').disconnect();
rmSync(folder, { recursive: true });
