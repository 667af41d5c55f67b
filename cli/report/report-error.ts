/*
 * Why a report cannot be made, in one sentence with what to do about it. An error of the caller's command line is a
 * UsageError (cli/failure.ts) instead.
 */

/** The report cannot be made, or is not complete. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}
