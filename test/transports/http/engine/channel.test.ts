/*
 * Two channels joined by requests that break: whatever is lost, cut or repeated, every byte arrives once and in order,
 * no buffer grows past its bound, and whoever waits for room is told.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Channel, StreamError, WINDOW_BYTES } from '../../../../transports/http/engine/channel.js';
import { RecordReader } from '../../../../transports/http/wire/read.js';
import { RecordWriter } from '../../../../transports/http/wire/write.js';

const test = suite('http: channels');

/** The bytes that stand at an offset, whichever stream it is. */
const pattern = Uint8Array.from({ length: 4 * 1024 * 1024 }, (_, index) => Math.imul(index + 1, 0x9e37_79b1) >>> 24);
const bytesAt = (offset: number, count: number) => pattern.subarray(offset, offset + count);

/** One end, with what it has sent and read so far. */
function end(role: 'client' | 'server') {
  const channel = new Channel(role);
  return {
    channel,
    sent: 0,
    read: 0,
    put(count: number) {
      channel.out.put(bytesAt(this.sent, count));
      this.sent += count;
    },
    readAll() {
      for (let chunk = channel.in.next(); chunk; chunk = channel.in.next()) {
        assert.is(Buffer.compare(chunk, bytesAt(this.read, chunk.length)), 0, `bytes from ${this.read} on`);
        this.read += chunk.length;
      }
    },
  };
}
type End = ReturnType<typeof end>;

/** What one end has to say, cut off after some bytes, in pieces; true if all of it went. */
function carry(from: End, to: End, cutAfter: number, pieceBytes: number): boolean {
  const writer = new RecordWriter();
  from.channel.pull(0, writer, 64 * 1024);
  const bytes = writer.bytes.slice(0, Math.min(cutAfter, writer.length));
  const reader = new RecordReader();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    for (const { record } of reader.read(bytes.subarray(at, at + pieceBytes))) to.channel.take(record);
  }
  return cutAfter >= writer.length;
}

/** One request: up, and its answer. If either is cut off, what was not acknowledged goes again. */
function exchange(client: End, server: End, cuts: { up: number; answer: number }, pieceBytes: number): void {
  const whole = carry(client, server, cuts.up, pieceBytes);
  const writer = new RecordWriter();
  server.channel.pullAck(0, writer);
  const answered = whole && cuts.answer >= writer.length;
  if (answered) for (const { record } of new RecordReader().read(writer.bytes)) client.channel.take(record);
  else client.channel.rewind();
}

/** The way down breaks: the next GET names the offset that has come. */
function resumeDown(client: End, server: End): void {
  server.channel.take({ type: 'ACK', received: client.channel.in.received, limit: 0 });
  server.channel.rewind();
}

const step = fc.record({
  put: fc.tuple(fc.constantFrom('client', 'server'), fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 90_000 }))),
  up: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 70_000 })),
  answer: fc.constantFrom(Number.POSITIVE_INFINITY, 0, 3),
  down: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 70_000 })),
  pieceBytes: fc.constantFrom(13, 1000, 100_000),
  reads: fc.boolean(),
});

test('nothing is lost or doubled, wherever the requests break', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const client = end('client');
      const server = end('server');
      for (const { put, up, answer, down, pieceBytes, reads } of steps) {
        (put[0] === 'client' ? client : server).put(put[1]);
        exchange(client, server, { up, answer }, pieceBytes);
        if (!carry(server, client, down, pieceBytes)) resumeDown(client, server);
        for (const one of [client, server]) {
          if (reads) one.readAll();
          assert.ok(one.channel.in.received - one.read <= WINDOW_BYTES, 'more waits to be read than the window');
        }
      }
      client.channel.out.end();
      server.channel.out.end();
      for (let turn = 0; turn < 500 && !(client.channel.out.done && server.channel.out.done); turn += 1) {
        exchange(client, server, { up: Number.POSITIVE_INFINITY, answer: Number.POSITIVE_INFINITY }, 100_000);
        carry(server, client, Number.POSITIVE_INFINITY, 100_000);
        client.readAll();
        server.readAll();
      }
      assert.ok(client.channel.out.done && server.channel.out.done, 'an end never got through');
      assert.is(server.read, client.sent);
      assert.is(client.read, server.sent);
      assert.is(client.channel.out.kept + server.channel.out.kept, 0);
    }),
    { numRuns: 300 },
  );
});

