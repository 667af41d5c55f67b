/*
 * The chat's frames as qlog events of a category of our own; the main schema lets every protocol have one.
 */
import type { ArrowStep } from '../../join/story.js';
import { wordsBehind } from '../../layout/index.js';
import { fit } from '../svg/metrics.js';
import type { PlacedEvent } from './schema.js';

/** What an end said and heard. */
export function chatEvents(arrows: readonly ArrowStep[], end: string): readonly PlacedEvent[] {
  return arrows.flatMap((step) => {
    if (step.lane !== 'frames') return [];
    const data = { frame_type: fit(step.label), words: fit(wordsBehind(step)), raw: { length: step.bytes.length } };
    const sent = step.from === end && step.sentAt !== undefined ? [{ atNs: step.sentAt, name: 'chat:frame_sent', data }] : [];
    const received = step.to === end && step.receivedAt !== undefined ? [{ atNs: step.receivedAt, name: 'chat:frame_received', data }] : [];
    return [...sent, ...received];
  });
}
