/*
 * Frames to arrows: both ends' streams are the same bytes, so a frame is known by its direction and its place in the
 * stream. What the dialogue says of the client's name is noted on the way.
 */

import type { FrameEvent } from '../trace/trace.js';
import type { Cast } from './cast.js';
import { arrow, see } from './draft.js';
import type { Draft, End, Joint } from './model.js';
import { view } from './stations.js';
import type { Timeline } from './timeline.js';

/** Takes a frame that an end sent or received. */
export function takeFrame(end: End, event: FrameEvent, timeline: Timeline<Draft>, cast: Cast): void {
  const joint = end.joint as Joint;
  const { way, station } = view(end.seat, event.direction);
  const flow = joint[way];
  let draft = flow.frames.get(event.offset);
  if (!draft) {
    if (event.offset < flow.framesUpTo) return; // told already, without this end
    flow.framesUpTo = event.offset + Math.max(1, event.bytes.length);
    draft = arrow(event.at, event.basis, joint, way, { is: 'frame', event });
    flow.frames.set(event.offset, draft);
    timeline.insert(draft);
    if (joint.codec === 'unknown') joint.codec = event.type === 'LINE' ? 'text' : 'frames';
    noteName(joint, event, way === 'up', cast);
  }
  see(draft, station, event.at);
}

/**
 * A name is the client's once the server has taken it: the server asks for something else, or says JOINED. A refused one,
 * or an empty one, never is.
 */
function noteName(joint: Joint, { type, fields }: FrameEvent, isUp: boolean, cast: Cast): void {
  const { name, question, value, text } = fields;
  if (type === 'JOINED' && typeof name === 'string') cast.clientIs(joint, name);
  if (type === 'ANSWER' && question === 'name' && typeof value === 'string') joint.claimedName = value;
  if (type === 'LINE' && isUp && joint.asked === NAME_QUESTION && typeof text === 'string') joint.claimedName = text;
  const isAskedOn = type === 'PROMPT' ? AFTER_NAME.includes(question) : type === 'LINE' && !isUp && AFTER_NAME_LINES.includes(text);
  if (isAskedOn && joint.claimedName !== undefined) cast.clientIs(joint, joint.claimedName);
  if (type === 'LINE') joint.asked = isUp || typeof text !== 'string' ? undefined : text;
}

/** What the server asks once it has taken a name. */
const AFTER_NAME: readonly unknown[] = ['group', 'password'];
/** As lib/session/questions.ts asks it; the plain-text door has nothing else to know it by. */
const NAME_QUESTION = 'Enter your name:';
const AFTER_NAME_LINES: readonly unknown[] = ['Enter group ID:', 'Enter password:'];
