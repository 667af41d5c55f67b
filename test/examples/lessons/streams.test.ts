/*
 * The lessons over real sockets: their answers against the trace of the same run, read in another way.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { arrows, ask, labels, ms } from './asked.js';

const test = suite('lessons over streams');

for (const transport of ['tcp', 'unix', 'http'] as const) {
  test(`handshake over ${transport}`, async () => {
    const { trace, answers } = await ask('handshake', { transport });
    const [made, accepted, acknowledged] = answers;
    assert.is(labels(made), transport === 'tcp' ? 'dialling SYN SYN-ACK ACK open' : 'dialling open');
    const state = (name: string) => trace.events.find((event) => event.kind === 'state' && event.state === name)?.at ?? Number.NaN;
    assert.ok(made.says.includes(`it takes ${ms(state('open') - state('dialling'))}.`), made.says);
    assert.is(labels(accepted), transport === 'tcp' ? 'ACK accepted' : 'dialling accepted');
    assert.is(labels(acknowledged), 'DATA ACCEPTED');
    assert.match(arrows(acknowledged, 'DATA')[0]?.words ?? '', /\(SAY\)/);
    const frame = (type: string, direction: string) =>
      trace.events.find((event) => event.kind === 'frame' && event.type === type && event.direction === direction)?.at ?? Number.NaN;
    const took = frame('ACCEPTED', 'received') - frame('SAY', 'sent');
    assert.ok(acknowledged.says.includes(`${ms(took)} after SAY`), acknowledged.says);
    if (transport === 'http') for (const { says } of answers) assert.not.match(says, /connect\(\)|in one kernel|the kernel makes/);
  });
}

for (const transport of ['tcp', 'unix'] as const) {
  test(`framing over ${transport}`, async () => {
    const { trace, answers } = await ask('framing', { transport });
    const [three, each, long] = answers;
    const shownFrom = trace.header.shownFromNs ?? 0;
    const written = trace.events.filter(
      (event) => event.kind === 'chunk' && event.direction === 'sent' && event.by.startsWith('client') && event.at > shownFrom,
    );
    const bytes = written.flatMap((event) => (event.kind === 'chunk' ? [event.bytes] : [])).slice(0, 5);
    assert.equal(
      bytes.map(({ length }) => length),
      [4 * 3 + 9 + 9 + 11, 14, 14, 13, 6 * (4 + 2 + 4 + 12_000)],
    );
    assert.equal(
      [three, each, long].map((answer) => arrows(answer)).map((rows) => rows.map((row) => row.bytes.length)),
      [[bytes[0]?.length], [14, 14, 13], [bytes[4]?.length]],
    );
    const said = (text: string) => new RegExp(`\\b${text}\\b`);
    for (const part of ['4 + 9, 4 + 9, 4 + 11', '41 bytes']) assert.ok(three.says.includes(part), three.says);
    assert.match(each.says, said('one read brought them all'));
    const [, reads] = /in (\d+) pieces/.exec(long.says) ?? [];
    assert.ok(Number(reads) >= 2);
    assert.ok(long.says.endsWith(`It would see ${reads} messages, and there are 6.`), long.says);
  });

  test(`half-close over ${transport}`, async () => {
    const { story, trace, answers } = await ask('half-close', { transport });
    const [ends, still, goodbye] = answers;
    const end = transport === 'tcp' ? 'FIN' : 'END';
    const name = (id = '') => story.actors.find((actor) => actor.id === id)?.name;
    assert.equal(
      arrows(ends).map(({ label, from }) => [label, name(from)]),
      [
        [end, 'Bar'],
        [end, 'server'],
      ],
    );
    assert.equal(
      arrows(still).map(({ label, from, to }) => [label, name(from), name(to)]),
      [
        [end, 'Bar', 'server'],
        ['ACCEPTED', 'server', 'Bar'],
        [end, 'server', 'Bar'],
      ],
    );
    // and in the words of the ends themselves: Bar has ended, and reads on
    const bar = arrows(ends)[0]?.from;
    const ended = trace.events.findIndex((event) => event.kind === 'state' && event.by === bar && event.state === 'ended');
    const read = trace.events.findIndex((event) => event.kind === 'frame' && event.by === bar && event.type === 'ACCEPTED');
    assert.ok(ended >= 0 && read > ended);
    assert.equal(
      arrows(goodbye)
        .map(({ label, from, to }) => [label, name(from), name(to)].join(' '))
        .sort(),
      ['BYE Ann server', 'BYE server Ann', `${end} Ann server`, `${end} server Ann`, 'PRESENCE server Ann'].sort(),
    );
    assert.match(arrows(goodbye, 'PRESENCE')[0]?.words ?? '', /Bar lost/);
  });

  test(`passwords over ${transport}`, async () => {
    const { answers } = await ask('passwords', { transport });
    const [where, length, others] = answers;
    assert.is(labels(where), 'DATA DATA ANSWER DATA ANSWER');
    for (const { words } of arrows(where, 'ANSWER')) assert.match(words, /password: •••/);
    const [plain, ...hidden] = arrows(where, 'DATA');
    assert.equal([plain?.masks.length, hidden.map(({ masks }) => masks.length)], [0, [1, 1]]);
    assert.ok(Buffer.from(plain?.bytes ?? []).includes('8888'));
    for (const { bytes } of arrows(where)) assert.not.ok(/1234|open sesame/.test(Buffer.from(bytes).toString('latin1')));
    const [one, other] = arrows(length);
    assert.is(one?.bytes.length, other?.bytes.length);
    assert.ok(length.says.includes(`${one?.bytes.length} bytes both`));
    assert.is(labels(others), 'JOINED');
  });
}

test.run();
