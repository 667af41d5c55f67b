/*
 * What the transport itself says to open and to end a stream, told from what its ends report. A tap does not see the
 * kernel's TCP handshake, but connect() came back, so it took place: SYN, SYN-ACK and ACK are told as inferred, and so
 * are FIN and RST. A Unix socket and a pipe in memory send nothing to open; their end is told as END. UDP needs none of
 * this: its handshake is in its packets. A proxy accepts before it knows of a server, so the handshake that is told
 * is the one that reaches the server; and what a proxy breaks off by itself is no signal of either end.
 */

import type { StateEvent } from '../trace/trace.js';
import { type Observed, signalKey } from './below.js';
import { arrow, see } from './draft.js';
import type { ArrowDraft, Draft, End, Joint, Seat, SignalContent, Way } from './model.js';
import { view } from './stations.js';
import type { Timeline } from './timeline.js';

/** Where drafts go. */
type Line = Pick<Timeline<Draft>, 'insert'>;

/** Takes a state of an end whose connection is known. */
export function takeSignals(end: End, event: StateEvent, line: Line, observed: Observed | undefined): void {
  const joint = end.joint as Joint;
  if (joint.scheme === 'udp') return;
  const timeline = observed ? withoutObserved(line, observed) : line;
  switch (event.state) {
    case 'dialling':
      if (joint.scheme === 'tcp' && end.seat === 'client') ask(joint, event.at, timeline);
      return;
    case 'open':
    case 'accepted':
      if (joint.scheme !== 'tcp') return;
      return end.seat === 'near' ? ask(joint, event.at, timeline) : shakeHands(joint, event.at, timeline);
    case 'ended':
      return goodbye(end, event, 'sent', timeline);
    case 'peer-ended':
      return goodbye(end, event, 'received', timeline);
    case 'closed':
      return close(end, event, timeline);
    default:
      return;
  }
}

/** What a capture saw is not concluded as well: such a signal is made out, for those who wait for it, but never told. */
function withoutObserved(line: Line, observed: Observed): Line {
  return {
    insert(draft) {
      if (draft.kind === 'arrow' && draft.content.is === 'signal' && wasObserved(observed, draft, draft.content)) draft.void = true;
      line.insert(draft);
    },
  };
}

function wasObserved(observed: Observed, { joint, way }: ArrowDraft, { signal }: SignalContent): boolean {
  return joint.names.some((name) => observed.has(signalKey(name, signal, way)));
}

function signal(joint: Joint, way: Way, at: number, content: Omit<SignalContent, 'is'>, timeline: Line): ArrowDraft {
  const draft = arrow(at, 'inferred', joint, way, { is: 'signal', ...content });
  timeline.insert(draft);
  return draft;
}

function ask(joint: Joint, at: number, timeline: Line): void {
  if (joint.handshake !== 'none') return;
  joint.handshake = 'asked';
  joint.syn = signal(joint, 'up', at, { signal: 'SYN' }, timeline);
}

function shakeHands(joint: Joint, at: number, timeline: Line): void {
  if (joint.handshake === 'done') return;
  if (!joint.syn) joint.syn = signal(joint, 'up', at, { signal: 'SYN' }, timeline);
  joint.handshake = 'done';
  joint.synAnswered = true;
  signal(joint, 'down', at, { signal: 'SYN-ACK' }, timeline);
  signal(joint, 'up', at, { signal: 'ACK' }, timeline);
}

/** One direction ends in order. */
function goodbye(end: End, event: StateEvent, direction: 'sent' | 'received', timeline: Line): void {
  const joint = end.joint as Joint;
  const { way, station } = view(end.seat, direction);
  const flow = joint[way];
  const isTcp = joint.scheme === 'tcp';
  if (!flow.fin) {
    flow.fin = arrow(event.at, isTcp ? 'inferred' : event.basis, joint, way, { is: 'signal', signal: isTcp ? 'FIN' : 'END' });
    timeline.insert(flow.fin);
  }
  see(flow.fin, station, event.at);
}

function close(end: End, event: StateEvent, timeline: Line): void {
  const joint = end.joint as Joint;
  if (joint.handshake === 'asked' && waitedFor(end)) return notOpened(joint, end.seat, event, timeline);
  if (event.error === undefined || !end.opened) return;
  const isLocal = event.closedBy !== 'remote';
  if (!isLocal && RESET.test(event.error)) end.reset = true;
  if (isProxysDoing(end, event)) return;
  // A Unix socket that is dropped looks like an end to the peer.
  if (joint.scheme === 'unix') return isLocal ? goodbye(end, event, 'sent', timeline) : undefined;
  if (!isLocal && !RESET.test(event.error)) return;
  const { way, station } = view(end.seat, isLocal ? 'sent' : 'received');
  const flow = joint[way];
  if (!flow.rst) {
    flow.rst = arrow(event.at, 'inferred', joint, way, { is: 'signal', signal: 'RST' });
    timeline.insert(flow.rst);
  }
  see(flow.rst, station, event.at);
}

/** Whether the handshake's end hung on this one: whoever dials, or a proxy that has not dialled. */
function waitedFor({ seat, joint }: End): boolean {
  return seat === 'client' || seat === 'far' || (seat === 'near' && !joint?.far);
}

/** The dial has failed: refused, not answered, or given up here. */
function notOpened(joint: Joint, seat: Seat, { at, error = '', closedBy }: StateEvent, timeline: Line): void {
  joint.handshake = 'done';
  if (closedBy !== 'remote' && seat === 'client' && joint.syn) joint.syn.void = true; // whether a SYN ever left is not known
  if (seat === 'near' || closedBy !== 'remote' || !REFUSED.test(error)) return;
  joint.synAnswered = true;
  signal(joint, 'down', at, { signal: 'RST', refused: true }, timeline);
}

/** Whether a proxy has broken off this leg by itself: its other leg was not reset. */
export function isProxysDoing({ joint, seat }: End, { state, closedBy, error }: StateEvent): boolean {
  if (state !== 'closed' || closedBy !== 'local' || error === undefined) return false;
  return (seat === 'near' && !joint?.far?.reset) || (seat === 'far' && !joint?.near?.reset);
}

/** The sentences of transports/stream for a refusal and for a reset; a trace has nothing else to know them by. */
const REFUSED = /^Nobody listens at |turned the connection away/;
const RESET = /dropped the connection|: the system says /;
