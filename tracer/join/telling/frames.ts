/*
 * A frame of the chat, told.
 */

import { cleanLine } from '../../../lib/wire/clean.js';
import { whyFrame } from '../../explain/frames.js';
import type { ArrowDraft, FrameContent } from '../model.js';
import { wordsOfFrame } from './frame-words.js';
import type { Told } from './told.js';

/** Tells a frame. */
export function tellFrame({ way }: ArrowDraft, { event }: FrameContent): Told {
  const { type, bytes, masks } = event;
  return { label: cleanLine(type), words: wordsOfFrame(event), why: whyFrame(event, way), bytes, masks };
}
