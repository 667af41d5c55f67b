/*
 * Cases about the disorderly end: everything is dropped at once, this side is told its own reason and the peer is
 * shown what the transport can show.
 */
import { TransportError } from '../../lib/transport.js';
import { type Check, closedBy, typed } from './arena.js';
import { expect } from './subject.js';
import { chunkAt, inBackground, receivePattern } from './traffic.js';

/** How the peer of an abort learns of it. */
function abortSeen(by: 'dialler' | 'listener'): Check {
  return {
    name: `the peer sees an abort by the ${by} as the transport declares`,
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      const [aborter, peer] = by === 'dialler' ? [dialled, accepted] : [accepted, dialled];
      const seen = receivePattern(peer);
      peer.send(chunkAt(0, 1));
      await receivePattern(aborter, 1);
      aborter.abort();
      const { error } = await seen;
      if (arena.settings.transport.reset === 'signalled') {
        expect(error !== undefined, 'The peer saw an orderly end, but the transport declares that it signals a reset.');
        expect(typed(error, 'reset', 'received$ of the peer').by === 'remote', 'The peer is told that it caused the reset itself.');
        closedBy(await peer.closed, 'remote', 'reset', 'the peer');
        return;
      }
      expect(error === undefined, `The peer saw "${error?.message}", but the transport declares that an abort looks like an end.`);
      await peer.end();
      closedBy(await peer.closed, 'remote', undefined, 'the peer');
    },
  };
}

/** The cases about aborts. */
export const abortChecks: readonly Check[] = [
  abortSeen('dialler'),
  abortSeen('listener'),
  {
    name: 'abort() tells this side its reason, after it has returned',
    async play(arena) {
      const { dialled } = await arena.pair();
      let told: unknown;
      dialled.received$.subscribe({ error: (error: unknown) => (told = error) });
      const reason = new TransportError('overflow', 'This is the reason of the test.');
      dialled.abort(reason);
      expect(told === undefined, 'received$ told of the abort while abort() was still running.');
      const info = await dialled.closed;
      expect(told === reason, 'received$ did not fail with the error that abort() was given.');
      expect(info.error === reason && info.by === 'local', 'closed does not carry the error that abort() was given.');
      const other = await arena.pair();
      other.dialled.abort();
      closedBy(await other.dialled.closed, 'local', 'aborted', 'the one who aborted without a reason');
    },
  },
  {
    name: 'abort() drops what is queued to a peer that does not read, and settles end()',
    async play(arena) {
      const { dialled } = await arena.pair();
      for (let sent = 0; sent < arena.settings.floodBytes; sent += 50_000) dialled.send(chunkAt(sent, 50_000));
      const ended = inBackground(dialled.end());
      dialled.abort();
      await ended;
      closedBy(await dialled.closed, 'local', 'aborted', 'the one who aborted');
      expect(dialled.bufferedBytes === 0, `${dialled.bufferedBytes} bytes are still buffered after the abort.`);
    },
  },
  {
    name: 'nothing is received after abort()',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      let chunks = 0;
      accepted.received$.subscribe({
        next: () => {
          chunks += 1;
          accepted.abort();
        },
        error: () => undefined,
      });
      for (let sent = 0; sent < 10; sent += 1) dialled.send(chunkAt(0, 50_000));
      await accepted.closed;
      expect(chunks === 1, `${chunks - 1} more chunks came after abort().`);
    },
  },
  {
    name: 'abort() may be called again, after end() and after the close',
    async play(arena) {
      for (const turns of [0, 1, 2, 3]) {
        const { dialled } = await arena.pair();
        dialled.send(chunkAt(0, 1000));
        void dialled.end();
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        dialled.abort();
        dialled.abort(new TransportError('overflow', 'This came too late.'));
        await dialled.end();
        closedBy(await dialled.closed, 'local', 'aborted', 'the one who aborted');
        dialled.abort(new TransportError('overflow', 'This came too late.'));
        closedBy(await dialled.closed, 'local', 'aborted', 'the one who aborted');
      }
    },
  },
];
