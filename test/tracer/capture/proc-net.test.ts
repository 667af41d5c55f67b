/*
 * The kernel's own tables instead of ss: lines as they stand there, and real sockets of this process, beside ss where it is.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchSockets } from '../../../tracer/capture/index.js';
import { asSsPrints } from '../../../tracer/capture/proc-net.js';
import { type SocketFigures, socketFigures } from '../../../tracer/kernel/index.js';
import { needsTool } from '../../tool.js';

const test = suite('the tables in /proc/net');
const onLinux = process.platform === 'linux' ? test : test.skip;
const withSs = needsTool('ss') ? onLinux : test.skip;

const REST = '00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0';

test('addresses, states, and nothing of other ports, of those that listen, and of what is no socket', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    `   0: 0100007F:0FA0 00000000:0000 0A ${REST}`,
    `   1: 0100007F:0FA0 0100007F:C350 01 ${REST}`,
    `   2: 0100007F:C350 0100007F:0FA0 04 ${REST}`,
    `   3: 0100007F:0FA1 0100007F:C351 01 ${REST}`,
    `   4: 00000000000000000000000001000000:0FA0 00000000000000000000000001000000:C352 06 ${REST}`,
    `   5: 0000000000000000FFFF00000100007F:0FA0 0000000000000000FFFF00000100007F:C353 08 ${REST}`,
  ].join('\n');
  assert.equal(socketFigures(asSsPrints(table, [4000])), [
    { local: 'tcp://127.0.0.1:4000', remote: 'tcp://127.0.0.1:50000', state: 'ESTABLISHED' },
    { local: 'tcp://127.0.0.1:50000', remote: 'tcp://127.0.0.1:4000', state: 'FIN-WAIT-1' },
    { local: 'tcp://[::1]:4000', remote: 'tcp://[::1]:50002', state: 'TIME-WAIT' },
    { local: 'tcp://127.0.0.1:4000', remote: 'tcp://127.0.0.1:50003', state: 'CLOSE-WAIT' },
  ]);
});

/** Calls back while a connection stands, to a server that is told its port. */
async function connected(host: string, during: (port: number) => Promise<void>): Promise<void> {
  const server = createServer((socket) => socket.resume()).listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, host);
  await Promise.all([once(socket, 'connect'), once(server, 'connection')]);
  await during(port);
  socket.destroy();
  server.close();
  await once(server, 'close');
}

const placed = (figures: readonly SocketFigures[]) => figures.map(({ local, remote, state }) => `${local} ${remote} ${state}`).sort();

for (const host of ['127.0.0.1', '::1']) {
  withSs(`without ss the same sockets are seen, at ${host}`, () =>
    connected(host, async (port) => {
      const watch = watchSockets({ ports: [port], find: () => undefined });
      assert.ok(!('unavailable' in watch));
      const samples = await watch.stop();
      const seen = placed(socketFigures(samples.at(-1)?.text ?? ''));
      assert.is(seen.length, 2);
      const told = execFileSync('ss', ['-tainHO', `( sport = :${port} or dport = :${port} )`], { encoding: 'utf8' });
      assert.equal(seen, placed(socketFigures(told)));
    }),
  );
}

test('neither ss nor tables: a sentence that says how to get it', () => {
  assert.equal(watchSockets({ ports: [1], find: () => undefined, tables: '/nowhere' }), {
    unavailable: 'ss is not installed: `sudo apt-get install iproute2`.',
  });
});

test.run();
