/*
 * Cases about listening: one listener an address, nobody who arrives is lost, and closing it ends nothing else.
 */
import type { Connection } from '../../lib/transport.js';
import { type Check, failure, typed } from './arena.js';
import { expect } from './subject.js';
import { echo, roundTrip } from './traffic.js';

/** The cases about listening. */
export const listenChecks: readonly Check[] = [
  {
    name: 'listening twice at one address is refused as in use, and the first goes on',
    async play(arena) {
      const { listener, dialled, accepted } = await arena.pair();
      await failure(arena.listen(listener.address), 'address-in-use', 'Listening where somebody listens');
      echo(accepted);
      await roundTrip(dialled, 1000);
      listener.connections$.subscribe((connection) => echo(arena.keep(connection)));
      await roundTrip(await arena.dial(listener.address), 1000);
    },
  },
  {
    name: 'an address is free again once its listener has closed',
    async play(arena) {
      const listener = await arena.listen();
      await listener.close();
      const again = await arena.listen(listener.address);
      expect(again.address === listener.address, `Listening at ${listener.address} again gave ${again.address}.`);
      again.connections$.subscribe((connection) => echo(arena.keep(connection)));
      await roundTrip(await arena.dial(again.address), 1000);
    },
  },
  {
    name: 'connections$ keeps those who arrive for its one subscriber, in order, with what they sent',
    async play(arena) {
      const listener = await arena.listen();
      const early: Connection[] = [];
      for (let dialled = 0; dialled < 3; dialled += 1) early.push(await arena.dial(listener.address));
      const trips = early.map((connection) => roundTrip(connection, 1000));
      const accepted: Connection[] = [];
      const all = new Promise<void>((resolve) => {
        listener.connections$.subscribe((connection) => {
          accepted.push(arena.keep(connection));
          echo(connection);
          if (accepted.length === early.length) resolve();
        });
      });
      let second: unknown;
      listener.connections$.subscribe({ error: (error: unknown) => (second = error) });
      typed(second, 'unsupported', 'The second subscriber of connections$');
      await Promise.all([all, ...trips]);
      expect(new Set(accepted).size === early.length, 'A connection was handed out twice.');
    },
  },
  {
    name: 'close() completes connections$, refuses who comes then, may be called again, and leaves open connections open',
    async play(arena) {
      const { listener, dialled, accepted } = await arena.pair();
      let completed = 0;
      listener.connections$.subscribe({ complete: () => (completed += 1) });
      await Promise.all([listener.close(), listener.close()]);
      await listener.close();
      expect(completed === 1, 'connections$ did not complete when its listener was closed.');
      await failure(arena.dial(listener.address), 'refused', 'Dialling a listener that has closed');
      echo(accepted);
      await roundTrip(dialled, 1000);
    },
  },
  {
    name: 'both ends name themselves: ids are unique, the addresses are those of the transport',
    async play(arena) {
      const { listener, dialled, accepted } = await arena.pair();
      const other = await arena.pair();
      const ids = [dialled, accepted, other.dialled, other.accepted].map(({ id }) => id);
      expect(new Set(ids).size === 4, `Connections share an id: ${ids.join(', ')}.`);
      expect(
        dialled.remote === listener.address,
        `The dialler says that its peer is ${dialled.remote}, but it dialled ${listener.address}.`,
      );
      const { scheme } = arena.settings.transport;
      for (const address of [listener.address, dialled.local, accepted.local, accepted.remote]) {
        expect(address.startsWith(`${scheme}:`), `"${address}" is no address of the scheme ${scheme}.`);
      }
    },
  },
];
