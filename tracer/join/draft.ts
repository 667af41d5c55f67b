/*
 * A new draft, and how it is filled in (model.ts).
 */
import type { Basis } from '../trace/trace.js';
import type { ArrowDraft, Content, Joint, Station, Way } from './model.js';

/** A new arrow of which nothing is known yet but what it carries. */
export function arrow(at: number, basis: Basis, joint: Joint, way: Way, content: Content): ArrowDraft {
  return {
    kind: 'arrow',
    at,
    basis,
    joint,
    way,
    content,
    sentAt: undefined,
    inAt: undefined,
    outAt: undefined,
    receivedAt: undefined,
    fate: undefined,
    copy: false,
    forced: false,
    void: false,
  };
}

/** It was seen somewhere on its way. */
export function see(draft: ArrowDraft, station: Station, at: number): void {
  draft[station] ??= at;
}
