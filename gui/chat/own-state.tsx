/*
 * What has become of a message of one's own.
 */

/** The state as a mark and a word; where there is little room the mark is all that is seen. */
export function OwnState({ mark, word }: { readonly mark: string; readonly word: string }) {
  return (
    <span class="own-state">
      <span aria-hidden="true">{mark}</span> <span class="own-state-word">{word}</span>
    </span>
  );
}
