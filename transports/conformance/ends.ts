/*
 * Cases about the orderly end: each direction ends by itself, what was queued goes first, and `closed` comes when
 * both are done and says who began.
 */
import type { Connection } from '../../lib/transport.js';
import { type Arena, type Check, closedBy, type Pair, typed } from './arena.js';
import { expect } from './subject.js';
import { chunkAt, receivePattern, sendPattern } from './traffic.js';

const BYTES = 1024 * 1024;

/** One end stops sending; the other must learn of it and still be able to send. */
function halfClose(by: 'dialler' | 'listener'): Check {
  return {
    name: `half-close by the ${by} leaves the other direction open`,
    async play(arena) {
      const pair = await arena.pair();
      const [ender, other] = by === 'dialler' ? [pair.dialled, pair.accepted] : [pair.accepted, pair.dialled];
      const atOther = receivePattern(other);
      const atEnder = receivePattern(ender);
      let enderClosed = false;
      void ender.closed.then(() => {
        enderClosed = true;
      });
      ender.send(chunkAt(0, 100));
      await ender.end();
      const { bytes, error } = await atOther;
      expect(bytes === 100 && !error, `Before the half-close came ${bytes} of 100 bytes${error ? ` and an error: ${error.message}` : ''}.`);
      expect(!enderClosed, 'closed came while the other direction was still open.');
      await sendPattern(other, BYTES);
      await other.end();
      const back = await atEnder;
      expect(back.bytes === BYTES && !back.error, `After the half-close came ${back.bytes} of ${BYTES} bytes the other way.`);
      closedBy(await ender.closed, 'local', undefined, 'the one who ended first');
      closedBy(await other.closed, 'remote', undefined, 'the one who ended second');
    },
  };
}

/** Ends both directions, the dialler's first. */
async function closeInOrder({ dialled, accepted }: Pair): Promise<void> {
  const ends = [receivePattern(dialled), receivePattern(accepted)];
  await dialled.end();
  await ends[1];
  await accepted.end();
  await Promise.all([...ends, dialled.closed, accepted.closed]);
}

function throwsClosed(connection: Connection, when: string): void {
  let thrown: unknown;
  try {
    connection.send(chunkAt(0, 1));
  } catch (error) {
    thrown = error;
  }
  expect(thrown !== undefined, `send() ${when} throws nothing, but should throw closed.`);
  typed(thrown, 'closed', `send() ${when}`);
}

/** The cases about orderly ends. */
export const endChecks: readonly Check[] = [
  halfClose('dialler'),
  halfClose('listener'),
  {
    name: 'end() sends first what is queued',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      for (let sent = 0; sent < 4 * BYTES; sent += 50_000) dialled.send(chunkAt(sent, 50_000));
      const ended = dialled.end();
      const { bytes, error } = await receivePattern(accepted);
      expect(bytes === 4_200_000 && !error, `${bytes} of 4200000 bytes came before the end${error ? `, then: ${error.message}` : '.'}`);
      await ended;
    },
  },
  {
    name: 'end() may be called again, before and after the close',
    async play(arena) {
      const pair = await arena.pair();
      void pair.dialled.end();
      await pair.dialled.end();
      await closeInOrder(pair);
      await Promise.all([pair.dialled.end(), pair.accepted.end()]);
      closedBy(await pair.dialled.closed, 'local', undefined, 'the one who ended first');
    },
  },
  {
    name: 'send() after end(), abort() or the close throws closed',
    async play(arena: Arena) {
      const pair = await arena.pair();
      void pair.dialled.end();
      throwsClosed(pair.dialled, 'after end()');
      await closeInOrder(pair);
      throwsClosed(pair.dialled, 'after the close');
      throwsClosed(pair.accepted, 'after the close');
      const other = await arena.pair();
      other.dialled.abort();
      throwsClosed(other.dialled, 'after abort()');
    },
  },
  {
    name: 'both streams complete at the close, also for those who come later',
    async play(arena) {
      const pair = await arena.pair();
      let drainedCompleted = false;
      pair.dialled.drained$.subscribe({ complete: () => (drainedCompleted = true) });
      await closeInOrder(pair);
      expect(drainedCompleted, 'drained$ did not complete at the close.');
      let late = 0;
      pair.dialled.drained$.subscribe({ complete: () => (late += 1) });
      pair.dialled.received$.subscribe({ complete: () => (late += 1) });
      expect(late === 2, 'drained$ or received$ does not complete for a subscriber that comes after the close.');
    },
  },
];
