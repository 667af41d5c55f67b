/*
 * The ladder on the terminal: a life line for each actor, time running down, an arrow for whatever goes from one to
 * another. `ladderLines` draws a whole story; `liveLadder` takes its steps one by one as they settle.
 */
import type { Actor, JoinedConnection, Step, Story } from '../join/story.js';
import { actorsOf, brackets, bracketTeller, columnsOf, inLanes, plotter, type Row, takingPart, timeText } from '../layout/index.js';
import { type CanvasRow, rowText } from './canvas.js';
import { type Drawing, freshLasting } from './drawing.js';
import { fitting } from './fit-text.js';
import { geometryOf, mostColumns, NARROWEST, type Wanted } from './geometry.js';
import { ASCII, UNICODE } from './glyphs.js';
import { headRows } from './heads.js';
import { drawRow } from './ladder-row.js';
import { lister, namesOf } from './list.js';
import type { ViewOptions } from './options.js';
import { paint } from './paint.js';
import { tagging } from './step-text.js';

/** How a live ladder looks. */
export interface LiveOptions extends ViewOptions {
  /** After so many rows the heads come again. Default: 20. */
  readonly headEvery?: number;
}

/** A ladder that grows. */
export interface LiveLadder {
  /** Takes the next step, and the actors and connections known by now; gives the lines that are certain. */
  step(step: Step, actors: readonly Actor[], connections?: readonly JoinedConnection[]): readonly string[];
  /** The lines that were held back until it is known what comes next: to be shown at the end, or when nothing came for a while. */
  rest(): readonly string[];
  /** From here on the rows have another width, under heads of their own; from 60 columns on as a ladder, below that as a list. */
  resize(columns: number): void;
}

const DEFAULT_HEAD_EVERY = 20;
/** Of a live ladder nobody knows yet how long it becomes. */
const LIVE_MARGIN = { numberWidth: 5, timeWidth: 9 };

/** Draws a story as a ladder, or as a list where there is no room for one. */
export function ladderLines(story: Pick<Story, 'actors' | 'connections' | 'steps'>, options: ViewOptions): string[] {
  const { heads, rows } = ladderRows(story, options);
  return [...heads, ...rows.flatMap(({ lines }) => lines)];
}

/** The lines of a row of the ladder. */
export interface LadderRow {
  /** The step that it is about. */
  readonly number: number;
  /** An arrow that left on an earlier row arrives here. */
  readonly arrival: boolean;
  readonly lines: readonly string[];
}

/** Draws a story row by row, for whoever shows a part of it; the heads stand above. */
export function ladderRows(
  story: Pick<Story, 'actors' | 'connections' | 'steps'>,
  options: ViewOptions,
): { readonly heads: readonly string[]; readonly rows: readonly LadderRow[] } {
  const steps = inLanes(story.steps, options.lanes);
  if (options.columns < NARROWEST) {
    const list = lister(options);
    const nameOf = namesOf(story.actors);
    return { heads: [], rows: steps.map((step) => ({ number: step.number, arrival: false, lines: list(step, nameOf) })) };
  }
  const actors = takingPart(story.actors, steps);
  const plot = plotter(options);
  const rows = [...steps.flatMap((step) => plot.add(step)), ...plot.rest()];
  const drawing = drawingFor(actors, story.connections, options, marginFor(rows, options));
  const lasting = freshLasting();
  const held = brackets();
  rows.forEach(held.add);
  const colour = paint(options.colours);
  const texts = (drawn: readonly CanvasRow[]): string[] => drawn.map((row) => rowText(row, colour));
  return {
    heads: texts(headRows(drawing.columns, drawing.geometry, drawing.glyphs, drawing.fit)),
    rows: rows.map((row, i) => ({
      number: row.step.number,
      arrival: row.kind === 'arrival',
      lines: texts(drawRow(row, held.at(i), drawing, lasting)),
    })),
  };
}

/** Makes a ladder that grows. Its heads are those who took part so far. */
export function liveLadder(options: LiveOptions): LiveLadder {
  const { headEvery = DEFAULT_HEAD_EVERY, lanes } = options;
  const colour = paint(options.colours);
  const lasting = freshLasting();
  const plot = plotter(options);
  const bracketOf = bracketTeller();
  const seen = new Set<string>();
  let { columns } = options;
  let list = lister(options);
  let nameOf = namesOf([]);
  let drawing: Drawing | undefined;
  let heads = '';
  let known = 0;
  let sinceHead = 0;

  const draw = (rows: readonly Row[]): readonly string[] =>
    rows.flatMap((row) => {
      if (columns < NARROWEST) return row.kind === 'arrival' ? [] : list(row.step, nameOf);
      if (!drawing) return [];
      const above = sinceHead === 0 ? headRows(drawing.columns, drawing.geometry, drawing.glyphs, drawing.fit) : [];
      const drawn = [...above, ...drawRow(row, bracketOf(row), drawing, lasting)];
      sinceHead += drawn.length;
      if (sinceHead >= headEvery) sinceHead = 0;
      return drawn.map((each) => rowText(each, colour));
    });
  const beginAnew = () => {
    sinceHead = 0;
    for (const [number, way] of lasting.ways) lasting.ways.set(number, { ...way, x: undefined });
  };

  return {
    step(step, actors, connections = []) {
      if (inLanes([step], lanes).length === 0) return [];
      nameOf = namesOf(actors);
      if (columns < NARROWEST) return [...draw(plot.rest()), ...list(step, nameOf)];
      for (const id of actorsOf(step)) seen.add(id);
      const shown = seen.size === 0 ? actors : actors.filter(({ id }) => seen.has(id));
      const newHeads = JSON.stringify(shown.map(({ id, name }) => [id, name]));
      if (newHeads !== heads) beginAnew();
      heads = newHeads;
      if (sinceHead === 0 || connections.length !== known) drawing = drawingFor(shown, connections, { ...options, columns }, LIVE_MARGIN);
      known = connections.length;
      return draw(plot.add(step));
    },
    rest: () => draw(plot.rest()),
    resize(newColumns) {
      columns = newColumns;
      list = lister({ ...options, columns });
      beginAnew();
    },
  };
}

function drawingFor(
  actors: readonly Actor[],
  connections: readonly JoinedConnection[],
  options: ViewOptions,
  margin: { readonly numberWidth: number; readonly timeWidth: number },
): Drawing {
  const fit = fitting(options.ascii ?? false);
  const time = options.time ?? 'relative';
  const wanted: Wanted = { columns: options.columns, ...margin, why: options.why ?? false, fit, ...(time === 'none' && { timeWidth: 0 }) };
  const columns = columnsOf(actors, mostColumns(wanted));
  return {
    columns,
    geometry: geometryOf(columns, wanted),
    glyphs: options.ascii ? ASCII : UNICODE,
    fit,
    tagOf: tagging(connections),
    time,
    why: options.why ?? false,
  };
}

function marginFor(rows: readonly Row[], { time }: ViewOptions): { readonly numberWidth: number; readonly timeWidth: number } {
  let [numberWidth, timeWidth] = [2, 6];
  for (const { kind, step, at } of rows) {
    numberWidth = Math.max(numberWidth, String(step.number).length + (kind === 'arrival' ? 2 : 0));
    timeWidth = Math.max(timeWidth, timeText(at).length + (time === 'delta' ? 1 : 0));
  }
  return { numberWidth, timeWidth };
}
