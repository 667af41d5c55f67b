/*
 * Reads what `strace -f -ttt -T -yy` writes, as it comes: `thread seconds call`. A call that another thread's has
 * interrupted is put together again, and stands where it ended.
 */
import { type SystemCall, systemCall } from './strace-line.js';

/** A call with the thread that made it. */
export interface LoggedCall extends SystemCall {
  readonly thread: number;
  /** As strace printed it. */
  readonly text: string;
}

/** A log that is read in pieces. */
export interface StraceLog {
  /** The next piece; it may end anywhere. Gives the calls that have ended in it. */
  push(text: string): readonly LoggedCall[];
  /** That was all. */
  finish(): readonly LoggedCall[];
}

const LINE = /^(?:(\d+) +)?(\d+\.\d+) (.*)$/s;
const UNFINISHED = / ?<unfinished \.\.\.>$/;
const RESUMED = /^<\.\.\. \w+ resumed>/;

/** Begins to read a log. */
export function straceLog(): StraceLog {
  const begun = new Map<string, { readonly time: string; readonly call: string }>();
  let rest = '';

  function take(line: string): readonly LoggedCall[] {
    const [, thread = '0', time = '', call = ''] = LINE.exec(line) ?? [];
    if (UNFINISHED.test(call)) {
      begun.set(thread, { time, call: call.replace(UNFINISHED, '') });
      return [];
    }
    const first = RESUMED.test(call) ? begun.get(thread) : { time, call };
    if (!first) return [];
    begun.delete(thread);
    const text = `${first.time} ${first.call === call ? call : first.call + call.replace(RESUMED, '')}`;
    const found = systemCall(text.replace(/ \(flags[^)]*\)(?= <[\d.]+>$)/, ''));
    return found ? [{ ...found, thread: Number(thread), text: text.slice(first.time.length + 1) }] : [];
  }

  return {
    push(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      return lines.flatMap(take);
    },
    finish: () => take(rest),
  };
}

/**
 * The calls of the first process alone, all its threads included: another process has descriptors of its own. Threads are
 * known by the clone() that made them.
 */
export function ofFirstProcess(calls: readonly LoggedCall[]): readonly LoggedCall[] {
  const first = Math.min(...calls.map(({ thread }) => thread));
  const threads = new Set([first]);
  const makers = calls.filter(({ name, args }) => MAKERS.has(name) && args.some((arg) => arg.includes('CLONE_THREAD')));
  for (let known = 0; known !== threads.size; ) {
    known = threads.size;
    for (const { thread, result } of makers) if (threads.has(thread)) threads.add(Number(result));
  }
  return calls.filter(({ thread, name }) => threads.has(thread) && !MAKERS.has(name));
}

const MAKERS = new Set(['clone', 'clone3']);
