/*
 * The plugin in the real tshark: every frame and every packet of the tables, in whole and in pieces, field by field as
 * our own dissectors have them; and what it makes of bytes that are none.
 */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { promptFrame } from '../../../../lib/session/questions.js';
import { encodeFrame, FRAMES, type Frame } from '../../../../lib/wire/index.js';
import { pcapng } from '../../../../tracer/export/pcapng/index.js';
import { wiresharkPlugin } from '../../../../tracer/export/wireshark/index.js';
import { arbitraryFrame, frameTypes, senderOf } from '../../../lib/wire/arbitrary-frames.js';
import { needsTool } from '../../../tool.js';
import { MadeTrace, packetMaker } from '../made-trace.js';
import { Capture, type Shown } from '../tshark.js';
import { leavesOf } from './leaves.js';

const withTshark = needsTool('tshark') ? test : test.skip;
const tcp = { client: 'tcp://127.0.0.1:50123', server: 'tcp://127.0.0.1:50001' };
const udp = { client: 'udp://127.0.0.1:50777', server: 'udp://127.0.0.1:50778' };

for (const version of ['5.2', '5.4']) {
  const withLua = needsTool(`luac${version}`) ? test : test.skip;
  withLua(`is Lua ${version}`, () => {
    const { stderr, status } = spawnSync(`luac${version}`, ['-p', '-'], { input: wiresharkPlugin(), encoding: 'utf8' });
    assert.is(stderr, '');
    assert.is(status, 0);
  });
}

/** Every type of frame a few times, with any values. */
const samples = frameTypes().flatMap((type): Frame[] => fc.sample(arbitraryFrame(type), { numRuns: 6, seed: 7 }));

withTshark('shows every field of every frame, however the segments are cut', () => {
  const made = new MadeTrace();
  const stream = made.stream('Bar', tcp).open().frame('server', promptFrame(1, 'menu'));
  for (const [i, frame] of samples.entries()) {
    const bytes = encodeFrame(frame);
    const from = senderOf(frame.type);
    const cut = i % 3 === 0 ? bytes.length : 1 + (i % bytes.length);
    stream.bytes(from, bytes.slice(0, cut)).bytes(from, bytes.slice(cut));
  }
  // and all of one side in two segments
  const own = samples.filter(({ type }) => senderOf(type) === 'client').map(encodeFrame);
  const all = Buffer.concat(own);
  stream.bytes('client', all.subarray(0, 7)).bytes('client', all.subarray(7));
  const expected = [promptFrame(1, 'menu'), ...samples, ...samples.filter(({ type }) => senderOf(type) === 'client')];
  const shown = shownIn(made).filter(({ name }) => name.startsWith('chatwire.') && name !== 'chatwire.field_length');
  const told = shown.map(({ name, hex }) => `${name} ${hex}`);
  const wanted = expected.flatMap((frame) => leavesOf(frame)).map(({ name, hex }) => `${name} ${hex}`);
  assert.equal(told, wanted);
});

