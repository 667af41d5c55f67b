/*
 * The kept ladders are what the tool draws today, byte for byte; the UDP ones run again for it, in virtual time.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { drawLadder } from '../../../docs/ladders/draw.js';
import { drawOpening } from '../../../docs/ladders/opening.js';
import { inVirtualTime, keptOf, recordingOf, TAKES } from '../../../docs/ladders/takes.js';
import { eventLine, headerLine } from '../../../tracer/file/index.js';

const FIGURES = 'docs/figures/ladders';
const RECORDINGS = 'docs/recordings/traces';

test('every take has its figure and its recording, and they have no others', () => {
  const names = TAKES.map(({ name }) => name).sort();
  assert.equal(readdirSync(FIGURES).sort(), names.map((name) => `${name}.svg`).sort());
  assert.equal(readdirSync(RECORDINGS).sort(), names.map((name) => `${name}.jsonl`).sort());
});

for (const take of TAKES) {
  test(`${take.name} is drawn as it is kept (if not: npm run figures)`, async () => {
    assert.ok((await drawLadder(take)) === readFileSync(`${FIGURES}/${take.name}.svg`, 'utf8'), 'the figure is another one');
  });
}

test('the ladder of README.md is drawn as it is kept (if not: npm run figures -- opening)', async () => {
  assert.ok((await drawOpening()) === readFileSync('docs/figures/opening.svg', 'utf8'), 'the figure is another one');
});

test('the handshake from below has the kernels’ packets and the system calls, the loop’s sleep, and no password (if not: npm run figures:record -- below)', () => {
  const { events } = keptOf('tcp-below');
  const flags = events.flatMap((event) => (event.kind === 'kernel' && event.flags ? event.flags.join('-') : []));
  for (const one of ['SYN', 'SYN-ACK', 'ACK', 'FIN-ACK']) assert.ok(flags.includes(one), one);
  const calls = events.flatMap((event) => (event.kind === 'call' ? [event] : []));
  for (const name of ['socket', 'bind', 'listen', 'connect', 'accept4', 'epoll_pwait', 'read', 'write', 'shutdown', 'close'])
    assert.ok(
      calls.some((call) => call.name === name),
      name,
    );
  assert.equal([...new Set(calls.filter(({ verdict }) => verdict === 'blocking').map(({ name }) => name))], ['epoll_pwait']);
  const text = readFileSync(recordingOf('tcp-below'), 'utf8');
  assert.not.match(text, new RegExp(`"1234|${Buffer.from('1234').toString('hex')}`));
  const figure = readFileSync(`${FIGURES}/tcp-below.svg`, 'utf8');
  for (const name of ['SYN-ACK', 'accept4', 'SAY', 'ACCEPTED', 'blocking']) assert.ok(figure.includes(name), name);
});

for (const take of TAKES.filter(({ transport }) => transport === 'udp')) {
  test(`${take.name} runs as it is recorded (if not: npm run figures:record -- ${take.name})`, async () => {
    const { header, events } = await inVirtualTime(take);
    assert.ok(headerLine(header) + events.map(eventLine).join('') === readFileSync(recordingOf(take.name), 'utf8'), 'it is another run');
  });
}

test.run();
