/*
 * A story as a Mermaid sequence diagram, for pages that draw these: GitHub's, GitLab's, many a wiki's. Mermaid knows no
 * slanted arrows and no loss of the kind that one sees; the words say it. Every text is escaped: a bare `#` or `;` in a
 * name would end the line without a word of complaint.
 */
import type { ArrowStep, Story } from '../join/story.js';
import { fitting, wrapTo } from '../render/fit-text.js';
import { type Notation, type SequenceOptions, sequence } from './sequence.js';

/** What of a story is exported. */
export type MermaidOptions = SequenceOptions;

const WRAP_COLUMNS = 60;
const SPECIAL = /[#;&<>%"$`\\{}@]/g;
/** At the beginning of a text these words are a setting of Mermaid's. */
const SETTING = /^((?:no)?wrap):/i;

const fit = fitting(false);

const NOTATION: Notation = {
  note: (over, words) => `  Note over ${over.join(',')}: ${mermaidText(words) || '.'}`,
  mark: (at, words) => `  Note over ${at}: ${mermaidText(words)}`,
  arrow: (from, to, step, words) => `  ${from}${arrowOf(step)}${to}: ${mermaidText(words)}`,
  phase: (from, to, name) => `  Note over ${from},${to}: ${mermaidText(name)}`,
};

/** Writes a story as a sequence diagram. */
export function mermaid(story: Pick<Story, 'title' | 'actors' | 'steps'>, options: MermaidOptions = {}): string {
  const { names, lines } = sequence(story, options, NOTATION);
  const participants = names.map((name, i) => `  participant p${i + 1} as ${textOf(name) || '?'}`);
  return [`sequenceDiagram`, `  title ${textOf(story.title) || 'trace'}`, ...participants, ...lines, ''].join('\n');
}

/** A text as Mermaid reads it back: special characters as `#NN;`, long ones broken. */
function mermaidText(text: string): string {
  return textOf(text) === '' ? '' : wrapTo(fit(text).trim(), WRAP_COLUMNS).map(escaped).join('<br/>');
}

function textOf(text: string): string {
  return escaped(fit(text).trim());
}

function escaped(text: string): string {
  return text.replace(SPECIAL, (character) => `#${character.charCodeAt(0)};`).replace(SETTING, '$1#58;');
}

function arrowOf({ outcome, basis }: ArrowStep): string {
  if (outcome === 'lost') return '-x';
  return outcome === 'unseen' || basis !== 'observed' ? '-->>' : '->>';
}
