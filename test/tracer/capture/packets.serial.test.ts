/*
 * The real tcpdump and the real dumpcap on loopback: the kernel lane says of each segment what tshark says of the same
 * capture, and a capture that is killed keeps what it had.
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
import { knownEnds } from '../../../tracer/below/known-ends.js';
import { findProgram } from '../../../tracer/capture/find-program.js';
import { capturePackets, type PacketCapture } from '../../../tracer/capture/index.js';
import { type CapturedPacket, kernelLane } from '../../../tracer/kernel/index.js';
import type { Trace } from '../../../tracer/trace/trace.js';
import { needsTool } from '../../tool.js';
import { Capture } from '../export/tshark.js';
import { pcapFile } from '../kernel/made-packets.js';

const TOOLS = ['tcpdump', 'dumpcap'] as const;
const mayCapture = [needsTool('tshark'), process.getuid?.() === 0].every(Boolean);
const program = fileURLToPath(new URL('../export/pcapng/recorded-chat.ts', import.meta.url));

/** Captures by one program, as if the other were not there. */
async function capturing(tool: string, port: number): Promise<PacketCapture> {
  const capture = await capturePackets({ ports: [port], find: (name) => (name === tool ? findProgram(name) : undefined) });
  if ('unavailable' in capture) throw new Error(capture.unavailable);
  return capture;
}

/** A chat of two clients over TCP, with secrets shown, and what was captured of it. */
async function recordedChat(tool: string): Promise<{ readonly trace: Trace; readonly packets: readonly CapturedPacket[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'chatwire-kernel-'));
  const file = join(folder, 'trace');
  const chat = fork(program, ['tcp', file], { execArgv: ['--import', 'tsx'] });
  try {
    const [port] = (await once(chat, 'message')) as [number];
    const capture = await capturing(tool, port);
    const ended = once(chat, 'exit');
    chat.send('go');
    assert.equal(await ended, [0, null]);
    const { packets, problem } = await capture.stop();
    assert.is(problem, undefined);
    return { trace: deserialize(readFileSync(file)) as Trace, packets };
  } finally {
    chat.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const tool of TOOLS) {
  const withTool = needsTool(tool) && mayCapture ? test : test.skip;

  withTool(`${tool}: flags, relative numbers, windows, lengths and order are those of tshark`, async () => {
    const { trace, packets } = await recordedChat(tool);
    const { header, events } = trace;
    const lane = kernelLane({ packets, ends: knownEnds(events), startedAtMs: header.startedAtMs, showSecrets: true });
    const ours = lane.events.map(({ direction, local, remote, flags = [], seq, ack = 0, window, again, bytes }) => {
      const [from, to] = (direction === 'sent' ? [local, remote] : [remote, local]).map((address) => address.split(':').at(-1));
      const bits = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'].reduce(
        (sum, name, bit) => sum + (flags.includes(name as 'SYN') ? 1 << bit : 0),
        0,
      );
      return [from, to, bits, seq, ack, window, again ? 'again' : bytes.length].join(' ');
    });
    const capture = new Capture(pcapFile(packets));
    try {
      const fields = ['tcp.srcport', 'tcp.dstport', 'tcp.flags', 'tcp.seq', 'tcp.ack', 'tcp.window_size', 'tcp.len'];
      // what is sent again has no bytes of its own here
      const theirs = capture
        .fields(fields, '-Y', 'tcp')
        .map((row, i) => row.map((text, column) => (column === 6 && ours[i]?.endsWith('again') ? 'again' : Number(text))).join(' '));
      assert.ok(ours.length > 60, `${ours.length} segments`);
      assert.equal(ours, theirs);
    } finally {
      capture.remove();
    }
  });

  withTool(`${tool}: a capture that is killed keeps what it had, and says that it is not all`, async () => {
    const capture = await capturing(tool, 4000);
    process.kill(capture.pid as number, 'SIGKILL');
    const { problem } = await capture.stop();
    assert.match(problem ?? '', new RegExp(`${tool} ended before the run did`));
  });
}

test.run();
