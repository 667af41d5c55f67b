/*
 * A story as a Mermaid sequence diagram, for pages that draw these: GitHub's, GitLab's, many a wiki's. Mermaid knows no
 * slanted arrows and no loss of the kind that one sees; the words say it. Every text is escaped: a bare `#` or `;` in a
 * name would end the line without a word of complaint.
 */
import type { ArrowStep, Step, Story } from '../join/story.js';
import { inLanes, type LayoutOptions, type Phase, remarksOn, takingPart, wordsBehind } from '../layout/index.js';
import { phaseTeller } from '../layout/phase.js';
import { fitting, wrapTo } from '../render/fit-text.js';

/** What of a story is exported. */
export interface MermaidOptions extends Pick<LayoutOptions, 'lanes'> {
  /** Whether the reasons of the steps are added, as notes. Default: false. */
  readonly why?: boolean;
}

const WRAP_COLUMNS = 60;
const SPECIAL = /[#;&<>%"$`\\{}@]/g;
/** At the beginning of a text these words are a setting of Mermaid's. */
const SETTING = /^((?:no)?wrap):/i;

const fit = fitting(false);

/** Writes a story as a sequence diagram. */
export function mermaid(story: Pick<Story, 'title' | 'actors' | 'steps'>, { lanes, why = false }: MermaidOptions = {}): string {
  const steps = inLanes(story.steps, lanes);
  const actors = takingPart(story.actors, steps);
  const ids = new Map(actors.map(({ id }, i) => [id, `p${i + 1}`]));
  const everybody = actors.length > 1 ? `p1,p${actors.length}` : 'p1';
  const phaseOf = phaseTeller();
  const lines = steps.flatMap((step) => stepLines(step, { ids, everybody, why, phaseOf }));
  const participants = actors.map(({ name }, i) => `  participant p${i + 1} as ${textOf(name) || '?'}`);
  return [`sequenceDiagram`, `  title ${textOf(story.title) || 'trace'}`, ...participants, ...lines, ''].join('\n');
}

/** A text as Mermaid reads it back: special characters as `#NN;`, long ones broken. */
export function mermaidText(text: string): string {
  return textOf(text) === '' ? '' : wrapTo(fit(text).trim(), WRAP_COLUMNS).map(escaped).join('<br/>');
}

function textOf(text: string): string {
  return escaped(fit(text).trim());
}

function escaped(text: string): string {
  return text.replace(SPECIAL, (character) => `#${character.charCodeAt(0)};`).replace(SETTING, '$1#58;');
}

interface Context {
  readonly ids: ReadonlyMap<string, string>;
  readonly everybody: string;
  readonly why: boolean;
  readonly phaseOf: (step: ArrowStep) => Phase | undefined;
}

function stepLines(step: Step, { ids, everybody, why, phaseOf }: Context): readonly string[] {
  if (step.kind === 'note') return [`  Note over ${everybody}: ${mermaidText(step.words) || '.'}`];
  const reason = (over: string): string[] => (why && step.why !== '' ? [`  Note over ${over}: ${mermaidText(step.why)}`] : []);
  const said = (...parts: readonly (string | undefined)[]): string =>
    mermaidText([`${step.number}. ${step.label}`, ...parts].filter((part) => part !== undefined && part !== '').join(' '));
  if (step.kind === 'mark') {
    const id = ids.get(step.actor) ?? 'p1';
    return [`  Note over ${id}: ${said(wordsBehind(step))}`, ...reason(id)];
  }
  const [from, to] = [ids.get(step.from) ?? 'p1', ids.get(step.to) ?? 'p1'];
  const phase = phaseOf(step);
  const heading = phase?.begins ? [`  Note over ${from},${to}: ${mermaidText(phase.name)}`] : [];
  return [
    ...heading,
    `  ${from}${arrowOf(step)}${to}: ${said(phase?.part, wordsBehind(step), ...remarksOn(step))}`,
    ...reason(from === to ? from : `${from},${to}`),
  ];
}

function arrowOf({ outcome, basis }: ArrowStep): string {
  if (outcome === 'lost') return '-x';
  return outcome === 'unseen' || basis !== 'observed' ? '-->>' : '->>';
}
