/*
 * Cases about flow control: nothing is read that nobody wants, a receiver that pauses stops its sender with bounded
 * memory in between, and a sender that was told to wait is always told to go on. That nothing comes is proved without
 * waiting for a time: meanwhile another connection of the same transport carries twice as much.
 */
import type { Connection } from '../../lib/transport.js';
import { type Arena, type Check, first, typed } from './arena.js';
import { expect } from './subject.js';
import { echo, inBackground, receivePattern, roundTrip, sendPattern, sendUntilFull } from './traffic.js';

/** Lets the transport do as much as it would have taken to deliver what must not be delivered. */
async function meanwhile(arena: Arena, bytes: number): Promise<void> {
  const { dialled, accepted } = await arena.pair();
  echo(accepted);
  await roundTrip(dialled, bytes);
}

/** Floods a receiver that does not read, sees the sender stop, then has it read, and sees everything arrive. */
async function flood(arena: Arena, sender: Connection, read: () => Promise<{ bytes: number }>): Promise<void> {
  const { floodBytes } = arena.settings;
  const sent = { bytes: 0 };
  const sending = sendPattern(sender, floodBytes, { sent });
  await meanwhile(arena, 2 * floodBytes);
  expect(sent.bytes < floodBytes, `The sender got rid of all ${floodBytes} bytes although its peer did not read.`);
  expect(sender.bufferedBytes > 0, 'The sender waits for drained$, but bufferedBytes says that nothing is unsent.');
  expect(
    sender.bufferedBytes <= floodBytes && sender.bufferedBytes <= sent.bytes,
    `bufferedBytes says ${sender.bufferedBytes}, but only ${sent.bytes} bytes were given to send().`,
  );
  const [{ bytes }] = await Promise.all([read(), sending]);
  expect(bytes === floodBytes, `${bytes} of ${floodBytes} bytes came once the receiver read again.`);
}

/** The cases about flow control. */
export const pressureChecks: readonly Check[] = [
  {
    name: 'the one who was dialled reads nothing before received$ has a subscriber',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      await flood(arena, dialled, () => receivePattern(accepted, arena.settings.floodBytes));
    },
  },
  {
    name: 'the dialler reads nothing before received$ has a subscriber',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      await flood(arena, accepted, () => receivePattern(dialled, arena.settings.floodBytes));
    },
  },
  {
    name: 'pause() stops the sender with bounded memory, resume() lets it go on',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      const received = receivePattern(accepted, arena.settings.floodBytes);
      accepted.pause();
      await flood(arena, dialled, () => {
        accepted.resume();
        return received;
      });
    },
  },
  {
    name: 'nothing comes between pause() and resume(), even when pause() is called while a chunk is handed over',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      let paused = false;
      let wrong = 0;
      let bytes = 0;
      const all = new Promise<void>((resolve, reject) => {
        accepted.received$.subscribe({
          next: (chunk) => {
            if (paused) wrong += 1;
            bytes += chunk.length;
            accepted.pause();
            paused = true;
            void meanwhile(arena, 1).then(() => {
              paused = false;
              accepted.resume();
              if (bytes === 100_000) resolve();
            }, reject);
          },
          error: reject,
        });
      });
      await Promise.all([sendPattern(dialled, 100_000, { chunkBytes: () => 2000 }), inBackground(all)]);
      expect(wrong === 0, `${wrong} chunks came while the receiver was paused.`);
    },
  },
  {
    name: 'the end, too, waits for resume()',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      let completed = false;
      const received = inBackground(receivePattern(accepted).finally(() => (completed = true)));
      accepted.pause();
      await dialled.end();
      await meanwhile(arena, 100_000);
      expect(!completed, 'received$ completed while the receiver was paused.');
      accepted.resume();
      await received;
    },
  },
  {
    name: 'drained$ comes after each false of send()',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      const received = receivePattern(accepted);
      let sent = 0;
      for (let round = 0; round < 50; round += 1) {
        sent += sendUntilFull(dialled, sent, arena.settings.floodBytes);
        await first(dialled.drained$, 'drained$');
        expect(dialled.bufferedBytes === 0, `drained$ came with ${dialled.bufferedBytes} bytes still unsent.`);
      }
      await dialled.end();
      expect((await received).bytes === sent, 'Not all bytes came.');
    },
  },
  {
    name: 'received$ turns a second subscriber away and serves the first',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      const received = receivePattern(accepted, 1000);
      const { error } = await receivePattern(accepted);
      typed(error, 'unsupported', 'The second subscriber of received$');
      await Promise.all([sendPattern(dialled, 1000), received]);
    },
  },
];
