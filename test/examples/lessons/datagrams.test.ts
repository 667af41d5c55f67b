/*
 * The lessons over UDP in virtual time: their answers against the datagrams of the same run, read from their bytes.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ArqName } from '../../../transports/udp/wire/packets.js';
import { acknowledged, arrows, ask, labels, ms, packet } from './asked.js';

const test = suite('lessons over UDP');

test('handshake', async () => {
  const { answers } = await ask('handshake', { transport: 'udp' });
  const [made, accepted, carried] = answers;
  assert.is(labels(made), 'dialling SYN COOKIE CONNECT DATA open');
  assert.match(made.says, /it takes 40 ms\./); // four ways of 10 ms
  assert.is(labels(accepted), 'CONNECT accepted');
  assert.match(accepted.says, /after 3 of 4 segments/);
  const [data, accept, ack] = arrows(carried);
  assert.is(labels(carried), 'DATA ACCEPTED DATA');
  assert.match(data?.words ?? '', /\(SAY\)/);
  assert.match(accept?.words ?? '', /message 1 /);
  assert.is(acknowledged(ack as { bytes: Uint8Array }), 3, 'the next after segment 2, in which it was');
});

/** What an ARQ does about the loss: how often the lost segment and those behind it go, and what brings it again. */
const REPAIRS: readonly (readonly [arq: ArqName, cause: string, second: string, says: RegExp])[] = [
  ['stop-and-wait', 'timeout', 'SAY SAY SAY SAY DATA DATA', /nothing else twice.*one segment under way/],
  ['go-back-n', 'timeout', 'DATA DATA DATA DATA DATA DATA DATA', /sent what had left behind the lost one again.*had dropped/],
  ['selective-repeat', 'timeout', 'DATA DATA DATA DATA', /nothing else twice.*had kept/],
  ['sack', 'bundled', 'DATA DATA DATA DATA', /Datagrams took along what nobody had acknowledged/],
];

for (const [arq, cause, second, says] of REPAIRS) {
  test(`loss with ${arq}`, async () => {
    const { trace, story, answers } = await ask('loss', { arq });
    const [which, others, where] = answers;
    const [lost, repeat] = arrows(which);
    const sent = trace.events.flatMap((event) => (event.kind === 'datagram' && event.direction === 'sent' ? [event] : []));
    const losses = sent.filter(({ fate }) => fate === 'lost');
    assert.is(losses.length, 1);
    assert.equal([lost?.outcome, lost?.at], ['lost', losses[0]?.at]);
    const segment = segmentsIn(losses[0] as { bytes: Uint8Array })[0] as number;
    const repeats = sent.filter(
      (event) => event.by === losses[0]?.by && event.at > (losses[0]?.at ?? 0) && segmentsIn(event).includes(segment),
    );
    assert.equal([repeat?.at, repeat?.repeats?.cause], [repeats[0]?.at, cause]);
    assert.equal(repeats[0]?.again?.find((one) => one.segment === segment)?.cause, cause);
    assert.ok(which.says.includes(`, ${ms((repeat?.at ?? 0) - (lost?.at ?? 0))} later`), which.says);

    assert.is(labels(others), second);
    assert.match(others.says, says);
    const again = new Map<number, number[]>();
    const before = new Set<number>();
    for (const step of story.steps) {
      if (step.kind !== 'arrow' || step.lane !== 'segments' || step.from !== lost?.from) continue;
      for (const one of segmentsIn(step)) {
        if (before.has(one) && (one !== segment || step.number !== repeat?.number))
          again.set(one, [...(again.get(one) ?? []), step.number]);
        before.add(one);
      }
    }
    const told = [...others.says.matchAll(/segment (\d+) in rows? ([\d, and]+)/g)];
    assert.equal(
      told.map(([, one, rows = '']) => [Number(one), rows.match(/\d+/g)?.map(Number)]),
      [...again].sort(([one], [other]) => one - other),
      'every segment that goes again, wherever it does',
    );

    const acks = trace.events.flatMap((event) =>
      event.kind === 'datagram' && event.direction === 'received' && event.by === losses[0]?.by && (acknowledged(event) ?? 0) > segment
        ? [event]
        : [],
    );
    const ack = arrows(where).find((row) => row.lane === 'segments');
    assert.is(ack?.receivedAt, acks[0]?.at, 'the first that covers it');
    assert.match(arrows(where, 'ACCEPTED')[0]?.words ?? '', /^message 2 /);
    assert.match(arrows(where, 'SAY')[0]?.words ?? '', /^message 2: two/);
  });
}

