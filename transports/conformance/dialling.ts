/*
 * Cases about opening a connection, or not.
 */
import { type Check, failure } from './arena.js';
import { expect } from './subject.js';
import { echo, inBackground, roundTrip } from './traffic.js';

/** The cases about dialling. */
export const dialChecks: readonly Check[] = [
  {
    name: 'dial is refused where nobody listens',
    async play(arena) {
      await failure(arena.dial(await arena.deserted()), 'refused', 'Dialling where nobody listens');
    },
  },
  {
    name: 'dial and listen say of an address that they cannot read it',
    async play(arena) {
      await failure(arena.dial(arena.settings.badAddress), 'unsupported', 'Dialling an address that cannot be read');
      await failure(arena.listen(arena.settings.badAddress), 'unsupported', 'Listening at an address that cannot be read');
    },
  },
  {
    name: 'a dial whose signal has fired before is not begun',
    async play(arena) {
      const listener = await arena.listen();
      let arrived = 0;
      listener.connections$.subscribe((connection) => {
        arena.keep(connection);
        arrived += 1;
      });
      await failure(arena.dial(listener.address, { signal: AbortSignal.abort() }), 'aborted', 'Dialling with a signal that has fired');
      const dialled = await arena.dial(listener.address);
      dialled.abort();
      expect(arrived <= 1, 'A connection arrived although the signal had fired before dial().');
    },
  },
  {
    name: 'a dial whose signal fires is given up, and leaves no open connection behind',
    async play(arena) {
      const listener = await arena.listen();
      const ends: Promise<unknown>[] = [];
      listener.connections$.subscribe((connection) => {
        connection.received$.subscribe({ error: () => undefined, complete: () => void connection.end() });
        ends.push(arena.keep(connection).closed);
      });
      const giveUp = new AbortController();
      const dialling = arena.dial(listener.address, { signal: giveUp.signal });
      giveUp.abort();
      await failure(dialling, 'aborted', 'A dial whose signal fires at once');
      for (let turns = 0; turns < 10; turns += 1) await givenUpAfter(turns);
      await Promise.all(ends);

      async function givenUpAfter(turns: number): Promise<void> {
        const later = new AbortController();
        const attempt = inBackground(arena.dial(listener.address, { signal: later.signal }));
        for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
        later.abort();
        const opened = await attempt.catch(() => undefined);
        if (!opened) await failure(attempt, 'aborted', 'A dial whose signal fires');
        opened?.abort();
      }
    },
  },
  {
    name: 'a signal that fires once the connection is open changes nothing',
    async play(arena) {
      const listener = await arena.listen();
      listener.connections$.subscribe((connection) => {
        echo(arena.keep(connection));
      });
      const tooLate = new AbortController();
      const dialled = await arena.dial(listener.address, { signal: tooLate.signal });
      tooLate.abort();
      await roundTrip(dialled, 100_000);
    },
  },
];
