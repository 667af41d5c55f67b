/*
 * Cases about many connections, and about what is left when all of them are gone.
 */
import type { Connection } from '../../lib/transport.js';
import type { Check } from './arena.js';
import { ConformanceError, expect } from './subject.js';
import { echo, inBackground, receivePattern, roundTrip } from './traffic.js';

const MANY = 200;

/** The cases about many connections. */
export const crowdChecks: readonly Check[] = [
  {
    name: `carries ${MANY} connections at once`,
    async play(arena) {
      const listener = await arena.listen();
      const ids = new Set<string>();
      listener.connections$.subscribe((connection) => {
        ids.add(arena.keep(connection).id);
        echo(connection);
      });
      const all = await Promise.all(Array.from({ length: MANY }, () => arena.dial(listener.address)));
      await Promise.all(all.map((connection) => roundTrip(connection, 1000)));
      for (const { id } of all) ids.add(id);
      expect(ids.size === 2 * MANY, `${2 * MANY} ends have only ${ids.size} different ids.`);
    },
  },
  {
    name: 'leaves nothing behind: no handle, no timer, after every kind of end',
    async play(arena) {
      const { resources } = arena.settings;
      const before = resources();
      await liveAndDie();
      let left = leftovers(before, resources());
      for (let turn = 0; left && turn < 500; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        left = leftovers(before, resources());
      }
      if (left) throw new ConformanceError(`Left behind after everything was closed: ${left}.`);

      async function liveAndDie(): Promise<void> {
        const pairs = await Promise.all(Array.from({ length: 8 }, () => arena.pair()));
        const gone: Promise<unknown>[] = [];
        for (const [index, { dialled, accepted }] of pairs.entries()) {
          gone.push(dialled.closed, accepted.closed);
          follow(dialled);
          follow(accepted);
          if (index % 2 === 0) void dialled.end();
          else accepted.abort();
        }
        await Promise.all(gone);
        await arena.dial(pairs[0]!.listener.address, { signal: AbortSignal.abort() }).catch(() => undefined);
        const givenUp = new AbortController();
        const dialling = arena.dial(pairs[0]!.listener.address, { signal: givenUp.signal });
        givenUp.abort();
        await dialling.catch(() => undefined);
        await arena.dial(pairs[0]!.listener.address); // arrives, and nobody ever takes it
        await arena.dial(await arena.deserted()).catch(() => undefined);
        await arena.clear();
      }
    },
  },
];

/** Ends when the peer does. */
function follow(connection: Connection): void {
  void inBackground(receivePattern(connection).then(() => connection.end()));
}

/** What there is more of than before. */
function leftovers(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string {
  const more = [...after].filter(([kind, count]) => count > (before.get(kind) ?? 0));
  return more.map(([kind, count]) => `${count - (before.get(kind) ?? 0)} x ${kind}`).join(', ');
}
