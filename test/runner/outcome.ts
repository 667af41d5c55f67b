/*
 * What a test file's process tells the runner (over Node's IPC channel), and what the runner makes of it.
 */

/** Sent by the process of a test file. */
export type Report =
  /** A test begins: the one to blame when no more comes. */
  | { readonly kind: 'running'; readonly test: string }
  /** Something the person should read even when all is well, such as a missing tool. */
  | { readonly kind: 'note'; readonly text: string }
  /** The tests are done. `failures` are told in full. */
  | {
      readonly kind: 'done';
      readonly passed: number;
      readonly failed: number;
      readonly skipped: number;
      readonly failures: readonly string[];
    }
  /** The tests are done and yet the process lives. */
  | { readonly kind: 'leaked'; readonly resources: readonly string[] };

/** How one test file ended. */
export interface Outcome {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** What to read at the end, in full; empty when all is well. */
  readonly failures: readonly string[];
  readonly notes: readonly string[];
}
