/*
 * A story as a PlantUML sequence diagram, for documents and wikis that draw these. Every character that could mean
 * something to PlantUML (markup, includes, functions such as `%date()`) is written as `<U+XXXX>`, and so is whatever is
 * not ASCII: the file reads the same whatever character set its reader takes it for.
 */
import type { ArrowStep, Story } from '../join/story.js';
import { wrapTo } from '../render/fit-text.js';
import { type Notation, type SequenceOptions, sequence } from './sequence.js';
import { fit } from './svg/metrics.js';

/** What of a story is exported. */
export type PlantUmlOptions = SequenceOptions;

const WRAP_COLUMNS = 60;
/** What stands for itself and nothing else wherever a text can stand. */
const PLAIN = /[^A-Za-z0-9 .,:()?=+]/gu;

const NOTATION: Notation = {
  note: (over, words) => `note over ${over.join(', ')} : ${plantumlText(words) || '.'}`,
  mark: (at, words) => `rnote over ${at} : ${plantumlText(words)}`,
  arrow: (from, to, step, words) => `${from} ${arrowOf(step)} ${to} : ${plantumlText(words)}`,
  phase: (_from, _to, name) => `== ${textOf(name)} ==`,
};

/** Writes a story as a sequence diagram. */
export function plantuml(story: Pick<Story, 'title' | 'actors' | 'steps'>, options: PlantUmlOptions = {}): string {
  const { names, lines } = sequence(story, options, NOTATION);
  const participants = (names.length > 0 ? names : ['?']).map((name, i) => `participant "${textOf(name) || '?'}" as p${i + 1}`);
  return ['@startuml', `title ${textOf(story.title) || 'trace'}`, 'hide footbox', ...participants, ...lines, '@enduml', ''].join('\n');
}

/** A text as PlantUML reads it back, long ones broken. */
function plantumlText(text: string): string {
  const fitted = fit(text).trim();
  return fitted === '' ? '' : wrapTo(fitted, WRAP_COLUMNS).map(escaped).join('\\n');
}

function textOf(text: string): string {
  return escaped(fit(text).trim());
}

function escaped(text: string): string {
  return text.replace(PLAIN, (character) => `<U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}>`);
}

function arrowOf({ outcome, basis }: ArrowStep): string {
  if (outcome === 'lost') return '->x';
  return outcome === 'unseen' || basis !== 'observed' ? '-->' : '->';
}
