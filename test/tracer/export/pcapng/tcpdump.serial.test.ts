/*
 * With secrets shown, an export has what tcpdump captured of the same run: each UDP datagram byte for byte, and each
 * TCP stream, put together again, byte for byte.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize } from 'node:v8';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { pcapng } from '../../../../tracer/export/pcapng/index.js';
import { tell } from '../../../../tracer/join/index.js';
import type { Trace } from '../../../../tracer/trace/trace.js';
import { needsTool } from '../../../tool.js';
import { Capture } from '../tshark.js';
import { capturing, MARK, mayCapture } from './tcpdump.js';

const needed = [needsTool('tcpdump'), needsTool('tshark'), mayCapture];
const withTcpdump = needed.every(Boolean) ? test : test.skip;
const markHex = MARK.toString('hex').replace(/(..)(?=.)/g, '$1:');
const program = fileURLToPath(new URL('recorded-chat.ts', import.meta.url));

withTcpdump('TCP: every stream is what went over loopback', async () => {
  await compared(['tcp'], (exported, captured) => {
    const ours = streams(exported);
    assert.is(ours.length, 4, 'two connections, both ways');
    assert.equal(streams(captured), ours);
  });
});

withTcpdump('UDP: every datagram is what went over loopback', async () => {
  await compared(['udp'], (exported, captured) => {
    const ours = datagrams(exported);
    assert.ok(ours.length > 40, `${ours.length} datagrams`);
    assert.equal(datagrams(captured), ours);
  });
});

withTcpdump('UDP with losses: what the link lost is in the export alone', async () => {
  await compared(['udp', '0.2'], (exported, captured) => {
    const isLost = 'frame.comment contains "Lost on the link"';
    assert.is.not(datagrams(exported, isLost).length, 0);
    assert.equal(datagrams(captured), datagrams(exported, `not ${isLost}`));
  });
});

test.run();

/** Records a chat while tcpdump looks on, and hands over both files. */
async function compared([transport = '', ...more]: readonly string[], look: (exported: Capture, captured: Capture) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'chatwire-tcpdump-'));
  const file = join(folder, 'trace');
  const chat = fork(program, [transport, file, ...more], { execArgv: ['--import', 'tsx'] });
  const captures: Capture[] = [];
  try {
    const [port] = (await once(chat, 'message')) as [number];
    const seen = await capturing(port, async () => {
      const ended = once(chat, 'exit');
      chat.send('go');
      assert.equal(await ended, [0, null]);
    });
    const trace = deserialize(readFileSync(file)) as Trace;
    const exported = new Capture(pcapng(trace, tell(trace)));
    captures.push(exported);
    const captured = new Capture(seen);
    captures.push(captured);
    look(exported, captured);
  } finally {
    chat.kill();
    for (const capture of captures) capture.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every direction of every stream: `from>to: bytes`. Loopback loses nothing, but the kernel may repeat itself. */
function streams(capture: Capture): readonly string[] {
  const found = new Map<string, { bytes: string; next: number }>();
  for (const [from = '', to = '', sequence, payload = ''] of capture.fields(
    ['tcp.srcport', 'tcp.dstport', 'tcp.seq', 'tcp.payload'],
    '-Y',
    'tcp',
  )) {
    const flow = `${from}>${to}`;
    const stream = found.get(flow) ?? { bytes: '', next: 1 };
    found.set(flow, stream);
    if (Number(sequence) !== stream.next || payload === '') continue;
    stream.bytes += payload;
    stream.next += payload.length / 2;
  }
  return [...found].map(([flow, { bytes }]) => `${flow}: ${bytes}`).sort();
}

/** Every datagram: `from>to: bytes`, sorted, since two sockets have no common order. */
function datagrams(capture: Capture, filter = 'udp'): readonly string[] {
  return capture
    .fields(['udp.srcport', 'udp.dstport', 'udp.payload'], '-Y', `udp and (${filter}) and not udp.payload contains ${markHex}`)
    .map(([from, to, payload]) => `${from}>${to}: ${payload}`)
    .sort();
}