test('a request that is repeated whole, or arrives after a newer one, changes nothing', () => {
  const client = end('client');
  const server = end('server');
  client.put(1000);
  const first = new RecordWriter();
  client.channel.pull(0, first, 10_000);
  client.channel.rewind();
  client.put(500);
  const second = new RecordWriter();
  client.channel.pull(0, second, 10_000);
  for (const body of [second, first, second]) {
    for (const { record } of new RecordReader().read(body.bytes)) server.channel.take(record);
  }
  server.readAll();
  assert.is(server.read, 1500);
});

test('a gap, more than the window, data behind the end, and an acknowledgement of nothing are errors', () => {
  const broken: ((channel: Channel) => void)[] = [
    (channel) => channel.take({ type: 'DATA', offset: 1, data: bytesAt(0, 1) }),
    (channel) => channel.take({ type: 'DATA', offset: 0, data: new Uint8Array(WINDOW_BYTES + 1) }),
    (channel) => {
      channel.take({ type: 'END', offset: 0 });
      channel.take({ type: 'DATA', offset: 1, data: bytesAt(0, 1) });
    },
    (channel) => channel.take({ type: 'END', offset: 5 }),
    (channel) => channel.take({ type: 'ACK', received: 1, limit: 0 }),
  ];
  for (const act of broken)
    assert.throws(
      () => act(new Channel('server')),
      (error: unknown) => error instanceof StreamError,
    );
});

test('the peer is told of room once half a window was read, and not for every byte', () => {
  const server = end('server');
  for (let offset = 0; offset < WINDOW_BYTES; offset += 32_768) {
    server.channel.take({ type: 'DATA', offset, data: bytesAt(offset, 32_768) });
  }
  const writer = new RecordWriter();
  server.channel.pullAck(0, writer);
  server.channel.in.next();
  assert.is(server.channel.urgency, 'never');
  for (let reads = 0; reads < 3; reads += 1) server.channel.in.next();
  assert.is(server.channel.urgency, 'now');
});

test('a server that waits for room asks once for an acknowledgement; a client never needs to', () => {
  for (const role of ['server', 'client'] as const) {
    const one = end(role);
    one.put(10);
    one.channel.drainDue = true;
    const writer = new RecordWriter();
    one.channel.pull(0, writer, 1000);
    const types = new RecordReader().read(writer.bytes).map(({ record }) => record.type);
    assert.equal(types, role === 'server' ? ['DATA', 'PING'] : ['DATA']);
    assert.is(one.channel.urgency, 'never');
  }
});

test('a peer that sends bytes one by one costs memory for bytes only', () => {
  const server = end('server');
  for (let offset = 0; offset < 50_000; offset += 1) server.channel.take({ type: 'DATA', offset, data: bytesAt(offset, 1) });
  let chunks = 0;
  for (let chunk = server.channel.in.next(); chunk; chunk = server.channel.in.next()) chunks += 1;
  assert.ok(chunks < 10, `${chunks} chunks`);
});

test('the last word is repeated until it was carried', () => {
  const { channel } = end('client');
  channel.reset('aborted');
  assert.is(channel.urgency, 'now');
  channel.pull(0, new RecordWriter(), 1000);
  assert.is(channel.urgency, 'never');
  channel.rewind();
  assert.is(channel.urgency, 'now');
  assert.is(channel.lastWord.type, 'RESET');
});

test.run();
