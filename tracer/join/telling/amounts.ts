/*
 * Numbers of things in words, as all steps have them.
 */

/** `1 byte`, `1,200 bytes`. */
export function bytesInWords(count: number): string {
  return piecesInWords(count, 'byte');
}

/** `1 line`, `2 lines`. */
export function piecesInWords(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Thousands apart, the same on every machine. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
