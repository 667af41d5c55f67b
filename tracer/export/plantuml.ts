/*
 * A story as a PlantUML sequence diagram, for documents and wikis that draw these. Every character that could mean
 * something to PlantUML (markup, includes, functions such as `%date()`) is written as `<U+XXXX>`, and so is whatever is
 * not ASCII: the file reads the same whatever character set its reader takes it for.
 */
import type { ArrowStep, Step, Story } from '../join/story.js';
import { inLanes, type LayoutOptions, type Phase, remarksOn, takingPart, wordsBehind } from '../layout/index.js';
import { phaseTeller } from '../layout/phase.js';
import { wrapTo } from '../render/fit-text.js';
import { fit } from './svg/metrics.js';

/** What of a story is exported. */
export interface PlantUmlOptions extends Pick<LayoutOptions, 'lanes'> {
  /** Whether the reasons of the steps are added, as notes. Default: false. */
  readonly why?: boolean;
}

const WRAP_COLUMNS = 60;
/** What stands for itself and nothing else wherever a text can stand. */
const PLAIN = /[^A-Za-z0-9 .,:()?=+]/gu;

/** Writes a story as a sequence diagram. */
export function plantuml(story: Pick<Story, 'title' | 'actors' | 'steps'>, { lanes, why = false }: PlantUmlOptions = {}): string {
  const steps = inLanes(story.steps, lanes);
  const actors = takingPart(story.actors, steps);
  const shown = actors.length > 0 ? actors : [{ id: '', name: '?' }];
  const ids = new Map(shown.map(({ id }, i) => [id, `p${i + 1}`]));
  const everybody = shown.length > 1 ? `p1, p${shown.length}` : 'p1';
  const phaseOf = phaseTeller();
  const participants = shown.map(({ name }, i) => `participant "${textOf(name) || '?'}" as p${i + 1}`);
  const lines = steps.flatMap((step) => stepLines(step, { ids, everybody, why, phaseOf }));
  return ['@startuml', `title ${textOf(story.title) || 'trace'}`, 'hide footbox', ...participants, ...lines, '@enduml', ''].join('\n');
}

/** A text as PlantUML reads it back, long ones broken. */
export function plantumlText(text: string): string {
  const fitted = fit(text).trim();
  return fitted === '' ? '' : wrapTo(fitted, WRAP_COLUMNS).map(escaped).join('\\n');
}

function textOf(text: string): string {
  return escaped(fit(text).trim());
}

function escaped(text: string): string {
  return text.replace(PLAIN, (character) => `<U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}>`);
}

interface Context {
  readonly ids: ReadonlyMap<string, string>;
  readonly everybody: string;
  readonly why: boolean;
  readonly phaseOf: (step: ArrowStep) => Phase | undefined;
}

function stepLines(step: Step, { ids, everybody, why, phaseOf }: Context): readonly string[] {
  if (step.kind === 'note') return [`note over ${everybody} : ${plantumlText(step.words) || '.'}`];
  const reason = (over: string): string[] => (why && step.why !== '' ? [`note over ${over} : ${plantumlText(step.why)}`] : []);
  const said = (...parts: readonly (string | undefined)[]): string =>
    plantumlText([`${step.number}. ${step.label}`, ...parts].filter((part) => part !== undefined && part !== '').join(' '));
  if (step.kind === 'mark') {
    const id = ids.get(step.actor) ?? 'p1';
    return [`rnote over ${id} : ${said(wordsBehind(step))}`, ...reason(id)];
  }
  const [from, to] = [ids.get(step.from) ?? 'p1', ids.get(step.to) ?? 'p1'];
  const phase = phaseOf(step);
  const heading = phase?.begins ? [`== ${textOf(phase.name)} ==`] : [];
  return [
    ...heading,
    `${from} ${arrowOf(step)} ${to} : ${said(phase?.part, wordsBehind(step), ...remarksOn(step))}`,
    ...reason(from === to ? from : `${from}, ${to}`),
  ];
}

function arrowOf({ outcome, basis }: ArrowStep): string {
  if (outcome === 'lost') return '->x';
  return outcome === 'unseen' || basis !== 'observed' ? '-->' : '->';
}
