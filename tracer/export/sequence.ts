/*
 * A story as the lines of a sequence diagram, in whatever notation: who takes part, and a line or a few for each step. How
 * a note, an arrow or a text is written is the notation's affair (mermaid.ts, plantuml.ts).
 */
import type { ArrowStep, Step, Story } from '../join/story.js';
import { inLanes, type LayoutOptions, remarksOn, takingPart, wordsBehind } from '../layout/index.js';
import { phaseTeller } from '../layout/phase.js';

/** What of a story is exported. */
export interface SequenceOptions extends Pick<LayoutOptions, 'lanes'> {
  /** Whether the reasons of the steps are added, as notes. Default: false. */
  readonly why?: boolean;
}

/** How a diagram is written. Words are raw: the notation escapes them. */
export interface Notation {
  /** Something said over one or two of those who take part. */
  note(over: readonly string[], words: string): string;
  /** What happens at somebody's own place. */
  mark(at: string, words: string): string;
  arrow(from: string, to: string, step: ArrowStep, words: string): string;
  /** A phase begins, a handshake for example. */
  phase(from: string, to: string, name: string): string;
}

/** The parts of a diagram. */
export interface Sequence {
  /** Those who take part, called `p1`, `p2`, ... in the lines. */
  readonly names: readonly string[];
  readonly lines: readonly string[];
}

/** Tells a story in a notation. */
export function sequence(story: Pick<Story, 'actors' | 'steps'>, { lanes, why = false }: SequenceOptions, notation: Notation): Sequence {
  const steps = inLanes(story.steps, lanes);
  const actors = takingPart(story.actors, steps);
  const ids = new Map(actors.map(({ id }, i) => [id, `p${i + 1}`]));
  const idOf = (actor: string) => ids.get(actor) ?? 'p1';
  const everybody = actors.length > 1 ? ['p1', `p${actors.length}`] : ['p1'];
  const phaseOf = phaseTeller();

  const linesOf = (step: Step): readonly string[] => {
    if (step.kind === 'note') return [notation.note(everybody, step.words)];
    const reason = (...over: readonly string[]) => (why && step.why !== '' ? [notation.note(over, step.why)] : []);
    const said = (...parts: readonly (string | undefined)[]) =>
      [`${step.number}. ${step.label}`, ...parts].filter((part) => part !== undefined && part !== '').join(' ');
    if (step.kind === 'mark') return [notation.mark(idOf(step.actor), said(wordsBehind(step))), ...reason(idOf(step.actor))];
    const [from, to] = [idOf(step.from), idOf(step.to)];
    const phase = phaseOf(step);
    return [
      ...(phase?.begins ? [notation.phase(from, to, phase.name)] : []),
      notation.arrow(from, to, step, said(phase?.part, wordsBehind(step), ...remarksOn(step))),
      ...(from === to ? reason(from) : reason(from, to)),
    ];
  };
  return { names: actors.map(({ name }) => name), lines: steps.flatMap(linesOf) };
}
