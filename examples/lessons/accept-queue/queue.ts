/*
 * What ss says of a listening socket: of one that listens, Recv-Q counts the connections that wait for accept(), and Send-Q
 * is the backlog (ss(8)).
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../../../tracer/capture/find-program.js';

/** So long an answer may take. */
const PATIENCE_MS = 5000;

/** The figures as a sentence, or why there are none. */
export async function queueInWords(port: number): Promise<string> {
  const ss = findProgram('ss');
  if (ss === undefined) return 'Without the length of the queue: ss is not installed (`sudo apt-get install iproute2`).';
  try {
    const { stdout } = await promisify(execFile)(ss, ['-ltnH', `( sport = :${port} )`], { timeout: PATIENCE_MS });
    const [, waiting, backlog] = /^LISTEN +(\d+) +(\d+)/m.exec(stdout) ?? [];
    if (waiting !== undefined) return `ss -ltn: Recv-Q ${waiting} wait for accept(), Send-Q ${backlog} is the backlog.`;
  } catch {
    // told below
  }
  return 'Without the length of the queue: ss did not tell it.';
}
