/*
 * A recording of system calls, whole: what stands at its head (what was done, when, where, by which commands) and the
 * calls of each role.
 */
import { type SystemCall, systemCall } from './strace-line.js';

/** A recording as it was kept. */
export interface Recording {
  /** In a sentence, what was recorded. */
  readonly title: string;
  /** Date, machine, versions and commands, by name. */
  readonly facts: Readonly<Record<string, string>>;
  readonly server: readonly SystemCall[];
  readonly client: readonly SystemCall[];
}

/**
 * Reads a recording.
 * @throws {Error} if a line is no call, with its number
 */
export function readRecording(text: string): Recording {
  const facts: Record<string, string> = {};
  const calls: Record<string, SystemCall[]> = { server: [], client: [] };
  let title = '';
  let role = '';
  for (const [index, line] of text.split('\n').entries()) {
    const fact = /^# (?:(\w+): )?(.*)$/.exec(line);
    const part = /^== (\w+)$/.exec(line);
    if (fact?.[1] !== undefined) facts[fact[1]] = fact[2] ?? '';
    else if (fact) title = fact[2] ?? '';
    else if (part) role = part[1] ?? '';
    else if (line !== '') {
      const call = systemCall(line);
      if (!call || !calls[role]) throw new Error(`Line ${index + 1} of the recording is no system call: ${line}`);
      calls[role]?.push(call);
    }
  }
  return { title, facts, server: calls.server ?? [], client: calls.client ?? [] };
}
