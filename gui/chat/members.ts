/*
 * Who is in the group, as far as one has been told: the list that was asked for, and who came and went since.
 */
import { signal } from '@preact/signals';
import type { Member } from '../../lib/client/client-state.js';
import { DEFAULT_LIMITS } from '../../lib/server/limits.js';
import { oncePerFrame } from './next-frame.js';

type Change = { readonly name: string; readonly what: 'joined' | 'left' | 'lost' | 'back' };

/** In groups beyond this size comings and goings are not told. */
const TOLD_UP_TO = DEFAULT_LIMITS.presenceUpTo;

/** The members of the group. */
export class Members {
  /** In the order of joining. */
  readonly list = signal<readonly Member[]>([]);
  readonly #away = new Map<string, boolean>();
  /** Changes since the list was asked for: it may be older or younger than they are, and comes after them. */
  #since: Change[] | undefined;
  readonly #changed = oncePerFrame(() => {
    this.list.value = [...this.#away].map(([name, isAway]) => ({ name, isAway }));
  });

  /** Whether the group is so large that the list must be asked for again and again. */
  get isUntold(): boolean {
    return this.#away.size >= TOLD_UP_TO;
  }

  /** Somebody came or went. */
  change(change: Change): void {
    this.#since?.push(change);
    this.#apply(change);
    this.#changed();
  }

  /** Takes a new list, once it is there; without one, what is known stays. */
  async refresh(ask: () => Promise<readonly Member[]>): Promise<void> {
    if (this.#since) return;
    const since: Change[] = [];
    this.#since = since;
    try {
      const members = await ask();
      if (this.#since !== since) return; // of a group that one has left meanwhile
      this.#away.clear();
      for (const { name, isAway } of members) this.#away.set(name, isAway);
      // the last word on each name holds, whichever of the two is older
      for (const change of since) this.#apply(change);
      this.#changed();
    } catch {
      // the connection broke: it is asked for again when that is back
    } finally {
      if (this.#since === since) this.#since = undefined;
    }
  }

  clear(): void {
    this.#since = undefined;
    this.#away.clear();
    this.#changed();
  }

  #apply({ name, what }: Change): void {
    if (what === 'left') this.#away.delete(name);
    else this.#away.set(name, what === 'lost');
  }
}
