/*
 * Exports of traces made by hand, read by the real capinfos and tshark: right headers and checksums, streams that can be
 * followed, a comment on every packet; with observers at both ends, at one, and in between.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { promptFrame } from '../../../../lib/session/questions.js';
import { encodeFrame } from '../../../../lib/wire/index.js';
import { pcapng } from '../../../../tracer/export/pcapng/index.js';
import { needsTool } from '../../../tool.js';
import { MadeTrace, packetMaker } from '../made-trace.js';
import { Capture, run } from '../tshark.js';

const withTshark = needsTool('tshark') ? test : test.skip;
const tcp = { client: 'tcp://127.0.0.1:50123', server: 'tcp://127.0.0.1:50001' };
const tcp6 = { client: 'tcp://[::1]:50123', server: 'tcp://[2001:db8::7]:50001' };
const unix = { client: 'unix:/tmp/chat.sock', server: 'unix:/tmp/chat.sock' };
const udp = { client: 'udp://127.0.0.1:50777', server: 'udp://127.0.0.1:50778' };
const long = { type: 'SAY', id: 1, text: `${'long '.repeat(1000)}שלום` } as const;
const menu = promptFrame(1, 'menu');

/** A bit of everything. */
function everything(): MadeTrace {
  const made = new MadeTrace('a bit of everything');
  made.stream('Bar', tcp).open().frame('server', menu).frame('client', long, 700).end('client').end('server');
  made
    .stream('Six', tcp6)
    .open()
    .frame('server', menu)
    .frame('client', { type: 'WHO' })
    .state('client', 'closed', { closedBy: 'local', error: 'Dropped.' });
  made
    .stream('Foo', unix, { scheme: 'unix', watched: ['client'] })
    .open()
    .line('server', menu.text)
    .line('client', '3')
    .end('server')
    .end('client');
  made
    .stream('Moe', { client: 'memory:lobby#1', server: 'memory:lobby' }, { scheme: 'memory', watched: ['server'] })
    .open()
    .frame('server', menu)
    .end('client');
  const connection = { connection: `${made.udp('Udo', udp)}-client` };
  const up = { from: udp.client, to: udp.server };
  const packet = packetMaker().open({ destination: 9, number: 1 }, [
    { type: 'DATA', segment: 0, data: encodeFrame(long).subarray(0, 1001) },
  ]);
  made.datagram('Udo', up, packet, { ...connection, fate: 'lost' });
  made.datagram('Udo', up, packet, connection);
  made.datagram('server', { from: udp.server, to: udp.client }, packet, { direction: 'received', connection: 'c5-server' });
  made.datagram('Udo', up, new Uint8Array(0), { ...connection, fate: 'withheld' });
  return made;
}

function captured<T>(made: MadeTrace, look: (capture: Capture) => T): T {
  const capture = new Capture(pcapng(made.trace, made.story));
  try {
    return look(capture);
  } finally {
    capture.remove();
  }
}

test('the same trace gives the same bytes', () => {
  const [one, other] = [everything(), everything()];
  assert.equal(pcapng(one.trace, one.story), pcapng(other.trace, other.story));
});

withTshark('capinfos reads it: interfaces, comments, times in order', () => {
  captured(everything(), ({ file }) => {
    const { stdout } = run('capinfos', ['-M', file]);
    for (const text of [
      'tcp (synthetic headers)',
      'unix (synthetic TCP: a Unix socket has no headers)',
      'udp',
      'memory (synthetic TCP: nothing was sent)',
    ]) {
      assert.ok(stdout.includes(`Name = ${text}\n`), `no interface ${text} in\n${stdout}`);
    }
    assert.match(stdout, /Strict time order: +True/);
    assert.match(stdout, /Capture comment: +a bit of everything\./);
    assert.match(stdout, /Capture hardware: +taps inside the programs/);
  });
});

withTshark('headers and checksums are right, every packet has its comment, its direction and its time', () => {
  captured(everything(), (capture) => {
    const checks = ['ip', 'tcp', 'udp'].flatMap((layer) => ['-o', `${layer}.check_checksum:TRUE`]);
    const names = [
      'frame.time_epoch',
      'frame.comment',
      'frame.packet_flags_direction',
      'ip.checksum.status',
      'tcp.checksum.status',
      'udp.checksum.status',
      'tcp.analysis.flags',
      '_ws.expert.message',
    ];
    const rows = capture.fields(names, ...checks);
    assert.is.not(rows.length, 0);
    for (const [time, comment, direction, ip, tcpSum, udpSum, flags, expert] of rows) {
      assert.match(time as string, /^1700000000\.0\d{2}0{6}$/);
      assert.match(comment as string, /^(Step \d+: \w+ to \w+: |\w+ to \w+: |\w+ sends a datagram)/);
      assert.match(direction as string, /^(0x0*)?[12]$/);
      for (const status of [ip, tcpSum, udpSum]) assert.ok(status === '1' || status === '', `a checksum is wrong: ${expert}`);
      assert.is(flags, '', expert);
    }
    const said = rows.map(([, comment]) => comment).join('\n');
    assert.match(said, /Step 1: server to Bar: PROMPT in words\. Why this PROMPT goes\./);
    assert.match(said, /Lost on the link/);
    assert.match(said, /could tell a secret/);
  });
});

