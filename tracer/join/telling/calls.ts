/*
 * A system call, told: the call as in C, what came of it, and whether it blocked.
 */

import { cleanLine } from '../../../lib/wire/clean.js';
import { whyCall } from '../../explain/calls.js';
import type { CallEvent } from '../../trace/trace.js';
import type { MarkStep } from '../story.js';

/** A call that took longer says how long. */
const NOTICEABLE_NS = 1e6;

/** How the answer to a connect() in progress comes is told along with the verdict. */
const IN_PROGRESS = /connect\(\) in progress|goes on in the kernel/;

function onWorker({ worker = false, verdict }: CallEvent): string {
  if (!worker) return '';
  return `, on a worker thread${verdict === 'blocking' ? ', so the event loop goes on' : ''}`;
}

/** Tells a call. */
export function tellCall(event: CallEvent): Pick<MarkStep, 'label' | 'words' | 'why'> {
  const { name, args, result, error, verdict, because, took, names = [], basis } = event;
  const tail = [
    names.length > 0 ? `(${names.join(', ')})` : '',
    `· ${verdict}${onWorker(event)}${IN_PROGRESS.test(because) ? `: ${because}` : ''}${took >= NOTICEABLE_NS ? `, ${(took / 1e6).toFixed(1)} ms` : ''}`,
    basis === 'inferred' ? '(inferred)' : '',
  ];
  const words = [`(${args.join(', ')}) = ${error ?? result}`, ...tail].filter((text) => text !== '').join(' ');
  return { label: cleanLine(name), words: cleanLine(words), why: whyCall(event) };
}
