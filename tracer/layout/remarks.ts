/*
 * What must be said of an arrow beside its label and its words: that it is sent again and where it was first, that it
 * was lost, spoilt or doubled. Said in text by every view, so that no meaning hangs on a colour or on the form of a line.
 */
import type { ArrowStep } from '../join/story.js';

const OUTCOMES: Readonly<Record<ArrowStep['outcome'], string>> = {
  arrived: '',
  lost: '× lost',
  corrupted: '≠ corrupted',
  duplicate: '= duplicate',
  unseen: '? nobody watched it arrive',
};

/** The remarks on an arrow, in the order of reading. */
export function remarksOn({ repeats, outcome }: ArrowStep): readonly string[] {
  const again = repeats && `↻ again (${repeats.cause}), first in ${repeats.step}`;
  return [again ?? '', OUTCOMES[outcome]].filter((text) => text !== '');
}