withTshark('puts the chat together from the segments of UDP packets, and marks what was sent again', () => {
  const made = new MadeTrace();
  const connection = { connection: `${made.udp('Udo', udp)}-client` };
  const up = { from: udp.client, to: udp.server };
  const stream = Buffer.concat(samples.filter(({ type }) => senderOf(type) === 'client').map(encodeFrame));
  const { open } = packetMaker();
  const third = Math.ceil(stream.length / 3);
  const segments = [0, 1, 2].map((i) => ({ type: 'DATA', segment: i, data: stream.subarray(i * third, (i + 1) * third) }) as const);
  const [first, second, last] = segments as [(typeof segments)[0], (typeof segments)[0], (typeof segments)[0]];
  const send = (number: number, ...frames: Parameters<typeof open>[1]) => {
    const packet = open({ destination: 2 ** 52 + 77, number }, frames);
    made.datagram('Udo', up, packet, connection);
    return packet;
  };
  send(1, first);
  send(2, last); // before the second: waits
  send(3, first, { type: 'PING' });
  const twice = send(4, second);
  made.datagram('Udo', up, twice, connection); // doubled by the network: no retransmission
  send(5, { type: 'FIN', segment: 3 });
  send(6, last, { type: 'FIN', segment: 3 });
  const shown = shownIn(made);
  const marks = shown.filter(({ name }) => name === 'chatwire.udp.retransmission').map(({ packet }) => packet);
  assert.equal(marks, [3, 7, 7]);
  assert.equal(
    shown.filter(({ name }) => name === 'chatwire.udp.first_sent').map(({ packet, show }) => `${packet}: ${show}`),
    ['3: 1', '7: 2', '7: 6'],
  );
  assert.equal(
    shown.filter(({ name }) => name === 'chatwire.udp.copy').map(({ packet }) => packet),
    [5],
  );
  const frames = shown.filter(({ name }) => name === 'chatwire.frame.type');
  assert.equal(
    frames.map(({ hex }) => Number.parseInt(hex, 16)),
    samples.filter(({ type }) => senderOf(type) === 'client').map(({ type }) => FRAMES[type].code),
  );
  assert.ok(
    frames.every(({ packet }) => packet === 1 || packet === 4),
    'each when its last byte is in order',
  );
});

withTshark('shows the plain-text door line by line, without what telnet negotiates', () => {
  const made = new MadeTrace();
  const stream = made.stream('Ada', { client: 'unix:/tmp/chat.sock', server: 'unix:/tmp/chat.sock' }, { scheme: 'unix' }).open();
  stream.line('server', promptFrame(1, 'menu').text).line('server', '1. Connect to a group chat.');
  stream.bytes('client', Buffer.from([255, 253, 1, 255, 250, 31, 0, 80, 255, 240, 0x31, 0x0d, 0x0a]));
  stream
    .bytes('server', Buffer.from('Enter '))
    .bytes('server', Buffer.from('your name:\nEnter'))
    .bytes('client', Buffer.from('Zoë 😀\r\n\n'));
  const lines = shownIn(made).filter(({ name }) => name === 'chatwire.line.text');
  const texts = ['Hello client, please choose an option:', '1. Connect to a group chat.', '1', 'Enter your name:', 'Zoë 😀', ''];
  assert.equal(
    lines.map(({ show }) => show),
    texts,
  );
});

withTshark('at a plain-text door a client may type before it is greeted; elsewhere that is no chat yet', () => {
  const made = new MadeTrace();
  const greeting = promptFrame(1, 'menu').text;
  for (const [name, port] of [
    ['door', 4001],
    ['elsewhere', 50123],
  ] as const) {
    const stream = made.stream(name, { client: 'tcp://127.0.0.1:50124', server: `tcp://127.0.0.1:${port}` }).open();
    stream.bytes('client', Buffer.from('2\r\n')).line('server', greeting).bytes('client', Buffer.from('Bar\r\n'));
  }
  made.stream('frames', { client: 'tcp://127.0.0.1:50125', server: 'tcp://127.0.0.1:4001' }).open().frame('server', promptFrame(1, 'menu'));
  const capture = new Capture(pcapng(made.trace, made.story));
  const lines = (...settings: readonly string[]) =>
    capture.fields(['chatwire.line.text'], ...settings).flatMap(([text = '']) => (text === '' ? [] : [text]));
  try {
    assert.equal(lines(), ['2', greeting, 'Bar', greeting, 'Bar']);
    assert.equal(lines('-o', 'chatwire.text_ports:4001,50100-50123'), ['2', greeting, 'Bar', '2', greeting, 'Bar']);
    assert.equal(lines('-o', 'chatwire.text_ports:'), [greeting, 'Bar', greeting, 'Bar']);
    assert.equal(capture.fields(['chatwire.frame.type'], '-Y', 'chatwire.frame.type'), [[String(FRAMES.PROMPT.code)]]);
  } finally {
    capture.remove();
  }
});

