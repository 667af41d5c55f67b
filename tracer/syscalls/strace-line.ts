/*
 * A line of a recording of system calls, as docs/recordings/ keeps it: seconds, and the call as strace prints it with
 * its arguments, its result and how long it took. Knows the notation, and nothing of what the calls mean.
 */

/** One system call. */
export interface SystemCall {
  /** Since the first call of the recording. */
  readonly seconds: number;
  readonly name: string;
  readonly args: readonly string[];
  /** As strace prints it, without the error and its explanation. */
  readonly result: string;
  /** The error, if it failed: `EAGAIN`, ... */
  readonly error?: string;
  /** How long the call took, and the thread with it. */
  readonly tookSeconds: number;
}

const LINE =
  /^(?<seconds>\d+\.\d+) (?<name>\w+)\((?<args>.*)\) = (?<result>\S+)(?: (?<error>E[A-Z0-9]+) \([^)]*\))?.* <(?<took>\d+\.\d+)>$/;

/** Reads a line; nothing if it is no call that has ended. */
export function systemCall(line: string): SystemCall | undefined {
  const { groups } = LINE.exec(line) ?? {};
  if (!groups) return undefined;
  const { seconds, name = '', args = '', result = '', error, took } = groups;
  return {
    seconds: Number(seconds),
    name,
    args: separated(args),
    result,
    ...(error !== undefined && { error }),
    tookSeconds: Number(took),
  };
}

/** The number of a descriptor in an argument or a result: `18<TCP:[...]>` is 18. */
export function descriptor(text: string | undefined): number | undefined {
  const digits = /^\d+/.exec(text ?? '')?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** Arguments, cut at commas that stand in no bracket and no quotes. */
function separated(args: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let begin = 0;
  for (let at = 0; at < args.length; at++) {
    const character = args[at] as string;
    if (quoted && character === '\\')
      at++; // whatever is escaped ends nothing
    else if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if ('([{<'.includes(character)) depth++;
    else if (')]}'.includes(character) || (character === '>' && args[at - 1] !== '-' && args[at - 1] !== '=')) depth--;
    else if (character === ',' && depth === 0) {
      parts.push(args.slice(begin, at).trim());
      begin = at + 1;
    }
  }
  const last = args.slice(begin).trim();
  return last === '' ? parts : [...parts, last];
}
