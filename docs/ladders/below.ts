/*
 * The one take that is also seen from below, with the kernels' packets and the system calls: recorded as root, with tcpdump and
 * strace. What of it is drawn: the connection, the first message, and where
 * the loop slept in between.
 */
import { recordBelow } from '../../cli/tracing/below/record-below.js';
import type { Lane, Story } from '../../tracer/join/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import type { Take } from './takes.js';

/** What is drawn: what a program sees, and what is below it. */
export const LANES: readonly Lane[] = ['frames', 'kernel', 'calls'];

/** The sentences, by their first words, with which a part begins that is drawn, or one that is not. */
const DRAWN = ['The transport makes', 'The first message'];
const LEFT_OUT = ['The server asks', 'And the goodbye'];

/** Calls that only set something, or ask for it. */
const SETTINGS = new Set(['setsockopt', 'getpeername', 'getsockname']);

/** Performs it and looks at it from below. Throws if a lane cannot be had here. */
export async function fromBelow({ example, transport }: Take): Promise<Trace> {
  const trace = await recordBelow(example, { transport, showSecrets: false, kernel: true, syscalls: true });
  const has = (kind: string) => trace.events.some((event) => event.kind === kind);
  if (!has('kernel') || !has('call')) throw new Error('To look at it from below, be root, with tcpdump and strace installed.');
  return trace;
}

/** The parts that are drawn, without calls that only set or ask something, and with the waits that blocked in between. Steps keep their numbers. */
export function drawnParts(story: Story): Story {
  let isDrawn = false;
  const steps = story.steps.filter((step) => {
    const begins = (words: readonly string[]) => step.kind === 'note' && words.some((one) => step.words.startsWith(one));
    if (begins(DRAWN)) isDrawn = true;
    if (begins(LEFT_OUT)) isDrawn = false;
    if (step.lane !== 'calls') return isDrawn;
    return step.words.includes('· blocking') || (isDrawn && !SETTINGS.has(step.label));
  });
  return { ...story, steps };
}
