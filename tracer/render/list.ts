/*
 * The list: one line a step, wrapped. It is what remains of the ladder where the terminal is too narrow for one.
 */
import type { Actor, Step } from '../join/story.js';
import { deltaText, type ReasonOf, reasonTeller, remarksOn, timeText, wordsBehind } from '../layout/index.js';
import { type Fit, fitting, wrapTo } from './fit-text.js';
import type { ViewOptions } from './options.js';
import { type Paint, paint } from './paint.js';

/** Makes lines of steps that come one after the other. */
export function lister(options: ViewOptions): (step: Step, nameOf: (actor: string) => string) => readonly string[] {
  const fit = fitting(options.ascii ?? false);
  const colour = paint(options.colours);
  const reasonOf = reasonTeller();
  let lastAt: number | undefined;
  return (step, nameOf) => {
    const time = options.time === 'none' ? '' : options.time === 'delta' ? deltaText(step.at - (lastAt ?? step.at)) : timeText(step.at);
    lastAt = step.at;
    const lines = wrapHanging(`${step.number} ${time}`.trimEnd(), fit(said(step, nameOf)), options.columns);
    return [
      ...lines.map((line) => colour(line, step.kind === 'note' ? 'notes' : 'plain')),
      ...reason(step, options, fit, colour, reasonOf),
    ];
  };
}

/** All the steps as a list. */
export function listLines(actors: readonly Actor[], steps: readonly Step[], options: ViewOptions): string[] {
  const list = lister(options);
  const nameOf = namesOf(actors);
  return steps.flatMap((step) => list(step, nameOf));
}

/** Names of actors by id. */
export function namesOf(actors: readonly Actor[]): (actor: string) => string {
  const names = new Map(actors.map(({ id, name }) => [id, name]));
  return (actor) => names.get(actor) ?? actor;
}

function said(step: Step, nameOf: (actor: string) => string): string {
  if (step.kind === 'note') return step.words;
  const parts = step.kind === 'mark' ? [`${nameOf(step.actor)}:`] : [`${nameOf(step.from)} → ${nameOf(step.to)}`];
  parts.push(step.label, wordsBehind(step));
  if (step.kind === 'arrow') parts.push(step.phase === undefined ? '' : `(${step.phase})`, ...remarksOn(step));
  return parts.filter((part) => part !== '').join(' ');
}

function reason(step: Step, { why, columns }: ViewOptions, fit: Fit, colour: Paint, reasonOf: ReasonOf): readonly string[] {
  if (!why || step.kind === 'note') return [];
  return wrapHanging('', fit(reasonOf(step)), columns).map((line) => colour(line, 'faint'));
}

const INDENT = 2;

function wrapHanging(before: string, text: string, columns: number): readonly string[] {
  const width = Math.max(2, columns);
  const indent = width > 4 * INDENT ? INDENT : 0;
  const [first = '', ...more] = before === '' ? [''] : wrapTo(`${before} ${text}`, width);
  if (before === '') return wrapTo(text, width - indent).map((line) => ' '.repeat(indent) + line);
  return [first, ...wrapTo(more.join(' '), width - indent).map((line) => ' '.repeat(indent) + line)];
}
