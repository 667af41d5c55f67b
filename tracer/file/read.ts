/*
 * Reads a trace file as it comes, line by line, and goes on after whatever is wrong with it: a damaged line, another
 * version, a file cut in the middle. What could be read is handed on; what could not is told, one sentence each, and
 * not without end.
 */
import { TRACE_VERSION, type Trace, type TraceEvent, type TraceHeader, type TraceSink } from '../trace/trace.js';
import { DamagedLine, NO_JSON } from './checks.js';
import { readEvent, readHeader } from './line.js';

/** A longer line is passed over: a hostile file may be one line without end. */
const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;
/** So many damaged lines are told one by one. */
const MAX_TOLD = 8;

/** Takes what is read. */
export interface TraceTaker extends TraceSink {
  /** The header, once, before the first event. */
  header?(header: TraceHeader): void;
}

/** A reader of text in pieces. */
export interface TraceReader {
  /** The next piece; it may end anywhere. */
  push(text: string): void;
  /** That was all. Says in sentences what was wrong; none: nothing was. */
  finish(): readonly string[];
}

/** A whole file, read. */
export interface TraceFile {
  readonly trace: Trace;
  /** What was wrong with it, in sentences. */
  readonly problems: readonly string[];
}

/** What stands for a header that cannot be read. What is not known to be masked is taken for shown. */
const NO_HEADER: TraceHeader = {
  format: 'chatwire-trace',
  version: TRACE_VERSION,
  title: 'A trace without a header',
  source: 'taps',
  startedAtMs: 0,
  secrets: 'shown',
  madeBy: 'not known',
};

/** Reads a file piece by piece. */
export function traceReader(taker: TraceTaker): TraceReader {
  const problems: string[] = [];
  let [lineNumber, damaged, events] = [0, 0, 0];
  let hasHeader = false;
  let rest = '';
  let passingOver = false; // the rest of a line that is too long

  let finished = false;

  const isDamaged = (why: string) => {
    if (finished && why === NO_JSON) {
      problems.push(`The file is cut in the middle of line ${lineNumber}: its end is missing.`);
      return;
    }
    damaged += 1;
    if (damaged <= MAX_TOLD) problems.push(`Line ${lineNumber} could not be read: ${why}.`);
  };
  const setHeader = (header: TraceHeader) => {
    hasHeader = true;
    taker.header?.(header);
  };

  function takeHeader(line: string): void {
    try {
      const header = readHeader(line);
      if (header.version !== TRACE_VERSION) problems.push(otherVersion(header.version));
      setHeader(header);
    } catch (error) {
      if (!(error instanceof DamagedLine)) throw error;
      setHeader(NO_HEADER);
      problems.push('The file does not begin with the header of a trace.');
      takeEvent(line, true);
    }
  }

  function takeEvent(line: string, quietly = false): void {
    let event: TraceEvent;
    try {
      event = readEvent(line);
    } catch (error) {
      if (!(error instanceof DamagedLine)) throw error;
      if (!quietly) isDamaged(error.message);
      return;
    }
    events += 1;
    taker.event(event);
  }

  function take(line: string): void {
    lineNumber += 1;
    if (passingOver || line.length > MAX_LINE_CHARACTERS) {
      passingOver = false;
      isDamaged('it is far too long');
    } else if (line.trim() === '') return;
    else if (hasHeader) takeEvent(line);
    else takeHeader(line);
  }

  return {
    push(text) {
      let begin = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
        take(rest + text.slice(begin, end));
        rest = '';
        begin = end + 1;
      }
      rest += text.slice(begin);
      if (rest.length <= MAX_LINE_CHARACTERS) return;
      rest = '';
      passingOver = true;
    },
    finish() {
      finished = true;
      if (passingOver || rest.trim() !== '') take(rest);
      if (lineNumber === 0) problems.push('The file is empty.');
      else if (events === 0) problems.push('There is no event in the file that could be read.');
      if (!hasHeader) setHeader(NO_HEADER);
      const untold = damaged - MAX_TOLD;
      if (untold > 0) problems.push(`${untold} more line${untold === 1 ? '' : 's'} could not be read either.`);
      return problems;
    },
  };
}

/** Reads a file that is there as a whole. */
export function readTrace(text: string): TraceFile {
  let header = NO_HEADER;
  const events: TraceEvent[] = [];
  const reader = traceReader({
    header(read) {
      header = read;
    },
    event: (event) => void events.push(event),
  });
  reader.push(text);
  const problems = reader.finish();
  return { trace: { header, events }, problems };
}

/** Reads a file as it comes, without keeping it; resolves to what was wrong with it. */
export async function readTraceStream(source: AsyncIterable<string | Uint8Array>, taker: TraceTaker): Promise<readonly string[]> {
  const reader = traceReader(taker);
  const decoder = new TextDecoder();
  for await (const piece of source) reader.push(typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }));
  reader.push(decoder.decode());
  return reader.finish();
}

function otherVersion(version: number): string {
  const relation = version > TRACE_VERSION ? 'a newer' : 'an older';
  return `The file is of version ${version}, ${relation} one than this program's (${TRACE_VERSION}): what it does not understand is left out.`;
}
