/*
 * What must be said of an arrow beside its label and its words: that it is sent again and where it was first, that it
 * was lost, spoilt or doubled. Said in text by every view, so that no meaning hangs on a colour or on the form of a line.
 */
import type { ArrowStep, MarkStep } from '../join/story.js';

const OUTCOMES: Readonly<Record<ArrowStep['outcome'], string>> = {
  arrived: '',
  lost: '× lost',
  corrupted: '≠ corrupted',
  duplicate: '= duplicate',
  unseen: '? arrival unseen',
  'under-way': '… on its way',
};

const NAMED_SEGMENT = /\bsegments? \d/g;

/** The remarks on an arrow, in the order of reading. Which segment is sent again is said where the words name several. */
export function remarksOn({ repeats, outcome, words }: ArrowStep): readonly string[] {
  const isOneOfSeveral = (words.match(NAMED_SEGMENT)?.length ?? 0) > 1;
  const again = repeats && `↻ ${isOneOfSeveral ? `segment ${repeats.segment} ` : ''}again (${repeats.cause}), first in ${repeats.step}`;
  return [again ?? '', OUTCOMES[outcome]].filter((text) => text !== '');
}

/** What stands behind a step's label: its words, without the label if they begin with it. */
export function wordsBehind({ label, words }: ArrowStep | MarkStep): string {
  return words.startsWith(`${label} `) ? words.slice(label.length + 1) : words;
}
