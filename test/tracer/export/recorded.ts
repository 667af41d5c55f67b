/* A recording that ships, told. */
import { readFileSync } from 'node:fs';
import { readTrace } from '../../../tracer/file/index.js';
import { tell } from '../../../tracer/join/index.js';
import type { Story } from '../../../tracer/join/story.js';

/** Reads and tells it. */
export function recordedStory(name: string): Story {
  const file = new URL(`../../../docs/recordings/traces/${name}.jsonl`, import.meta.url);
  const { trace, problems } = readTrace(readFileSync(file, 'utf8'));
  if (problems.length > 0) throw new Error(problems.join(' '));
  return tell(trace);
}
