/*
 * Whether a draft can be told: nothing is known to come that would change it. An arrow waits for its other end as long as
 * somebody observes there, or may turn out to.
 */
import type { ArrowDraft, Draft, End } from './model.js';
import { posts } from './stations.js';

/** Whether all of it is known. */
export function isSettled(draft: Draft): boolean {
  if (draft.kind === 'barrier') return draft.lifted;
  if (draft.kind === 'call') return draft.forced || draft.joint() !== undefined;
  if (draft.kind !== 'arrow' || draft.forced || draft.void) return true;
  const { content } = draft;
  if (content.is === 'kernel') return true;
  if (content.is === 'signal' && content.signal === 'SYN') return draft.joint.handshake !== 'asked';
  if (content.is === 'signal' && content.signal !== 'FIN' && content.signal !== 'END' && content.signal !== 'RST') return true;
  return hasLeft(draft) && hasArrived(draft);
}

function hasLeft(draft: ArrowDraft): boolean {
  const { origin } = posts(draft.joint, draft.way);
  return draft.sentAt !== undefined || draft.copy || !origin || (origin.closed && draft.content.is !== 'packet');
}

function hasArrived(draft: ArrowDraft): boolean {
  const { outOf, target, targetMayCome } = posts(draft.joint, draft.way);
  if (draft.receivedAt !== undefined || draft.fate === 'lost') return true;
  const isOver = (end: End) => end.closed && draft.content.is !== 'packet'; // packets come to sockets, after a connection's end, too
  if (target) return isOver(target);
  if (targetMayCome) return false;
  return !outOf || draft.outAt !== undefined || isOver(outOf);
}
