/*
 * join(), create() and leave() from whatever is asked at the moment, and while it is not known yet what came of an answer:
 * they go by way of the menu. What was answered is not asked any more.
 */
import { filter, firstValueFrom, Observable } from 'rxjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient, ChatError, ChatServer, type Connection, type Transport } from '../../../lib/index.js';
import type { Question } from '../../../lib/wire/frames.js';
import { chatHost } from './chat-host.js';

const PASSWORD = '1234';
const test = suite('ChatClient: whatever is asked');

/** A server with a group, and a client that was asked for something. */
async function askedFor(question: Question, ...answers: readonly string[]) {
  const host = chatHost();
  const server = new ChatServer(host);
  const address = await server.listen('memory:lobby');
  const owner = new ChatClient(host, address);
  const { group } = await owner.create({ name: 'Owner', password: PASSWORD });
  const bar = new ChatClient({ ...host, transports: [inPieces(host.transports[0] as Transport, 16)] }, address);
  const prompted = (what: Question) => firstValueFrom(bar.prompts$.pipe(filter((prompt) => prompt.question === what)));
  const rest = [...answers];
  bar.prompts$.subscribe(() => {
    const next = rest.shift();
    if (next !== undefined) bar.answer(next);
  });
  await prompted(question);
  const end = async () => {
    await Promise.all([bar.exit(), owner.exit()]);
    await server.close();
  };
  return { host, address, bar, prompted, seat: { name: 'Bar', group, password: PASSWORD }, end };
}

/** What comes of a call, or a sentence if nothing did in a time in which everything that is on its way arrives. */
function outcome(call: Promise<unknown>): Promise<unknown> {
  const told = call.catch((error: unknown) => (error instanceof ChatError ? error.code : error));
  return Promise.race([told, turns(2_000).then(() => 'nothing came of it')]);
}

/** So many turns of the event loop: whatever memory carries has long arrived. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

for (const [at, answers, last] of [
  ['menu', [], '1'],
  ['menu', [], '2'],
  ['menu', [], '7'],
  ['name', ['1'], 'Foo'],
  ['name', ['1'], ' '],
  ['group', ['1', 'Foo'], '1'],
  ['password', ['1', 'Foo', '1'], 'wrong'],
  ['password', ['2', 'Foo'], ''],
] as const) {
  test(`join() and create() right behind the answer "${last}" at the ${at}`, async () => {
    for (const how of ['join', 'create'] as const) {
      const { bar, seat, end } = await askedFor(at, ...answers);
      bar.answer(last);
      const membership = await outcome(bar[how](seat));
      assert.is((membership as { name?: string }).name, 'Bar', `${how}: ${JSON.stringify(membership)}`);
      await end();
    }
  });

  test(`leave() right behind the answer "${last}" at the ${at} resolves at the menu`, async () => {
    const { bar, end, seat } = await askedFor(at, ...answers);
    bar.answer(last);
    assert.is(await outcome(bar.leave()), undefined);
    const { state } = bar;
    assert.is(state.name === 'asked' && state.prompt.question, 'menu');
    assert.is(((await outcome(bar.join(seat))) as { name?: string }).name, 'Bar');
    await end();
  });
}

test('join() behind an answer that leads into a group is told so', async () => {
  const { bar, seat, prompted, end } = await askedFor('password', '2', 'Foo');
  assert.ok(await prompted('password'));
  bar.answer('secret');
  assert.is(await outcome(bar.join(seat)), 'in-a-group');
  assert.is(bar.state.name, 'chatting');
  await end();
});

test('leave() while a join is under way waits for what comes of it', async () => {
  const { bar, seat, end } = await askedFor('menu');
  const joined = bar.join(seat);
  const left = bar.leave();
  assert.is(((await outcome(joined)) as { name?: string }).name, 'Bar');
  assert.is(await outcome(left), undefined);
  assert.is(bar.state.name, 'asked');
  await end();
});

test('a question is answered once', async () => {
  const { bar, prompted, end } = await askedFor('menu');
  bar.answer('1');
  assert.throws(
    () => bar.answer('2'),
    (error: unknown) => error instanceof ChatError && error.code === 'busy',
  );
  await prompted('name');
  await end();
});

for (const size of [1, 7, 40]) {
  test(`a refused join is tried again at once, the stream in pieces of ${size} bytes`, async () => {
    const { host, address, seat, end } = await askedFor('menu');
    const bob = new ChatClient({ ...host, transports: [inPieces(host.transports[0] as Transport, size)] }, address);
    const joined = bob.join({ ...seat, name: 'Bob', password: 'wrong' }).catch(() => bob.join({ ...seat, name: 'Bob' }));
    const { name } = (await Promise.race([joined, turns(5_000)])) as { name: string };
    assert.is(name, 'Bob');
    await bob.exit();
    await end();
  });
}

/** Hands on what comes in by so many bytes, a turn each. */
function inPieces(inner: Transport, size: number): Transport {
  return {
    scheme: inner.scheme,
    reset: inner.reset,
    async dial(address, options) {
      const connection = await inner.dial(address, options);
      const received$ = new Observable<Uint8Array>((subscriber) => {
        let last = Promise.resolve();
        const behind = (act: () => void) => {
          last = last.then(() => turns(1)).then(act);
        };
        return connection.received$.subscribe({
          next: (chunk) => {
            for (let at = 0; at < chunk.length; at += size) behind(() => subscriber.next(chunk.subarray(at, at + size)));
          },
          complete: () => behind(() => subscriber.complete()),
          error: (error) => behind(() => subscriber.error(error)),
        });
      });
      return new Proxy(connection, {
        get(target: Connection, property) {
          if (property === 'received$') return received$;
          const value: unknown = Reflect.get(target, property, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    },
  };
}

test.run();