withTshark('knows a chat at its usual ports and by its beginning, with no settings at all', () => {
  const made = new MadeTrace();
  for (const [client, server] of [
    ['tcp://127.0.0.1:50123', 'tcp://127.0.0.1:50001'],
    ['tcp://[::1]:50123', 'tcp://[::1]:4000'],
  ] as const) {
    made.stream(client, { client, server }).open().frame('server', promptFrame(1, 'menu')).frame('client', { type: 'WHO' });
  }
  const { open } = packetMaker();
  for (const port of [4000, 50778]) {
    const connection = { connection: `${made.udp('Udo', udp)}-client` };
    const packet = open({ destination: 9, number: 1 }, [{ type: 'DATA', segment: 0, data: encodeFrame({ type: 'WHO' }) }]);
    made.datagram('Udo', { from: udp.client, to: `udp://127.0.0.1:${port}` }, packet, connection);
  }
  const capture = new Capture(pcapng(made.trace, made.story), { heuristicsFirst: false });
  try {
    const names = capture.fields(['chatwire.frame.type']).flatMap(([type]) => (type ? [Number(type)] : []));
    const { PROMPT, WHO } = FRAMES;
    assert.equal(names, [PROMPT.code, WHO.code, PROMPT.code, WHO.code, WHO.code, WHO.code]);
  } finally {
    capture.remove();
  }
});

withTshark('says what is no chat, or no longer', () => {
  const made = new MadeTrace();
  const stream = made.stream('Bar', tcp).open().frame('server', promptFrame(1, 'menu'));
  stream.bytes('client', Uint8Array.of(7, 0, 0, 8, 0, 0, 0, 1, 0, 9, 65, 66)); // a SAY whose text reaches past its end
  stream.bytes('client', Uint8Array.of(99, 0, 0, 0)); // no such frame
  made
    .stream('Web', { client: 'tcp://127.0.0.1:50124', server: 'tcp://127.0.0.1:4000' })
    .open()
    .bytes('client', Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  const connection = { connection: `${made.udp('Udo', udp)}-client` };
  const up = { from: udp.client, to: udp.server };
  const packet = packetMaker().open({ destination: 9, number: 1 }, [{ type: 'PING' }]);
  made.datagram('Udo', up, packet, connection);
  made.datagram(
    'Udo',
    up,
    packet.map((byte, i) => (i === 9 ? byte + 1 : byte)),
    connection,
  );
  made.datagram('Udo', up, Buffer.from('hello?'), connection);
  made.datagram('Udo', { ...up, to: 'udp://127.0.0.1:4000' }, Buffer.from('is anybody there, at this port?'), connection);
  const capture = new Capture(pcapng(made.trace, made.story));
  try {
    const told = capture.shown().map(({ name }) => name);
    assert.is(told.filter((name) => name === 'chatwire.malformed').length, 2);
    assert.is(told.filter((name) => name === 'chatwire.udp.spoilt').length, 1);
    assert.is(told.filter((name) => name === 'chatwire.udp').length, 2, 'what is no packet is left to others');
    assert.is(told.filter((name) => name === 'chatwire.line.text').length, 0, 'HTTP at port 4000 is no chat');
    assert.is(told.filter((name) => name === '_ws.malformed').length, 2, 'Wireshark counts these two as malformed, and no more');
    assert.not(told.includes('_ws.lua.error'));
  } finally {
    capture.remove();
  }
});

test.run();

/** What tshark shows of a made trace, with nothing malformed in it. */
function shownIn(made: MadeTrace): readonly Shown[] {
  const capture = new Capture(pcapng(made.trace, made.story));
  try {
    const shown = capture.shown();
    assert.equal(
      shown.filter(({ name }) => /malformed|lua[.]error/.test(name)),
      [],
    );
    return shown;
  } finally {
    capture.remove();
  }
}
