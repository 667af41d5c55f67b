/*
 * Parts of a story: filters, the table of connections, and the dialogue, which must be what tshark reassembles.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Frame } from '../../../lib/wire/frames.js';
import { tell } from '../../../tracer/join/index.js';
import { followBody } from '../../../tracer/select/follow-text.js';
import { connectionIndex, filterStory, follow, followText, type Turn } from '../../../tracer/select/index.js';
import { needsTool } from '../../tool.js';
import * as t from '../join/traces.js';

const AT = 'tcp://127.0.0.1:4000';
const CLIENT = 'tcp://127.0.0.1:5001';
const menu = t.prompt(1, 'menu', 'Hello client, שלום');
const bye = { type: 'BYE', code: 'exit', text: '', retryAfterMs: 0 } as const;

function story() {
  const b = t.building();
  b.actor('server-1', 'server', 'server');
  b.actor('client-1', 'client', 'Bar');
  b.actor('client-2', 'client', 'Dana');
  for (const [client, name, port] of [
    ['client-1', 'a', 5001],
    ['client-2', 'b', 5002],
  ] as const) {
    b.state(10, client, name, 'dialling', { remote: AT });
    b.state(11, client, name, 'open', { local: `tcp://127.0.0.1:${port}`, remote: AT });
    b.state(12, 'server-1', `s${name}`, 'accepted', { local: AT, remote: `tcp://127.0.0.1:${port}` });
  }
  const say = (us: number, from: [string, string], to: [string, string], frame: Frame) => {
    b.chunk(us, ...from, 'sent', t.bytesOf(frame));
    b.frame(us, ...from, 'sent', frame);
    b.chunk(us + 5, ...to, 'received', t.bytesOf(frame));
    b.frame(us + 5, ...to, 'received', frame);
  };
  say(20, ['server-1', 'sa'], ['client-1', 'a'], menu);
  say(30, ['client-1', 'a'], ['server-1', 'sa'], t.say(1, 'hi'));
  say(40, ['client-2', 'b'], ['server-1', 'sb'], t.say(1, 'ho'));
  b.note(45, 'and now');
  say(50, ['client-1', 'a'], ['server-1', 'sa'], bye);
  b.state(60, 'client-1', 'a', 'closed', { closedBy: 'local' });
  return tell(b.trace);
}

const labels = (filtered: ReturnType<typeof story>) =>
  filtered.steps.map((step) => (step.kind === 'note' ? 'note' : step.label)).filter((label) => label !== 'note');

test('filters: connection, actor, lane, type and time, together', () => {
  const whole = story();
  assert.equal(labels(filterStory(whole, { connection: 'c2', lanes: ['frames'] })), ['SAY']);
  assert.equal(labels(filterStory(whole, { actor: 'Bar', lanes: ['frames'] })), ['PROMPT', 'SAY', 'BYE']);
  assert.equal(labels(filterStory(whole, { types: ['say', 'SYN'] })), ['SYN', 'SYN', 'SAY', 'SAY']);
  assert.equal(labels(filterStory(whole, { lanes: ['frames'], from: 36_000, to: 45_000 })), ['SAY']);
  assert.equal(labels(filterStory(whole, { lanes: ['frames'], from: 25_000, to: 25_000 })), ['PROMPT'], 'it was under way');
  assert.equal(filterStory(whole, {}), whole);
});

test('filters: a text, in any case, in labels, words and sentences', () => {
  const whole = story();
  assert.equal(labels(filterStory(whole, { text: 'HELLO client', lanes: ['frames'] })), ['PROMPT']);
  assert.equal(labels(filterStory(whole, { text: 'say', lanes: ['frames'] })), ['SAY', 'SAY']);
  assert.equal(
    filterStory(whole, { text: 'And now' }).steps.map(({ words }) => words),
    ['and now'],
  );
  assert.is(filterStory(whole, { text: 'nobody said this' }).steps.length, 0);
});

test('a filtered story keeps its numbers, its notes, and only the columns that it needs', () => {
  const whole = story();
  const filtered = filterStory(whole, { connection: 'c2' });
  assert.ok(filtered.steps.every((step) => whole.steps[step.number - 1] === step));
  assert.ok(filtered.steps.some(({ kind }) => kind === 'note'));
  assert.equal(
    filtered.actors.map(({ name }) => name),
    ['server', 'Dana'],
  );
  assert.is(filtered.connections.length, 1);
});

test('a packet is found by the frames in it', () => {
  const b = t.building();
  b.datagram(1, 'client-1', 'sent', t.open(t.SERVER_ID, 2, [t.data(0, t.bytesOf(menu)), t.ack(1, [[1, 1]])]), { connection: 'u' });
  b.datagram(2, 'client-1', 'sent', t.open(t.SERVER_ID, 3, [{ type: 'PING' }]), { connection: 'u' });
  assert.equal(labels(filterStory(tell(b.trace), { types: ['ack'] })), ['DATA']);
});

test('the table of connections', () => {
  const rows = connectionIndex(story());
  const [bar, dana] = rows;
  assert.equal([bar?.client, bar?.server, bar?.frames, bar?.segments], ['Bar', 'server', { up: 2, down: 1 }, { up: 2, down: 1 }]);
  assert.equal(bar?.bytes, { up: t.bytesOf(t.say(1, 'hi'), bye).length, down: t.bytesOf(menu).length });
  assert.equal([bar?.began, bar?.lasted, bar?.end], [10_000, 50_000, 'BYE exit, from Bar']);
  assert.is(dana?.end, 'still open');
});

test('over UDP the dialogue is the segments, each once, in order', () => {
  const b = t.building();
  const [one, two] = [t.bytesOf(t.say(1, 'one')), t.bytesOf(t.say(2, 'two'))];
  const up = (us: number, number: number, frames: Parameters<typeof t.open>[2], lost = false) => {
    b.datagram(us, 'client-1', 'sent', t.open(t.SERVER_ID, number, frames), { connection: 'u1', ...(lost && { fate: 'lost' }) });
    if (!lost)
      b.datagram(us + 1, 'server-1', 'received', t.open(t.SERVER_ID, number, frames), {
        connection: 'u2',
        local: t.SERVER_AT,
        remote: t.CLIENT_AT,
      });
  };
  b.datagram(1, 'client-1', 'sent', t.connect(1, []), { connection: 'u1' });
  b.datagram(2, 'server-1', 'received', t.connect(1, []), { connection: 'u2', local: t.SERVER_AT, remote: t.CLIENT_AT });
  up(10, 2, [t.data(0, one)], true);
  up(20, 3, [t.data(1, two)]);
  up(30, 4, [t.data(0, one), t.data(1, two)]);
  const told = tell(b.trace);
  const dialogue = follow(told, 'c1');
  assert.equal(dialogue?.turns, [
    { from: 'client', at: 31_000, bytes: one },
    { from: 'client', at: 31_000, bytes: two },
  ]);
  const [row] = connectionIndex(told);
  assert.equal([row?.bytes.up, row?.retransmissions, row?.lost], [one.length + two.length, 1, 1]);
});

test('a connection that there is not', () => {
  assert.is(follow(story(), 'c9'), undefined);
});

const withTshark = needsTool('tshark') ? test : test.skip;

withTshark('the dialogue is the one that tshark follows, in each form', () => {
  const said: readonly (readonly ['client' | 'server', Uint8Array])[] = [
    ['server', t.bytesOf(menu)],
    ['client', t.bytesOf(t.say(1, 'tab\tand\r\nline\nand \u001b[31m ü'))],
    ['server', new Uint8Array(37).map((_, i) => i * 7)],
    ['server', new TextEncoder().encode('plain text, sixteen at a time, no more')],
    ['client', new TextEncoder().encode('blanks at the   ends of rows ')],
    ['server', new TextEncoder().encode('eight by')],
    ['client', new TextEncoder().encode('       ')],
    ['server', new TextEncoder().encode('seven b ')],
  ];
  const b = t.building();
  b.state(1, 'server-1', 's', 'accepted', { local: AT, remote: CLIENT });
  for (const [i, [from, bytes]] of said.entries()) b.chunk(10 + i, 'server-1', 's', from === 'server' ? 'sent' : 'received', bytes);
  const dialogue = follow(tell(b.trace), 'c1');
  const place = mkdtempSync(join(tmpdir(), 'chatwire-follow-'));
  try {
    const file = join(place, 'a.pcap');
    writeFileSync(file, pcap(said));
    const formats = ['ascii', 'hex', 'raw'] as const;
    const taps = formats.flatMap((format) => ['-z', `follow,tcp,${format},0`]);
    const { stdout } = spawnSync('tshark', ['-r', file, '-q', ...taps], { encoding: 'utf8' });
    for (const format of formats) {
      const [, ...rest] = (stdout.split(`Follow: tcp,${format}\n`)[1] ?? '').split(/^Node 1: .*\n/m);
      const [body] = rest.join('').split(/^=+$/m);
      assert.is(followBody(dialogue?.turns as readonly Turn[], format), body, format);
    }
  } finally {
    rmSync(place, { recursive: true });
  }
  assert.match(
    followText(dialogue as NonNullable<typeof dialogue>),
    /^=+\nFollow: tcp,ascii\nConnection: c1\nNode 0: tcp:\/\/127\.0\.0\.1:5001\n/,
  );
});

/** A capture of raw IPv4 with one TCP connection, its handshake included. */
function pcap(said: readonly (readonly ['client' | 'server', Uint8Array])[]): Buffer {
  const next = { client: 0, server: 0 };
  const packets: Buffer[] = [];
  const add = (from: 'client' | 'server', flags: number, data: Uint8Array) => {
    const ip = Buffer.alloc(40);
    const [to, fromPort, toPort] = from === 'client' ? (['server', 5001, 4000] as const) : (['client', 4000, 5001] as const);
    ip.writeUInt8(0x45, 0);
    ip.writeUInt16BE(40 + data.length, 2);
    ip.writeUInt8(64, 8);
    ip.writeUInt8(6, 9);
    ip.set([127, 0, 0, from === 'client' ? 1 : 2, 127, 0, 0, to === 'client' ? 1 : 2], 12);
    ip.writeUInt16BE(fromPort, 20);
    ip.writeUInt16BE(toPort, 22);
    ip.writeUInt32BE(next[from], 24);
    ip.writeUInt32BE(next[to], 28);
    ip.writeUInt8(0x50, 32);
    ip.writeUInt8(flags, 33);
    ip.writeUInt16BE(65_535, 34);
    next[from] += data.length + (flags & 2 ? 1 : 0);
    const head = Buffer.alloc(16);
    head.writeUInt32LE(packets.length, 0);
    head.writeUInt32LE(40 + data.length, 8);
    head.writeUInt32LE(40 + data.length, 12);
    packets.push(Buffer.concat([head, ip, data]));
  };
  add('client', 0x02, new Uint8Array(0));
  add('server', 0x12, new Uint8Array(0));
  add('client', 0x10, new Uint8Array(0));
  for (const [from, bytes] of said) add(from, 0x18, bytes);
  const head = Buffer.from('d4c3b2a1020004000000000000000000ffff000065000000', 'hex');
  return Buffer.concat([head, ...packets]);
}

test.run();
