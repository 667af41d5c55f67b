/*
 * The bracket at the margin of a ladder that holds a phase together: from the row on which a handshake or a closing begins
 * to the last one that belongs to it, over whatever happens in between. A phase that another one interrupts has a
 * bracket for each of its parts.
 */
import type { Phase } from './phase.js';
import type { Row } from './plot.js';

/** A row's place in a bracket. */
export interface Bracket {
  readonly begins: boolean;
  readonly ends: boolean;
}

/** Brackets of rows that are all at hand, or become more. */
export interface Brackets {
  /** Takes the next row. */
  add(row: Row): void;
  /** The bracket that a row, by its index, has a part of. While rows are added, the last bracket may become longer. */
  at(index: number): Bracket | undefined;
}

/** Begins. */
export function brackets(): Brackets {
  const spans: ({ readonly first: number; last: number } | undefined)[] = [];
  let open: { readonly first: number; last: number; readonly key: string } | undefined;
  return {
    add({ phase }) {
      const index = spans.push(undefined) - 1;
      if (!phase) return;
      const key = keyOf(phase);
      if (phase.begins) open = { first: index, last: index, key };
      if (open?.key !== key) return; // it arrives after another phase has begun
      for (let i = phase.begins ? index : open.last + 1; i <= index; i++) spans[i] = open;
      open.last = index;
    },
    at(index) {
      const span = spans[index];
      return span && { begins: index === span.first, ends: index === span.last };
    },
  };
}

/**
 * The same for rows that are drawn as they come, one after the other, when nobody knows what comes next: a phase goes on
 * over what else its connection does; and only where its parts are numbered is it known which one is the last.
 */
export function bracketTeller(): (row: Row) => Bracket | undefined {
  let open: { readonly key: string; readonly connection: string } | undefined;
  return (row) => {
    const { phase, step } = row;
    if (!phase) return open && step.kind !== 'note' && step.connection === open.connection ? { begins: false, ends: false } : undefined;
    const key = keyOf(phase);
    if (phase.begins) open = { key, connection: phase.connection };
    else if (open && open.key !== key) return undefined;
    const [part, of] = (phase.part ?? '').split('/');
    const ends = part !== '' && part === of && !(row.kind === 'arrow' && row.arrives === 'later');
    if (ends) open = undefined;
    return { begins: phase.begins, ends };
  };
}

function keyOf({ connection, name }: Phase): string {
  return `${connection} ${name}`;
}
