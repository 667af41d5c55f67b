/*
 * The figures of docs/lab.md: sweeps of the lab, computed anew each time and the same to the byte.
 */
import { type Grid, plot, sweep } from '../../lab/index.js';

/** A figure. */
export interface LabFigure {
  readonly name: string;
  readonly title: string;
  readonly grid: Grid;
}

/** How many packets are counted for a mark. */
const PACKETS = 3000;

/** The figures. */
export const LAB_FIGURES: readonly LabFigure[] = [
  {
    name: 'lab',
    title: 'Utilisation of a line by stop-and-wait, go-back-N and selective repeat',
    grid: {
      arq: ['stop-and-wait', 'go-back-n', 'selective-repeat'],
      loss: [0.01, 0.1],
      a: [1, 10],
      window: [1, 3, 7, 21, 63],
      counts: ['outstanding'],
    },
  },
  {
    name: 'lab-span',
    title: 'Selective repeat: a window of outstanding packets, and one that spans',
    grid: { arq: ['selective-repeat'], loss: [0.01, 0.1], a: [10], window: [7, 14, 21, 42, 84, 168], counts: ['outstanding', 'span'] },
  },
];

/** Draws a figure. */
export function drawLab({ title, grid }: LabFigure): string {
  return plot([...sweep(grid, { packets: PACKETS })], { title });
}
