/*
 * Joins observations to a story as they come. Each event finds its connection (ends.ts, packets.ts), becomes a draft or
 * completes one (frames.ts, chunks.ts, packets.ts, signals.ts), and drafts are told in the order of their time as soon
 * as they are settled. What waits is bounded; what was told is forgotten but for a window of numbers.
 */

import { cleanLine } from '../../lib/wire/clean.js';
import { sessionWords, whySession } from '../explain/sessions.js';
import { brokenOffByProxy, stateWords, UNIX_CALLS, whyState } from '../explain/states.js';
import type { SessionEvent, StateEvent, TraceEvent, TraceHeader } from '../trace/trace.js';
import { type Observed, takeCall, takeKernel, takeSocket } from './below.js';
import { type Doors, cast as newCast } from './cast.js';
import { takeChunk } from './chunks.js';
import { ends as newEnds } from './ends.js';
import { takeFrame } from './frames.js';
import type { Draft, End, Joint } from './model.js';
import { packets as newPackets } from './packets.js';
import { isSettled } from './settled.js';
import { isProxysDoing, takeSignals } from './signals.js';
import type { Actor, JoinedConnection, Step } from './story.js';
import { teller } from './telling/teller.js';
import { timeline as newTimeline } from './timeline.js';

/** Joins as it goes. */
export interface Joiner {
  /** Takes an event; returns the steps that are settled now, numbered, in order. */
  push(event: TraceEvent): readonly Step[];
  /** Nothing older than this comes any more: what was not seen by now is told as lost or unseen. */
  settle(at: number): readonly Step[];
  /** Nothing comes any more. */
  finish(): readonly Step[];
  /** Who takes part, so far; names may become known later. */
  readonly actors: readonly Actor[];
  /** The connections, so far. */
  readonly connections: readonly JoinedConnection[];
}

/** How the joining goes. */
export interface JoinerOptions {
  /** Steps that wait; past that the oldest one is told as it stands. Default 50,000. */
  readonly maxWaiting?: number;
  /** What a capture has of the kernels' signals (below.ts): these are not concluded as well. Default: nothing. */
  readonly observed?: Observed;
  /** Where servers will say that they listen (cast.ts). Default: what they have said so far. */
  readonly doors?: Doors;
  /** More may come than will be pushed: what has not arrived is under way. Default: false. */
  readonly goesOn?: boolean;
}

const NONE: readonly Step[] = [];

