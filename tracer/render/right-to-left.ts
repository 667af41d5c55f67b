/*
 * Where a text is written from right to left, so that a view can keep what stands beside it in its place.
 */

/** Letters of scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LEFT_TO_RIGHT = /\p{L}/u;

/** The runs of right-to-left writing in a text's characters: the first and the last of each. */
export function rightToLeftRuns(characters: readonly string[]): readonly (readonly [first: number, last: number])[] {
  const runs: (readonly [number, number])[] = [];
  let first = -1;
  let last = -1;
  for (const [i, character] of characters.entries()) {
    if (RIGHT_TO_LEFT.test(character)) {
      if (first < 0) first = i;
      last = i;
    } else if (first >= 0 && LEFT_TO_RIGHT.test(character)) {
      runs.push([first, last]);
      first = -1;
    }
  }
  if (first >= 0) runs.push([first, last]);
  return runs;
}
