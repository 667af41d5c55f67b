/*
 * Node on a bad network: which transport has which faults, and who counts them.
 */
import { firstValueFrom } from 'rxjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Connection, type Host, type Transport, TransportError } from '../../lib/index.js';
import { receivePattern, sendPattern } from '../../transports/conformance/traffic.js';
import { faultyNode } from '../../transports/faulty-node.js';
import { httpTransport } from '../../transports/http/index.js';
import { type Faults, type LinkCounts, NO_FAULTS } from '../../transports/link/index.js';
import { node } from '../../transports/node.js';

const test = suite('faulty node');

const of = (host: Host, scheme: string) => host.transports.find((transport) => transport.scheme === scheme) as Required<Transport>;

async function pair(
  host: Host,
  scheme: string,
  address: string,
): Promise<{ dialled: Connection; accepted: Connection; close(): Promise<void> }> {
  const listener = await of(host, scheme).listen(address);
  const coming = firstValueFrom(listener.connections$);
  const dialled = await of(host, scheme).dial(listener.address);
  return { dialled, accepted: await coming, close: () => listener.close() };
}

test('no faults: it is node', () => {
  assert.is(faultyNode(undefined), node);
});

test('it has node’s transports, and each keeps what it says of itself', () => {
  const seen = ({ transports }: Host) => transports.map(({ scheme, reset, listen }) => [scheme, reset, listen !== undefined]);
  assert.equal(seen(faultyNode({ ...NO_FAULTS, delayMs: 1 })), seen(node));
});

test('what stands in for a transport is as it is given', () => {
  const page = httpTransport();
  assert.is(of(faultyNode({ ...NO_FAULTS, loss: 0.1 }, { instead: page }), 'http'), page);
});

for (const [scheme, address] of [
  ['tcp', 'tcp://127.0.0.1:0'],
  ['unix', 'unix:/tmp/chatwire-faulty-node.sock'],
  ['memory', 'memory:faulty-node'],
] as const) {
  test(`${scheme}: loss is refused when one dials or listens`, async () => {
    const transport = of(faultyNode({ ...NO_FAULTS, loss: 0.1 }), scheme);
    for (const refused of [transport.listen(address), transport.dial(address)]) {
      const error = await refused.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.instance(error, TransportError);
      assert.is((error as TransportError).code, 'unsupported');
      assert.match((error as TransportError).message, `${scheme}: cannot lose`);
    }
  });
}

test('tcp: can be slow', async () => {
  const { dialled, accepted, close } = await pair(faultyNode({ ...NO_FAULTS, delayMs: 1 }), 'tcp', 'tcp://127.0.0.1:0');
  const received = receivePattern(accepted);
  await sendPattern(dialled, 100_000);
  await dialled.end();
  assert.is((await received).bytes, 100_000);
  accepted.abort();
  await close();
});

for (const linkOn of ['sent', 'both'] as const) {
  test(`udp: loses and counts, on what is ${linkOn === 'sent' ? 'sent' : 'sent and on what comes'}`, async () => {
    const linkCounts: LinkCounts = { sent: 0, lost: 0 };
    const faults: Faults = { ...NO_FAULTS, loss: 0.2, seed: 7 };
    const { dialled, accepted, close } = await pair(faultyNode(faults, { linkOn, linkCounts }), 'udp', 'udp://127.0.0.1:0');
    const received = receivePattern(accepted);
    await sendPattern(dialled, 20_000);
    await dialled.end();
    assert.is((await received).bytes, 20_000);
    assert.ok(linkCounts.lost > 0 && linkCounts.lost < linkCounts.sent, JSON.stringify(linkCounts));
    accepted.abort();
    await close();
  });
}

test.run();
