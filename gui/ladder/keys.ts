/*
 * Where a key leads in the list of rows.
 */

/** What there is to go through. */
export interface Ground {
  readonly count: number;
  /** The rows of one page. */
  readonly page: number;
  /** The first row in sight: where one begins who has chosen none yet. */
  readonly first: number;
}

/** The row to which a key leads; undefined if it leads nowhere. */
export function goes(key: string, chosen: number | undefined, { count, page, first }: Ground): number | undefined {
  if (count === 0) return undefined;
  const within = (row: number) => Math.max(0, Math.min(count - 1, row));
  const from = (by: number) => within(chosen === undefined ? first : chosen + by);
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return from(1);
    case 'ArrowUp':
    case 'k':
      return from(-1);
    case 'PageDown':
      return from(page);
    case 'PageUp':
      return from(-page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
