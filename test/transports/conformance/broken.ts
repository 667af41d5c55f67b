/*
 * What a transport that is broken on purpose is: the one promise that it breaks, and the cases that must see it.
 */
import type { Break } from './breaking.js';

/** A transport that breaks one promise. */
export interface Broken {
  readonly what: string;
  readonly break: Break;
  /** What it holds on to, if that is what is broken. */
  readonly resources?: () => ReadonlyMap<string, number>;
  /** A case waits in vain for something, until its time is over. */
  readonly stalls?: true;
  /** The names of exactly those cases of the suite that fail for it. */
  readonly fails: readonly string[];
}
