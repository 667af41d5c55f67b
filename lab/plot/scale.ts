/*
 * Where a value lies along an axis: linear, or by its logarithm where the values span much; and a number as the markup
 * has it, rounded so that the same rows give the same bytes on any machine.
 */

/** From a value to a place. */
export type Scale = (value: number) => number;

/** An axis from `from` to `to`, for values from the least to the most. */
export function scaleFor(values: readonly number[], [from, to]: readonly [number, number]): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isLogarithmic = isWide(values);
  const measure = (value: number) => (isLogarithmic ? Math.log(value) : value);
  const span = measure(most) - measure(least);
  return (value) => (span === 0 ? (from + to) / 2 : from + ((measure(value) - measure(least)) / span) * (to - from));
}

/** Values between the least and the most, evenly spread over the axis, both ends included. */
export function alongAxis(values: readonly number[], count: number): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least === most) return [least];
  return Array.from({ length: count + 1 }, (_, index) => {
    const share = index / count;
    return isWide(values) ? least * (most / least) ** share : least + (most - least) * share;
  });
}

/** A number of pixels. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function isWide(values: readonly number[]): boolean {
  return Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 10;
}
