/*
 * With secrets shown, an export has what tcpdump captured of the same run: each UDP datagram byte for byte, and each
 * TCP stream, put together again, byte for byte.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { example as chat } from '../../../../examples/chat.js';
import { example as connect } from '../../../../examples/connect.js';
import type { Example } from '../../../../examples/index.js';
import { example as lossy } from '../../../../examples/lossy.js';
import { pcapng } from '../../../../tracer/export/pcapng/index.js';
import { needsTool } from '../../../tool.js';
import { type RealRun, type RealRunOptions, realRun } from '../real-run.js';
import { Capture } from '../tshark.js';
import { capturing, mayCapture } from './tcpdump.js';

const needed = [needsTool('tcpdump'), needsTool('tshark'), mayCapture];
const withTcpdump = needed.every(Boolean) ? test : test.skip;

withTcpdump('TCP: every stream is what went over loopback', async () => {
  await compared([connect, chat], { transport: 'tcp' }, ({ story }, exported, captured) => {
    const ours = streams(exported, ports(story));
    assert.is(ours.length, 2 * story.connections.length);
    assert.equal(streams(captured, ports(story)), ours);
  });
});

for (const example of [connect, lossy]) {
  withTcpdump(`UDP, ${example.name}: every datagram is what went over loopback`, async () => {
    await compared([example], { transport: 'udp' }, ({ story }, exported, captured) => {
      const ours = datagrams(exported, ports(story), 'not frame.comment contains "Lost on the link"');
      assert.is.not(ours.length, 0);
      assert.equal(datagrams(captured, ports(story)), ours);
    });
  });
}

test.run();

/** Runs examples while tcpdump looks on, and hands over both files. */
async function compared(
  examples: readonly Example[],
  options: RealRunOptions,
  look: (run: RealRun, exported: Capture, captured: Capture) => void,
): Promise<void> {
  let run: RealRun | undefined;
  const seen = await capturing(async () => {
    run = await realRun(examples, { ...options, showSecrets: true });
  });
  assert.ok(run);
  const [exported, captured] = [new Capture(pcapng(run.trace, run.story)), new Capture(seen)];
  try {
    look(run, exported, captured);
  } finally {
    exported.remove();
    captured.remove();
  }
}

/** The ports of the run's clients: nobody else's packets have them. */
function ports({ connections }: RealRun['story']): ReadonlySet<string> {
  return new Set(connections.map(({ clientAddress }) => clientAddress.slice(clientAddress.lastIndexOf(':') + 1)));
}

/** Every direction of every stream: `from>to: bytes`. Loopback loses nothing, but the kernel may repeat itself. */
function streams(capture: Capture, wanted: ReadonlySet<string>): readonly string[] {
  const found = new Map<string, { bytes: string; next: number }>();
  for (const [from = '', to = '', sequence, payload = ''] of capture.fields(
    ['tcp.srcport', 'tcp.dstport', 'tcp.seq', 'tcp.payload'],
    '-Y',
    'tcp',
  )) {
    if (!wanted.has(from) && !wanted.has(to)) continue;
    const flow = `${from}>${to}`;
    const stream = found.get(flow) ?? { bytes: '', next: 1 };
    found.set(flow, stream);
    if (Number(sequence) !== stream.next || payload === '') continue;
    stream.bytes += payload;
    stream.next += payload.length / 2;
  }
  return [...found].map(([flow, { bytes }]) => `${flow}: ${bytes}`).sort();
}

/** Every datagram: `from>to: bytes`, sorted, since what was delayed was overtaken. */
function datagrams(capture: Capture, wanted: ReadonlySet<string>, filter = 'udp'): readonly string[] {
  return capture
    .fields(['udp.srcport', 'udp.dstport', 'udp.payload'], '-Y', `udp and ${filter}`)
    .filter(([from = '', to = '']) => wanted.has(from) || wanted.has(to))
    .map(([from, to, payload]) => `${from}>${to}: ${payload}`)
    .sort();
}
