/*
 * A whole story as rows and columns: what a figure or a page draws. The terminal's ladder uses the same parts, row by
 * row as they come.
 */
import type { Lane, Step, Story } from '../join/story.js';
import { type Columns, columnsOf, takingPart } from './columns.js';
import { type PlotOptions, plotter, type Row } from './plot.js';

/** What of a story is laid out, and how. */
export interface LayoutOptions extends PlotOptions {
  /** The lanes that are shown; default: all. Notes are always. */
  readonly lanes?: readonly Lane[];
  /** The most columns; default: as many as there are actors. */
  readonly mostColumns?: number;
}

/** Rows and columns. */
export interface Layout {
  readonly columns: Columns;
  readonly rows: readonly Row[];
}

/** The steps of some lanes, and the notes. */
export function inLanes<S extends Step>(steps: readonly S[], lanes: readonly Lane[] | undefined): readonly S[] {
  return lanes === undefined ? steps : steps.filter(({ lane }) => lane === 'notes' || lanes.includes(lane));
}

/** Lays a story out. */
export function layout(story: Pick<Story, 'actors' | 'steps'>, options: LayoutOptions = {}): Layout {
  const steps = inLanes(story.steps, options.lanes);
  const plot = plotter(options);
  const rows = [...steps.flatMap((step) => plot.add(step)), ...plot.rest()];
  return { rows, columns: columnsOf(takingPart(story.actors, steps), options.mostColumns ?? Number.POSITIVE_INFINITY) };
}
