/*
 * Makes a step of a draft that is settled: its number, its ends, its outcome, its words and its reason. Called in the
 * order of the story, so that whatever refers to an earlier step finds its number.
 */

import { whyOutcome } from '../../explain/outcomes.js';
import type { Cast } from '../cast.js';
import { forgetChunk } from '../chunks.js';
import type { ArrowDraft, Draft } from '../model.js';
import { posts } from '../stations.js';
import type { ArrowStep, Step } from '../story.js';
import { tellCall } from './calls.js';
import { tellChunk } from './chunks.js';
import { tellFrame } from './frames.js';
import { tellKernel } from './kernel.js';
import { tellPacket } from './packets.js';
import { tellSignal } from './signals.js';
import type { Told } from './told.js';

/** A step that is being made. */
type Growing = { -readonly [K in keyof ArrowStep]: ArrowStep[K] };

/** Tells drafts, one after the other. Nothing comes of a draft that only kept a place. */
export function teller(cast: Cast, goesOn: boolean): (draft: Draft) => Step | undefined {
  let number = 0;
  let lastAt = 0;

  function arrowStep(draft: ArrowDraft): ArrowStep {
    const { joint, way, basis, content } = draft;
    const [from, to] = way === 'up' ? (['client', 'server'] as const) : (['server', 'client'] as const);
    const outcome = outcomeOf(draft, cast, goesOn);
    number += 1;
    const { label, words, why, bytes, masks, phase, repeats } = saying(draft, outcome, number);
    // One object, filled in: there may be a hundred thousand of them.
    const step: Growing = {
      kind: 'arrow',
      lane: content.is === 'frame' ? 'frames' : content.is === 'kernel' ? 'kernel' : 'segments',
      number,
      at: lastAt,
      basis,
      connection: joint.id,
      from: cast.actor(joint, from),
      to: cast.actor(joint, to),
      outcome,
      label,
      words,
      why: outcome === 'arrived' ? why : why + whyOutcome(outcome, content.is === 'packet'),
      bytes,
      masks,
    };
    if (phase !== undefined) step.phase = phase;
    if (repeats) step.repeats = repeats;
    putTimes(step, draft);
    return step;
  }

  return (draft) => {
    if (draft.kind === 'barrier') return undefined;
    if (draft.kind === 'arrow') forget(draft);
    if (draft.kind === 'arrow' && draft.void) return undefined;
    lastAt = Math.max(lastAt, draft.at); // what was reported too late stands where it came
    switch (draft.kind) {
      case 'arrow':
        return arrowStep(draft);
      case 'mark': {
        const { basis, joint, side, label, words, why } = draft;
        number += 1;
        const place = { number, at: lastAt, basis, connection: joint.id, actor: cast.actor(joint, side) };
        return { kind: 'mark', lane: draft.lane ?? 'states', ...place, label, words, why };
      }
      case 'call': {
        const { basis, joint, event } = draft;
        number += 1;
        const place = { number, at: lastAt, basis, connection: joint()?.id ?? '', actor: event.by };
        return { kind: 'mark', lane: 'calls', ...place, ...tellCall(event) };
      }
      case 'note':
        number += 1;
        return { kind: 'note', lane: 'notes', number, at: lastAt, basis: draft.basis, words: draft.words };
    }
  };
}

function saying(draft: ArrowDraft, outcome: ArrowStep['outcome'], number: number): Told {
  const { content } = draft;
  switch (content.is) {
    case 'frame':
      return tellFrame(draft, content);
    case 'chunk':
      return tellChunk(draft, content, outcome);
    case 'packet':
      return tellPacket(draft, content, outcome, number);
    case 'signal':
      return tellSignal(draft, content);
    case 'kernel':
      return tellKernel(draft, content);
  }
}

/** It waits for nobody any more. */
function forget(draft: ArrowDraft): void {
  const { content, joint, way } = draft;
  const flow = joint[way];
  if (content.is === 'frame') flow.frames.delete(content.event.offset);
  if (content.is === 'chunk') forgetChunk(flow, draft);
  if (content.is !== 'packet') return;
  if (content.number > 0) {
    if (flow.packets.get(content.number) === draft) flow.packets.delete(content.number);
  } else flow.unnumbered = flow.unnumbered.filter((each) => each !== draft);
}

/** No delay is negative: what has arrived had left before, whatever two clocks say. */
function putTimes(step: Growing, { sentAt, inAt, outAt, receivedAt }: ArrowDraft): void {
  const left = sentAt ?? (outAt !== undefined || receivedAt !== undefined ? inAt : undefined);
  const arrived = step.outcome === 'lost' ? undefined : (receivedAt ?? outAt ?? inAt);
  if (left !== undefined) step.sentAt = arrived === undefined ? left : Math.min(left, arrived);
  if (arrived !== undefined) step.receivedAt = arrived;
}

function outcomeOf(draft: ArrowDraft, cast: Cast, goesOn: boolean): ArrowStep['outcome'] {
  const { fate, receivedAt, outAt, inAt, copy, content, joint, way } = draft;
  const { target, outOf } = posts(joint, way);
  if (copy) return 'duplicate';
  if (fate === 'corrupted' || fate === 'malformed') return 'corrupted';
  if (fate === 'lost' && receivedAt === undefined) return 'lost';
  if (receivedAt !== undefined) return 'arrived';
  if (!target && (outAt !== undefined || (inAt !== undefined && !outOf))) return 'arrived';
  if (content.is === 'signal') return isCertain(draft) ? 'arrived' : 'unseen';
  if (goesOn && !target?.closed) return 'under-way';
  // A datagram may still have been under way when the recording ended; one without a number may be any of several.
  if (content.is === 'packet')
    return !goesOn && (fate !== 'withheld' || content.number > 0) && wasHeardLater(draft, cast) ? 'lost' : 'unseen';
  return target?.closed ? 'lost' : 'unseen';
}

/** The kernels' signals of which the outcome was seen. */
function isCertain({ joint, content }: ArrowDraft): boolean {
  if (content.is !== 'signal') return false;
  const { signal } = content;
  if (signal === 'SYN') return joint.handshake === 'done' && joint.synAnswered;
  return signal === 'SYN-ACK' || signal === 'ACK' || content.refused === true;
}

/** Whether somebody observes where a datagram went, and has reported something since. */
function wasHeardLater({ joint, way, at }: ArrowDraft, cast: Cast): boolean {
  const { target, outOf } = posts(joint, way);
  const post = target ?? outOf;
  const observer = post ? cast.observer(post.by) : way === 'up' ? cast.listenerAt(joint.serverAddress) : undefined;
  return observer !== undefined && observer.lastAt > at;
}
