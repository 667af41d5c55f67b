/*
 * Counts wrong passwords, so that nobody can try them all. Counted for (source, submitted group ID), whether
 * the group exists or not, so that the count tells nothing; and never for a group alone, so that nobody can lock
 * a class out of it. What is being checked counts as if it were wrong until it has turned out to be right.
 */
import { MinuteCounts } from './minute-counts.js';

const WINDOW_MS = 60_000;
/** Past the limit over all, a source may still err this often in a minute. */
const FORGIVEN = 3;
/** More of a submitted ID is not looked at. */
const MAX_ID = 64;
/** Stands for all groups of a source: an ID that nobody can submit, since IDs are trimmed. */
const ANY_GROUP = '\n';

/** The limits of guessing, in a minute. */
export interface GuessLimits {
  readonly wrongPasswordsPerMinute: number;
  readonly wrongPasswordsInAllPerMinute: number;
}

/** A password for a group, which may be a wrong one. */
export interface Guess {
  readonly source: string;
  readonly group: string;
}

/** The wrong passwords of the last minute. */
export class Guesses {
  readonly #counts: MinuteCounts;
  #inAll = 0;
  #inAllSince = Number.NEGATIVE_INFINITY;

  /** @param seed a random number, so that nobody can aim at another's place in the table */
  constructor(
    private readonly limits: GuessLimits,
    seed: number,
  ) {
    this.#counts = new MinuteCounts(seed);
  }

  /**
   * Whether a password may be checked, while others, of whatever source, are being checked: `no` past a limit, `later` if
   * those may yet reach it.
   */
  verdict({ source, group }: Guess, checking: readonly Guess[], now: number): 'now' | 'later' | 'no' {
    const ofSource = checking.filter((each) => each.source === source);
    const ofGroup = ofSource.filter((each) => each.group === group);
    const { wrongPasswordsPerMinute, wrongPasswordsInAllPerMinute } = this.limits;
    const bounds = [{ left: wrongPasswordsPerMinute - this.#counts.of(nameOf(source, group), now), taken: ofGroup.length }];
    const inAll = checking.length + (now - this.#inAllSince < WINDOW_MS ? this.#inAll : 0);
    if (inAll >= wrongPasswordsInAllPerMinute) {
      bounds.push({ left: FORGIVEN - this.#counts.of(nameOf(source, ANY_GROUP), now), taken: ofSource.length });
    }
    if (bounds.some(({ left }) => left <= 0)) return 'no';
    return bounds.some(({ left, taken }) => taken >= left) ? 'later' : 'now';
  }

  /** A password was wrong. */
  wasWrong({ source, group }: Guess, now: number): void {
    if (now - this.#inAllSince >= WINDOW_MS) {
      this.#inAll = 0;
      this.#inAllSince = now;
    }
    this.#inAll++;
    this.#counts.add(nameOf(source, group), now);
    this.#counts.add(nameOf(source, ANY_GROUP), now);
  }
}

function nameOf(source: string, group: string): string {
  return `${source}\n${group.slice(0, MAX_ID)}`;
}
