/*
 * Cases about observation: a tap at either end sees everything that its connection does, in order, and once.
 */
import type { TapEvent, TransportTapEvent } from '../../lib/trace.js';
import type { Connection } from '../../lib/transport.js';
import { type Check, first } from './arena.js';
import { expect } from './subject.js';
import { chunkAt, echo, receivePattern, sendUntilFull } from './traffic.js';

/** A tap that keeps what it sees. */
class Recorder {
  readonly events: TransportTapEvent[] = [];

  event(event: TapEvent): void {
    if (event.layer === 'transport') this.events.push(event);
  }

  /** What was seen, in short; bytes of one direction in a row count once. */
  get story(): string {
    const steps = this.events.map(({ what }) => ('direction' in what ? `${what.name} ${what.direction}` : what.name));
    return steps.filter((step, index) => step !== steps[index - 1]).join(', ');
  }

  /** How many bytes went one way. */
  bytes(direction: 'sent' | 'received'): number {
    const counts = this.events.map(({ what }) => (what.name === 'bytes' && what.direction === direction ? what.bytes.length : 0));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Expects one connection's events in the order of time. */
  sane({ id }: Connection, whose: string): void {
    let last = Number.NEGATIVE_INFINITY;
    for (const { at, connection } of this.events) {
      expect(connection === id, `The tap of ${whose} saw an event of "${connection}", but the connection is "${id}".`);
      expect(at >= last, `The times that the tap of ${whose} saw go back.`);
      last = at;
    }
  }
}

function sees(story: string, expected: string, whose: string): void {
  expect(story === expected, `The tap of ${whose} saw "${story}", but what happened is "${expected}".`);
}

/** The cases about taps. */
export const tapChecks: readonly Check[] = [
  {
    name: 'taps see every event of an orderly connection',
    async play(arena) {
      const [atDialler, atListener] = [new Recorder(), new Recorder()];
      const { dialled, accepted } = await arena.pair({ dialTap: atDialler, listenTap: atListener });
      echo(accepted);
      const back = receivePattern(dialled);
      dialled.send(chunkAt(0, 500));
      dialled.send(chunkAt(500, 500));
      dialled.pause();
      dialled.pause();
      dialled.resume();
      await dialled.end();
      await back;
      await Promise.all([dialled.closed, accepted.closed]);
      sees(atDialler.story, 'dialling, open, bytes sent, paused, resumed, end sent, bytes received, end received, closed', 'the dialler');
      sees(
        atListener.story.replace(/(bytes received, bytes sent(, )?)+/, '$1'),
        'accepted, bytes received, bytes sent, end received, end sent, closed',
        'the listener',
      );
      for (const tap of [atDialler, atListener]) {
        expect(tap.bytes('sent') === 1000, `A tap saw ${tap.bytes('sent')} bytes sent of 1000.`);
        expect(tap.bytes('received') === 1000, `A tap saw ${tap.bytes('received')} bytes received of 1000.`);
      }
      atDialler.sane(dialled, 'the dialler');
      atListener.sane(accepted, 'the listener');
    },
  },
  {
    name: 'taps see an abort, with its error, at both ends',
    async play(arena) {
      const [atDialler, atListener] = [new Recorder(), new Recorder()];
      const { dialled, accepted } = await arena.pair({ dialTap: atDialler, listenTap: atListener });
      const seen = receivePattern(accepted);
      dialled.abort();
      await Promise.all([seen, dialled.closed]);
      if (arena.settings.transport.reset === 'looks-like-end') await accepted.end();
      await accepted.closed;
      const [mine, theirs] = [atDialler.events.at(-1)?.what, atListener.events.at(-1)?.what];
      expect(
        mine?.name === 'closed' && mine.by === 'local' && Boolean(mine.error),
        'The tap of the one who aborted saw no error in the end.',
      );
      const shown =
        theirs?.name === 'closed' && theirs.by === 'remote' && Boolean(theirs.error) === (arena.settings.transport.reset === 'signalled');
      expect(shown, 'The tap of the peer did not see the connection closed as the transport declares.');
    },
  },
  {
    name: 'taps see each drained, and a dial that fails',
    async play(arena) {
      const tap = new Recorder();
      const { dialled, accepted } = await arena.pair({ dialTap: tap });
      const received = receivePattern(accepted);
      let drained = 0;
      dialled.drained$.subscribe(() => (drained += 1));
      for (let round = 0; round < 3; round += 1) {
        sendUntilFull(dialled, tap.bytes('sent'), arena.settings.floodBytes);
        await first(dialled.drained$, 'drained$');
      }
      await dialled.end();
      await received;
      const seen = tap.events.filter(({ what }) => what.name === 'drained').length;
      expect(seen === drained && seen > 0, `The tap saw drained ${seen} times, but drained$ came ${drained} times.`);
      const failing = new Recorder();
      await arena.dial(await arena.deserted(), { tap: failing }).catch(() => undefined);
      sees(failing.story, 'dialling, closed', 'a dial that fails');
    },
  },
];
