/*
 * A stream through the proxy, told while it happens and told from its recording: the same steps, with the same numbers
 * and times, whatever one leg has to wait for before it is shown.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatServer, parseHostPort } from '../../../lib/index.js';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { joiner, type Step, tell } from '../../../tracer/join/index.js';
import { startProxy } from '../../../tracer/proxy/index.js';
import { recorder } from '../../../tracer/record/index.js';
import type { TraceEvent } from '../../../tracer/trace/trace.js';
import { type Faults, NO_FAULTS } from '../../../transports/link/index.js';
import { clock, node } from '../../../transports/node.js';

const HELLO = { type: 'HELLO', magic: 0x43484154, version: 1, token: new Uint8Array(0), lastSequence: 0 } as const;
const test = suite('live and from the file');

/** What a client does; `seen` resolves once the proxy has read so many bytes of it. */
type Client = (socket: Socket, seen: (bytes: number) => Promise<void>) => Promise<void>;

/** Has a client speak with a chat server through a proxy, and tells it in both ways. */
async function toldBothWays(door: 'tcp' | 'text+tcp', faults: Faults | undefined, client: Client) {
  const events: TraceEvent[] = [];
  const live: Step[] = [];
  const recording = recorder({
    ...{ title: 'through a proxy', source: 'proxy', madeBy: 'a test', startedAtMs: clock.now() },
    sink: {
      event(event) {
        events.push(event);
        live.push(...join.push(event));
      },
    },
  });
  const join = joiner(recording.header);
  let read = 0;
  let wake = () => {};
  const tap = recording.tap({ name: 'proxy', role: 'proxy' });
  const observer: typeof tap = {
    ...tap,
    event(event) {
      tap.event(event);
      if (event.layer === 'transport' && event.what.name === 'bytes' && event.what.direction === 'received')
        read += event.what.bytes.length;
      wake();
    },
  };
  const seen = async (bytes: number) => {
    while (read < bytes) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const server = new ChatServer(node);
  const to = await server.listen(`${door}://127.0.0.1:0`);
  const proxy = await startProxy({ listen: `${door}://127.0.0.1:0`, to, faults, observer, clock });
  const socket = connect({ ...parseHostPort(proxy.address.replace('text+', '')), noDelay: true });
  socket.on('error', () => {});
  await client(socket, seen);
  if (!socket.closed) await once(socket.resume(), 'close');
  await proxy.close();
  await server.close();
  recording.flush();
  live.push(...join.finish());
  return { live, file: tell({ header: recording.header, events }).steps };
}

const named = (steps: readonly Step[], label: string) =>
  steps.flatMap((step) => (step.kind === 'arrow' && step.lane === 'frames' && step.label === label ? [step] : []));

test('on a slow way a client speaks before the server’s first byte has passed', async () => {
  const { live, file } = await toldBothWays('tcp', { ...NO_FAULTS, delayMs: 20, bitsPerSecond: 20_000 }, async (socket) => {
    socket.write(encodeFrame(HELLO));
    await once(socket, 'data');
    socket.end(encodeFrame({ type: 'BYE', code: 'exit', text: '', retryAfterMs: 0 }));
  });
  assert.equal(live, file);
  const [[hello], [menu]] = [named(live, 'HELLO'), named(live, 'PROMPT')];
  assert.ok((hello?.sentAt ?? 0) < (hello?.receivedAt ?? 0), 'it takes its time');
  assert.ok((hello?.number ?? 0) > 0 && (menu?.number ?? 0) > 0);
});

test('lines of the text door that are cut, and decided long after they were read', async () => {
  const { live, file } = await toldBothWays('text+tcp', undefined, async (socket, seen) => {
    let written = 0;
    for (const piece of ['2\r', '\nAd', 'a\r\ns3cr', '3tpw\r\n', 'hel', 'lo\r\n/le', 'ave\r\n']) {
      socket.write(piece);
      written += piece.length;
      await seen(written);
    }
    socket.end();
  });
  assert.equal(live, file);
  assert.ok(named(live, 'LINE').every(({ outcome }) => outcome === 'arrived'));
  assert.equal(
    live.filter(({ number }, i) => number !== i + 1),
    [],
  );
});

test.run();
