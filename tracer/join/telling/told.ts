/*
 * What the telling of one arrow comes to.
 */
import type { ArrowStep } from '../story.js';

/** What an arrow says, beside where and when. */
export interface Told extends Pick<ArrowStep, 'label' | 'words' | 'why' | 'bytes' | 'masks'> {
  readonly phase?: string;
  readonly repeats?: NonNullable<ArrowStep['repeats']>;
}
