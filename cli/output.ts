/*
 * What becomes of a command whose output cannot be written. Whoever reads it may go away (`chatwire serve | head`): that is
 * no reason to fall. A full disk (`chatwire trace show ... > FILE`) is told once, and shows in the exit code.
 */
import { whyNotWritten } from './not-written.js';

/** Nobody reads any more: the pipe was closed, or the terminal. */
const NOBODY_READS: readonly (string | undefined)[] = ['EPIPE', 'EIO'];

/** Looks after both outputs of this process, once for its whole life. */
export function watchOutput(): void {
  let told = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (told || NOBODY_READS.includes(error.code)) return;
    told = true;
    process.exitCode = 1;
    process.stderr.write(`chatwire: The output could not be written: ${whyNotWritten(error)}.\n`);
  });
  process.stderr.on('error', () => {}); // there is nobody left to tell it to
}
