/*
 * What is asked of an ARQ: everything comes, once and in order, whatever is lost; the window is kept; and the line is used as
 * well as the formula for go-back-N says.
 */
import { utilisation } from '../../../lab/index.js';
import { type Case, type Exercise, expect, exported } from '../grading.js';
import type { Arq } from './contract.js';
import { play, type Run } from './link.js';

/** Of the formula's value, so much must be reached: a run of some thousand packets is not exact. */
const SHARE = 0.93;

const plain: Run = { messages: 50, window: 7, a: 2 };

/** Loss, one way in packet times, and window. */
const GRID: readonly (readonly [loss: number, a: number, window: number])[] = [
  [0, 1, 7],
  [0.05, 1, 7],
  [0.05, 5, 31],
  [0.05, 5, 7],
];

/** Plays 50 runs; the error of one names its seed. */
function forSeeds(run: (seed: number) => unknown): void {
  for (let seed = 1; seed <= 50; seed += 1) {
    try {
      run(seed);
    } catch (error) {
      throw new Error(`Seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** The exercise. */
export const exercise: Exercise = {
  cases(work) {
    const arq = (): Arq => exported<Arq>(work, 'arq');
    const comes = (name: string, run: Run): Case => ({ name, run: () => void play(arq(), run) });
    return [
      comes('a link that loses nothing: all come, once and in order', plain),
      comes('the window is kept', { ...plain, window: 1 }),
      {
        name: 'nothing is sent twice where nothing is lost',
        run() {
          const { transmissions } = play(arq(), plain);
          expect(transmissions === plain.messages, `For ${plain.messages} messages there were ${transmissions} transmissions.`);
        },
      },
      comes('a lost packet is sent again', { ...plain, lose: [5] }),
      comes('so is the first, and the last', { ...plain, lose: [1, plain.messages] }),
      comes('a packet that is lost three times', { ...plain, window: 1, lose: [3, 4, 5] }),
      comes('a lost acknowledgement makes nothing come twice', { ...plain, loseAcks: [2, plain.messages] }),
      {
        name: 'when the timer is over it goes back: all behind the lost one go again',
        run() {
          const { transmissions } = play(arq(), { messages: 5, window: 5, a: 5, lose: [2] });
          expect(
            transmissions === 9,
            `With the 2nd of 5 lost, 5 and then 4 transmissions were to be seen, but there were ${transmissions}.`,
          );
        },
      },
      {
        name: '50 seeds with 20 % of everything lost',
        run() {
          forSeeds((seed) => play(arq(), { messages: 100, window: 5, a: 2, loss: 0.2, ackLoss: 0.2, seed }));
        },
      },
      {
        name: '50 seeds with acknowledgements that come late and in another order',
        run() {
          forSeeds((seed) => play(arq(), { messages: 100, window: 5, a: 2, loss: 0.1, ackJitterMs: 10, seed }));
        },
      },
      ...GRID.map(([loss, a, window]): Case => {
        const theory = utilisation({ arq: 'go-back-n', loss, a, window });
        return {
          name: `P = ${loss}, a = ${a}, W = ${window}: the line is used for ${(100 * theory).toFixed(1)} % of the time, or nearly so`,
          run() {
            const { utilisation: measured } = play(arq(), { messages: 5000, window, a, loss, seed: 7 });
            expect(
              measured >= SHARE * theory,
              `It was used for ${(100 * measured).toFixed(1)} %; at least ${(100 * SHARE * theory).toFixed(1)} % were expected.`,
            );
          },
        };
      }),
    ];
  },
};