test('head-of-line blocking', async () => {
  const { trace, story, answers } = await ask('blocking');
  const [waited, ended, foo] = answers;
  const said = trace.events.flatMap((event) =>
    event.kind === 'frame' && event.type === 'SAY' && event.direction === 'received' ? [event] : [],
  );
  const gap = said.find(({ fields }) => fields.text === 'two')?.at ?? 0;
  const read = said.filter(({ at }) => at === gap).map(({ fields }) => fields.text);
  assert.equal(read, ['two', 'three', 'four'], 'all are read when the gap is closed');
  assert.equal(
    arrows(waited, 'SAY').map(({ words }) => words),
    ['message 3: three', 'message 4: four'],
  );
  const carriers = arrows(waited, 'DATA');
  assert.ok(carriers.every(({ receivedAt }) => (receivedAt ?? gap) < gap));
  for (const { receivedAt } of carriers) assert.ok(waited.says.includes(`waited ${ms(gap - (receivedAt ?? 0))}`), waited.says);
  const [lost, again] = arrows(ended);
  assert.equal([lost?.outcome, again?.receivedAt, again?.repeats?.step], ['lost', gap, lost?.number]);
  const [hers, carrier] = arrows(foo);
  const name = (id = '') => story.actors.find((actor) => actor.id === id)?.name;
  assert.equal([name(hers?.from), hers?.receivedAt], ['Foo', carrier?.receivedAt]);
  assert.match(foo.says, /^No: /);
});

test('slow reader', async () => {
  const { trace, answers } = await ask('slow-reader');
  const [pause, stalled, freed] = answers;
  const at = (state: string) =>
    trace.events.filter((event) => event.kind === 'state' && event.state === state && event.by.startsWith('client')).at(-1)?.at ??
    Number.NaN;
  assert.ok(pause.says.includes(ms(at('resumed') - at('paused'))), pause.says);
  assert.is(labels(pause).replaceAll('ACK ', ''), 'paused MESSAGE MESSAGE MESSAGE MESSAGE resumed');
  assert.is(arrows(pause, 'ACK').length, 4);
  assert.ok(arrows(pause).every(({ label, receivedAt }) => label === 'ACK' || (receivedAt ?? 0) >= at('resumed')));

  const [ack, message] = arrows(stalled);
  const credit = creditOf(ack as { bytes: Uint8Array });
  assert.match(message?.words ?? '', /five/);
  assert.ok(stalled.says.includes(`segment ${credit}, and`), `${credit}: ${stalled.says}`); // the first that is not allowed
  const [more, sent] = arrows(freed);
  assert.ok((creditOf(more as { bytes: Uint8Array }) ?? 0) > (credit ?? 0));
  assert.ok(segmentsIn(sent as { bytes: Uint8Array }).includes(credit ?? -1));
  assert.ok(freed.says.includes(ms((sent?.at ?? 0) - (message?.at ?? 0))), freed.says);
});