withTshark('Follow Stream has what went over each stream, whoever watched it', () => {
  captured(everything(), (capture) => {
    const text = (line: string) => new TextEncoder().encode(`${line}\n`);
    const nothing = new Uint8Array(0);
    const expected = [
      { client: encodeFrame(long), server: encodeFrame(menu) },
      { client: encodeFrame({ type: 'WHO' }), server: encodeFrame(menu) },
      { client: text('3'), server: text(menu.text) },
      { client: nothing, server: encodeFrame(menu) },
    ];
    for (const [i, streams] of expected.entries()) assert.equal(capture.follow(i), streams);
  });
});

withTshark('a handshake, acknowledgements, and the end that each connection had', () => {
  captured(everything(), (capture) => {
    const rows = capture.fields(
      ['tcp.stream', 'tcp.srcport', 'tcp.flags.str', 'tcp.seq', 'tcp.ack', 'tcp.len'],
      '-Y',
      'tcp && tcp.len == 0',
    );
    const told = (stream: string) =>
      rows
        .filter(([of]) => of === stream)
        .map(([, port, flags = '', seq, ack]) => `${port === '50123' ? 'client' : 'server'} ${flags.replaceAll('·', '')} ${seq} ${ack}`);
    const prompt = encodeFrame(menu).length + 1;
    const said = encodeFrame(long).length + 1;
    const acks = [...Array.from({ length: Math.floor((said - 1) / 700) }, (_, i) => 700 * (i + 1) + 1), said];
    assert.equal(told('0'), [
      ...['client S 0 0', 'server AS 0 1', 'client A 1 1', `client A 1 ${prompt}`],
      ...acks.map((ack) => `server A ${prompt} ${ack}`),
      ...[
        `client AF ${said} ${prompt}`,
        `server A ${prompt} ${said + 1}`,
        `server AF ${prompt} ${said + 1}`,
        `client A ${said + 1} ${prompt + 1}`,
      ],
    ]);
    assert.is(told('1').at(-1), `client AR 5 ${prompt}`);
  });
});

withTshark('names stand for addresses that one actor alone has', () => {
  captured(everything(), ({ file }) => {
    const { stdout } = run('tshark', ['-r', file, '-q', '-z', 'hosts']);
    const names = stdout
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map((line) => line.split('\t').join(' '));
    assert.equal(names.sort(), ['127.0.1.1 server', '127.0.1.4 Foo', '127.0.1.5 Moe', '2001:db8::7 server', '::1 Six']);
  });
});

withTshark('a dial that is refused, and one that nobody answers', () => {
  const made = new MadeTrace();
  const watched = { watched: ['client'] } as const;
  made
    .stream('Bar', tcp, watched)
    .state('client', 'dialling', { remote: tcp.server })
    .state('client', 'closed', { closedBy: 'remote', error: 'Nobody listens.' });
  const far = { ...tcp, server: 'tcp://192.0.2.1:50002' };
  made
    .stream('Far', far, watched)
    .state('client', 'dialling', { remote: far.server })
    .state('client', 'closed', { closedBy: 'local', error: 'Given up.' });
  captured(made, (capture) => {
    const flags = capture.fields(['tcp.flags.str']).map(([each = '']) => each.replaceAll('·', ''));
    assert.equal(flags, ['S', 'AR', 'S']);
  });
});

withTshark('through a proxy there are two connections', () => {
  const made = new MadeTrace();
  made.actor('proxy', 'proxy');
  const near = { client: 'tcp://127.0.0.1:50123', server: 'tcp://127.0.0.1:50100' };
  const far = { client: 'tcp://127.0.0.1:50124', server: 'tcp://127.0.0.1:50001' };
  const hello = encodeFrame(menu);
  const of = (connection: string, at: number) => ({ by: 'proxy', connection, at: at * 1e6, basis: 'observed' }) as const;
  made.events.push(
    { kind: 'state', ...of('p1', 1), state: 'accepted', local: near.server, remote: near.client, leg: 'p2' },
    { kind: 'state', ...of('p2', 2), state: 'dialling', remote: far.server },
    { kind: 'state', ...of('p2', 3), state: 'open', local: far.client, remote: far.server, leg: 'p1' },
    { kind: 'chunk', ...of('p2', 4), direction: 'received', offset: 0, bytes: hello, masks: [] },
    { kind: 'chunk', ...of('p1', 5), direction: 'sent', offset: 0, bytes: hello, masks: [] },
  );
  const ends = { clientAddress: near.client, serverAddress: far.server, ends: ['p1', 'p2'] };
  made.actor('Bar', 'client');
  made.connections.push({ id: 'c1', scheme: 'tcp', codec: 'frames', client: 'Bar', server: 'server', ...ends });
  captured(made, (capture) => {
    const ports = capture.fields(['tcp.srcport', 'tcp.dstport'], '-Y', 'tcp.len > 0');
    assert.equal(ports, [
      ['50001', '50124'],
      ['50100', '50123'],
    ]);
    for (const stream of [0, 1]) assert.equal(capture.follow(stream), { client: new Uint8Array(0), server: hello });
  });
});

test.run();
