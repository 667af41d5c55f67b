/*
 * The kept recordings of system calls, judged, as tables of a printable width: repetitions of what was shown already
 * are counted and not repeated.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JudgedCall, judge, readRecording, shortArgument } from '../../tracer/syscalls/index.js';
import { ReportError } from './report-error.js';

/** A row of a table. */
export interface CallRow {
  readonly milliseconds: string;
  readonly call: string;
  readonly result: string;
  readonly verdict: string;
  readonly because: string;
}

/** A recording, ready to be printed. */
export interface PrintedRecording {
  readonly transport: string;
  readonly file: string;
  readonly title: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly server: readonly CallRow[];
  readonly client: readonly CallRow[];
  /** How many calls there were, and how many of them blocked, by their name. */
  readonly counts: readonly { readonly verdict: string; readonly calls: number; readonly names: string }[];
}

/** Calls that say nothing about the handshake: options of which one row is enough. */
const ONCE = new Set(['setsockopt']);
/** How many rows show the dialogue, after the handshake. */
const MOST_ROWS = 24;

/** The recordings of all transports. */
export function printedRecordings(root: string): PrintedRecording[] {
  return ['tcp', 'udp', 'unix'].map((transport) => {
    const file = `docs/recordings/${transport}-system-calls.txt`;
    const { title, facts, server, client } = readRecording(read(root, file));
    const [ofServer, ofClient] = [judge(server), judge(client)];
    return { transport, file, title, facts, server: rows(ofServer), client: rows(ofClient), counts: counted([...ofServer, ...ofClient]) };
  });
}

function read(root: string, file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    throw new ReportError(`The recording ${file} is missing: run npm run record:syscalls on Linux, with strace.`);
  }
}

/** The calls from the first to the last, with the middle of the dialogue left out. */
function rows(calls: readonly JudgedCall[]): CallRow[] {
  const shown = calls.filter((call, i) => !(ONCE.has(call.name) && calls[i - 1]?.name === call.name));
  const tail = shown.slice(-5);
  const cut = shown.length > MOST_ROWS + tail.length;
  const head = cut ? shown.slice(0, MOST_ROWS) : shown;
  const gap: CallRow = {
    milliseconds: '',
    call: `… ${shown.length - MOST_ROWS - tail.length} more of the same …`,
    result: '',
    verdict: '',
    because: '',
  };
  return [...head.map(printed), ...(cut ? [gap, ...tail.map(printed)] : [])];
}

function printed({ seconds, name, args, result, error, verdict, because }: JudgedCall): CallRow {
  return {
    milliseconds: (seconds * 1000).toFixed(1),
    call: `${name}(${args.map(shortArgument).join(', ')})`,
    result: error ?? shortArgument(result),
    verdict,
    because,
  };
}

function counted(calls: readonly JudgedCall[]): PrintedRecording['counts'] {
  const verdicts = [...new Set(calls.map(({ verdict }) => verdict))].sort();
  return verdicts.map((verdict) => {
    const these = calls.filter((call) => call.verdict === verdict);
    return { verdict, calls: these.length, names: [...new Set(these.map(({ name }) => name))].sort().join(', ') };
  });
}
