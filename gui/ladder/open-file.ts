/*
 * Opens a trace file that somebody has chosen or dropped. It never leaves the browser.
 */
import { readTrace } from '../../tracer/file/index.js';
import { strings } from '../strings.js';
import type { LadderState } from './state.js';

/** A browser's longest text is not much longer. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Shows a file; if it holds no trace, says so and leaves what is shown as it is. */
export async function openFile(state: LadderState, file: File): Promise<void> {
  const complain = (sentence: string) => {
    state.sentence.value = sentence;
  };
  if (file.size > MOST_BYTES) return complain(strings.ladder.tooLarge(file.name));
  let text: string;
  try {
    text = await file.text();
  } catch {
    return complain(strings.ladder.notATrace(file.name));
  }
  const { trace, problems } = readTrace(text);
  if (trace.events.length === 0) return complain([strings.ladder.notATrace(file.name), ...problems].join(' '));
  const warnings = trace.header.secrets === 'shown' ? [strings.ladder.secretsIn(file.name)] : [];
  state.showFile(trace, [...warnings, ...problems]);
}
