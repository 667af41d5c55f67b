/*
 * A program that records a chat of its own, secrets and all, and writes the trace where it is told once its last socket is
 * closed: `node --import tsx recorded-chat.ts tcp|udp FILE [LOSS]`. It tells its parent the port and waits for a word.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import { parseHostPort } from '../../../../lib/address.js';
import { ChatClient, ChatServer } from '../../../../lib/index.js';
import { memorySink, recorder } from '../../../../tracer/record/index.js';
import { faultyNode } from '../../../../transports/faulty-node.js';
import { parseFaults } from '../../../../transports/link/index.js';

const [transport = 'tcp', file = '', loss] = process.argv.slice(2);
const host = faultyNode(parseFaults(loss === undefined ? {} : { loss, seed: '7' }));
const sink = memorySink();
const startedAtMs = host.clock.now();
const record = recorder({ title: 'a chat', source: 'taps', madeBy: 'a test', startedAtMs, showSecrets: true, sink });
process.once('beforeExit', () => {
  record.flush();
  writeFileSync(file, serialize({ header: record.header, events: sink.events }));
});

const server = new ChatServer(host, { tap: record.tap({ name: 'server', role: 'server' }) });
const address = await server.listen(`${transport}://127.0.0.1:0`);
process.send?.(parseHostPort(address).port);
await once(process, 'message');
process.disconnect(); // the parent's channel would keep this program alive

const client = (name: string) => new ChatClient(host, address, { actor: name, tap: record.tap({ name, role: 'client' }) });
const ada = client('Ada');
const bob = client('Bob');
const { group } = await ada.create({ name: 'Ada', password: 'sesame' });
await bob.join({ name: 'Bob', group, password: 'sesame' });
for (let i = 0; i < 10; i++) {
  await ada.say(`message ${i}`);
  await bob.say('and a longer answer '.repeat(1 + i * 20));
}
await Promise.all([ada.exit(), bob.exit()]);
await server.close();
