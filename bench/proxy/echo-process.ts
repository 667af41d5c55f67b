/* A process that echoes at an address, or stands as a proxy before another: `listen ADDRESS` or `proxy LISTEN TO`. Tells its parent where. */
import { parseAddress, transportFor } from '../../lib/transport.js';
import { startProxy } from '../../tracer/proxy/index.js';
import { memorySink, recorder } from '../../tracer/record/index.js';
import { node } from '../../transports/node.js';

const [, , role, address = '', to = ''] = process.argv;
process.once('disconnect', () => process.exit());

if (role === 'proxy' || role === 'traced') {
  const sink = { ...memorySink(), event: () => {} };
  const recording = recorder({ title: 'bench', source: 'proxy', madeBy: 'bench', startedAtMs: node.clock.now(), sink });
  const observer = role === 'traced' ? recording.tap({ name: 'proxy', role: 'proxy' }) : undefined;
  const proxy = await startProxy({ listen: address, to, observer });
  process.send?.(proxy.address);
} else {
  const transport = transportFor(node.transports, parseAddress(address).scheme);
  const listener = await transport.listen?.(address);
  listener?.connections$.subscribe((connection) => {
    connection.received$.subscribe({ next: (chunk) => connection.send(chunk), error: () => {}, complete: () => void connection.end() });
  });
  process.send?.(listener?.address);
}
