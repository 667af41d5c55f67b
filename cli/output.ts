/*
 * What becomes of a command whose output cannot be written. Whoever reads it may go away (`chatwire serve | head`): that is
 * no reason to fall. A full disk (`chatwire trace show ... > FILE`) is told once, and shows in the exit code.
 */
import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { whyNotWritten } from './not-written.js';

/** Nobody reads any more: the pipe was closed, or the terminal. */
const NOBODY_READS: readonly (string | undefined)[] = ['EPIPE', 'EIO'];

/** Looks after both outputs of this process, once for its whole life. */
export function watchOutput(): void {
  let told = false;
  writeFilesWhole(process.stdout);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (told || NOBODY_READS.includes(error.code)) return;
    told = true;
    process.exitCode = 1;
    process.stderr.write(`chatwire: The output could not be written: ${whyNotWritten(error)}.\n`);
  });
  process.stderr.on('error', () => {}); // there is nobody left to tell it to
}

/** Of a chunk that does not fit on a disk any more Node writes what fits, and passes over the rest in silence. */
function writeFilesWhole(stdout: Pick<Writable, '_write'> & { readonly fd: number }): void {
  if (!isFile(stdout.fd)) return;
  stdout._write = (chunk: Uint8Array | string, encoding, done) => {
    try {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
      for (let written = 0; written < bytes.length; ) written += writeSync(stdout.fd, bytes, written);
    } catch (error) {
      return done(error as Error);
    }
    done();
  };
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false; // it was closed
  }
}