test('forged SYN and cookie', async () => {
  const { trace, story, answers } = await ask('cookie');
  const [forged, kept, made] = answers;
  const victim = 'udp://203.0.113.9:666';
  const [syn, answer] = arrows(forged);
  assert.equal(
    [syn, answer].map((row) => packet(row as { bytes: Uint8Array }).type),
    ['SYN', 'COOKIE'],
  );
  const there = story.connections.find(({ clientAddress }) => clientAddress === victim)?.id;
  assert.equal([syn?.connection, answer?.connection], [there, there]);
  assert.ok(forged.says.includes(`${syn?.bytes.length} bytes and the COOKIE ${answer?.bytes.length}`), forged.says);
  assert.ok((answer?.bytes.length ?? 0) < (syn?.bytes.length ?? 0));

  assert.is(labels(kept), 'SYN COOKIE CONNECT accepted');
  assert.ok(arrows(kept).every(({ connection }) => connection !== there));
  assert.is(trace.events.filter((event) => event.kind === 'state' && event.state === 'accepted').length, 1);
  assert.match(kept.says, /^One, /);

  const [connect, rst, goesOn] = arrows(made);
  assert.equal(
    [connect, rst].map((row) => packet(row as { bytes: Uint8Array }).type),
    ['CONNECT', 'RST'],
  );
  assert.is(connect?.connection, there);
  assert.is.not(goesOn?.connection, there);
  assert.ok((goesOn?.at ?? 0) >= (rst?.at ?? 0));
  assert.match(connect?.words ?? '', /^a made-up cookie, /);
  const offered = story.steps.flatMap((step) => (step.kind === 'arrow' ? (/you will be (\w+)/.exec(step.words)?.[1] ?? []) : []));
  const unknown = /there is no connection (\w+)/.exec(rst?.words ?? '')?.[1];
  assert.ok(unknown && !offered.includes(unknown), `${unknown}: a ladder must not show it as one that the server has given`);
});

test('NAT rebinding', async () => {
  const { trace, answers } = await ask('rebinding');
  const [moved, proven, cost] = answers;
  const atServer = trace.events.flatMap((event) => (event.kind === 'datagram' && event.by.startsWith('server') ? [event] : []));
  const [old, now] = [...new Set(atServer.map(({ remote }) => remote))];
  assert.ok(old && now && moved.says.includes(`from ${now}, and`) && moved.says.includes(`from ${old}.`), moved.says);
  const first = atServer.find(({ remote, direction }) => remote === now && direction === 'received');
  const [before, fromThere] = arrows(moved);
  assert.is(fromThere?.receivedAt, first?.at);
  assert.is(packet(before as { bytes: Uint8Array }).destination, packet(fromThere as { bytes: Uint8Array }).destination);

  assert.equal(
    arrows(proven).map((row) =>
      framesIn(row)
        .filter((type) => /PATH|DATA/.test(type))
        .join(),
    ),
    ['PATH_CHALLENGE', 'PATH_RESPONSE', 'DATA'],
  );
  const data = atServer.find(
    ({ remote, direction, bytes }) => remote === now && direction === 'sent' && framesIn({ bytes }).includes('DATA'),
  );
  assert.is(arrows(proven)[2]?.at, data?.at, 'the first with data to the new address');
  assert.ok(proven.says.includes(`20 ms after the question`), proven.says);

  const said = trace.events.filter((event) => event.kind === 'frame' && event.type === 'SAY' && event.fields.text === 'And after.');
  assert.ok(cost.says.includes(`took ${ms((said[1]?.at ?? 0) - (said[0]?.at ?? 0))} to the server`), cost.says);
  assert.ok(arrows(cost).some(({ repeats, receivedAt }) => repeats !== undefined && receivedAt === said[1]?.at));
});

test('passwords: the cookie is masked, too', async () => {
  const { answers } = await ask('passwords', { transport: 'udp' });
  assert.is(labels(answers[2]), 'COOKIE CONNECT JOINED');
  for (const { masks } of arrows(answers[2])) assert.ok(masks.length > 0);
});

test('half-close', async () => {
  const { answers } = await ask('half-close', { transport: 'udp' });
  const [ends, still] = answers;
  assert.ok(arrows(ends).every((row) => framesIn(row).includes('FIN')));
  assert.is(arrows(still, 'ACCEPTED').length, 1);
});

function framesIn(datagram: { readonly bytes: Uint8Array }): readonly string[] {
  try {
    const read = packet(datagram);
    return 'frames' in read ? read.frames.map(({ type }) => type) : [];
  } catch {
    return []; // of one that is withheld there is nothing to read
  }
}

function segmentsIn(datagram: { readonly bytes: Uint8Array }): readonly number[] {
  const read = packet(datagram);
  return 'frames' in read ? read.frames.flatMap((frame) => (frame.type === 'DATA' ? [frame.segment] : [])) : [];
}

function creditOf(datagram: { readonly bytes: Uint8Array }): number | undefined {
  const read = packet(datagram);
  return 'frames' in read ? read.frames.flatMap((frame) => (frame.type === 'ACK' ? [frame.credit] : []))[0] : undefined;
}

test.run();
