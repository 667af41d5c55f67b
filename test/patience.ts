/*
 * How long a test waits for something that must come before it says what was missing. Not a measure of anything:
 * nobody waits so long when all is well, and a machine with other work to do may need a good part of it to start a
 * program. Below the runner's limit (runner/plan.ts), so that the sentence comes before the end.
 */

/** Milliseconds. */
export const PATIENCE_MS = 100_000;
