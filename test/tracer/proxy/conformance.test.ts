/*
 * What the contract of a transport promises holds through a proxy as well: every byte in its order, backpressure all
 * the way to the sender, half-closes, aborts, and crowds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import { tcp, udp, unix } from '../../../transports/index.js';
import { casesThrough, type Way } from './through-a-proxy.js';

const folder = mkdtempSync(join(tmpdir(), 'chatwire-proxy-'));
let sockets = 0;

const ways: readonly Way[] = [
  { name: 'tcp to tcp', near: tcp, far: tcp, farAddress: () => 'tcp://127.0.0.1:0' },
  {
    name: 'tcp to unix',
    near: tcp,
    far: unix,
    farAddress: () => `unix:${join(folder, `${++sockets}.sock`)}`,
  },
  {
    name: 'udp to udp',
    near: udp,
    far: udp,
    farAddress: () => 'udp://127.0.0.1:0',
    limits: { floodBytes: 4 * 1024 * 1024, timeLimitMs: 60_000 },
  },
];

for (const way of ways) {
  const test = suite(`proxy, ${way.name}`);
  const { cases, closeProxies } = casesThrough(way);
  test.after.each(async () => void (await closeProxies()));
  for (const { name, run } of cases) test(name, run);
  test.run();
}
const last = suite('proxy, afterwards');
last('the folder is cleared', () => rmSync(folder, { recursive: true }));
last.run();