/** Begins a story. */
export function joiner(header: Pick<TraceHeader, 'source'>, options: JoinerOptions = {}): Joiner {
  const { maxWaiting = 50_000, observed, doors, goesOn = false } = options;
  const cast = newCast(doors);
  const timeline = newTimeline<Draft>();
  const ends = newEnds({ cast, timeline, proxied: header.source === 'proxy', replay: take });
  const packets = newPackets(ends, cast, timeline);
  const tell = teller(cast, goesOn);

  function take(event: TraceEvent): void {
    switch (event.kind) {
      case 'actor':
        return cast.name(event.id, event.name, event.role);
      case 'note':
        return timeline.insert({ kind: 'note', at: event.at, basis: event.basis, words: cleanLine(event.text) });
      case 'datagram':
        cast.observer(event.by).lastAt = event.at;
        return packets.take(event);
      case 'state':
        return takeState(event);
      case 'kernel':
        return takeKernel(event, ends, cast, timeline);
      case 'socket':
        return takeSocket(event, ends, cast, timeline);
      case 'call':
        return takeCall(event, ends, cast, timeline);
      case 'chunk':
      case 'frame':
      case 'session': {
        cast.observer(event.by).lastAt = event.at;
        const end = ends.endFor(event);
        if (!end) return;
        if (event.kind === 'chunk') return takeChunk(end, event, timeline);
        return event.kind === 'frame' ? takeFrame(end, event, timeline, cast) : takeSession(end, event);
      }
    }
  }

  function takeState(event: StateEvent): void {
    cast.observer(event.by, event.state === 'accepted' ? 'server' : 'client').lastAt = event.at;
    if (event.state === 'accepted') seatByHandshake(event);
    const end = ends.pair(event);
    if (!end) return;
    if (event.state === 'open' || event.state === 'accepted') end.opened = true;
    // The program calls, and then the kernel speaks; or the kernels have spoken, and then the program is told.
    const isCall = event.state === 'dialling' || event.state === 'ended';
    if (isCall) mark(end, event);
    takeSignals(end, event, timeline, observed);
    if (!isCall) mark(end, event);
  }

  /** UDP: what is accepted now is what shook hands last. */
  function seatByHandshake({ by, connection, remote = '', leg }: StateEvent): void {
    const end = ends.get(connection);
    const joint = packets.lastFrom(by, remote);
    const seat = leg !== undefined || cast.observer(by).role === 'proxy' ? 'near' : 'server';
    if (joint && !joint[seat] && !end?.joint) ends.bind(end ?? ends.newEnd(connection, by), joint, seat);
  }

  function mark(end: End, event: StateEvent): void {
    const joint = end.joint as Joint;
    const { at, state } = event;
    const isProxy = end.seat === 'near' || end.seat === 'far';
    const side = end.seat === 'client' || end.seat === 'near' ? 'client' : 'server';
    // A proxy has no column: of its legs only the end is told, as the end of the side that it faces, if nobody is there to tell it.
    if (isProxy && (state !== 'closed' || joint[side])) return;
    if (end.seat === 'far' && !end.opened && event.error !== undefined) return; // nobody is there
    const basis = isProxy ? 'inferred' : event.basis;
    if (joint.scheme === 'unix') unixCalls(joint, event);
    const { words, why } = isProxysDoing(end, event)
      ? brokenOffByProxy(event, joint.far?.opened !== false)
      : saidOf(isProxy ? fromTheOtherEnd(event) : event, joint);
    timeline.insert({ kind: 'mark', at, basis, joint, side, label: state, words: cleanLine(words), why });
  }

  /** Whatever was told first, connect() has succeeded before accept() could return. */
  function unixCalls(joint: Joint, { at, state }: StateEvent): void {
    const place = { kind: 'mark', at, basis: 'inferred', joint } as const;
    if ((state === 'open' || state === 'accepted') && joint.handshake !== 'done') {
      joint.handshake = 'done';
      timeline.insert({ ...place, side: 'client', ...UNIX_CALLS.connect });
    }
    if (state === 'accepted') timeline.insert({ ...place, side: 'server', ...UNIX_CALLS.accept });
  }

  function takeSession(end: End, event: SessionEvent): void {
    const side = end.seat === 'server' || end.seat === 'far' ? 'server' : 'client';
    const { at, basis } = event;
    const label = cleanLine(event.to);
    const words = cleanLine(sessionWords(event));
    timeline.insert({ kind: 'mark', at, basis, joint: end.joint as Joint, side, label, words, why: whySession(event, side) });
  }

  function release(steps: Step[] | undefined = undefined): readonly Step[] {
    let told = steps;
    for (let draft = timeline.first; draft; draft = timeline.first) {
      if (!isSettled(draft)) {
        if (timeline.length <= maxWaiting) break;
        force(draft);
        if (draft.kind === 'barrier') continue; // what it held back stands before it or behind it now
      }
      timeline.take();
      const step = tell(draft);
      if (!step) continue;
      told ??= [];
      told.push(step);
    }
    return told ?? NONE;
  }

  function force(draft: Draft): void {
    if (draft.kind === 'barrier') draft.lift();
    if (draft.kind === 'call') draft.forced = true;
    if (draft.kind !== 'arrow' || draft.forced) return;
    if (isSettled(draft)) return;
    draft.forced = true;
    const { joint, way } = draft;
    if (draft.receivedAt !== undefined) return;
    // Nobody has shown up there, so nobody is waited for any more.
    if (way === 'up' && !joint.server) joint.serverMayCome = false;
    if (way === 'down' && !joint.client) joint.clientMayCome = false;
  }

  return {
    push(event) {
      take(event);
      return release();
    },
    settle(at) {
      for (const draft of [...timeline.until(at)]) if (draft.kind === 'barrier') force(draft);
      for (const draft of timeline.until(at)) force(draft);
      return release();
    },
    finish() {
      return this.settle(Number.POSITIVE_INFINITY);
    },
    get actors() {
      return cast.actors;
    },
    get connections() {
      return ends.joints.map((joint) => connectionOf(joint, cast));
    },
  };
}

function saidOf(event: StateEvent, { scheme }: Joint): { readonly words: string; readonly why: string } {
  return { words: stateWords(event), why: whyState(event, scheme) };
}

/** What a proxy saw of a leg's end, as the end that it faces would tell it. */
function fromTheOtherEnd(event: StateEvent): StateEvent {
  const { closedBy } = event;
  return closedBy === undefined ? event : { ...event, closedBy: closedBy === 'local' ? 'remote' : 'local' };
}

function connectionOf(joint: Joint, cast: ReturnType<typeof newCast>): JoinedConnection {
  const { id, scheme, codec, clientAddress, serverAddress, names } = joint;
  return {
    id,
    scheme,
    codec,
    client: cast.actor(joint, 'client'),
    server: cast.actor(joint, 'server'),
    clientAddress: cleanLine(clientAddress),
    serverAddress: cleanLine(serverAddress),
    ends: names.map(cleanLine),
  };
}
