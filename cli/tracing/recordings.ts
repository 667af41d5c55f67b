/*
 * Traces by name: a file, or one of the recordings that ship with Chatwire.
 */
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readTraceStream } from '../../tracer/file/index.js';
import { TRACE_VERSION, type Trace, type TraceEvent, type TraceHeader } from '../../tracer/trace/trace.js';
import { FileError, UsageError } from '../failure.js';
import { warnOfSecretsIn } from './secrets.js';

const root = dirname(createRequire(import.meta.url).resolve('chatwire/package.json'));
const SHIPPED = join(root, 'docs', 'recordings', 'traces');
const ENDING = '.jsonl';
const WHY_NOT_READ: Readonly<Record<string, string>> = { EISDIR: 'it is a folder', EACCES: 'it is not yours to read' };

/** The names of the recordings that ship. */
export function recordings(): readonly string[] {
  if (!existsSync(SHIPPED)) return [];
  const files = readdirSync(SHIPPED).filter((file) => file.endsWith(ENDING));
  return files.map((file) => file.slice(0, -ENDING.length)).sort();
}

/**
 * Reads a trace. That secrets can be read in it, and what is wrong with it, is told on stderr, a sentence each; if it is
 * damaged, the exit code is 1.
 * @throws {UsageError} if there is no such file or recording
 * @throws {FileError} if it cannot be read, or nothing in it can
 */
export async function readNamed(name: string): Promise<Trace> {
  const path = existsSync(name) ? name : join(SHIPPED, `${name}${ENDING}`);
  if (!existsSync(path) || (path !== name && !/^[\w-]+$/.test(name))) {
    throw new UsageError(`There is no file and no recording "${name}"; the recordings are ${recordings().join(', ')}.`);
  }
  let header: TraceHeader | undefined;
  const events: TraceEvent[] = [];
  const problems = await readTraceStream(createReadStream(path, { encoding: 'utf8', highWaterMark: 1024 * 1024 }), {
    header(read) {
      header = read;
    },
    event: (event) => void events.push(event),
  }).catch((error: NodeJS.ErrnoException) => {
    throw new FileError(`${name} could not be read: ${WHY_NOT_READ[error.code ?? ''] ?? `the system says ${error.code}`}.`);
  });
  const [first = ''] = problems;
  if (!header || events.length === 0) throw new FileError(`${name} is no trace: ${first}`);
  warnOfSecretsIn(name, header);
  for (const problem of problems) process.stderr.write(`${name}: ${problem}\n`);
  // of another version is told, and no more; what is damaged was not read whole
  if (problems.length > (header.version === TRACE_VERSION ? 0 : 1)) process.exitCode = 1;
  return { header, events };
}
