/*
 * What somebody has said, as text and nothing else; its addresses are links. A very long one is folded.
 */
import { useSignal } from '@preact/signals';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import { piecesOf } from './links.js';

/** Beyond this a message is folded. */
const FOLDED = { characters: 2_000, lines: 20 } as const;

/** A message's text. */
export function SaidText({ text }: { readonly text: string }) {
  const isOpen = useSignal(false);
  const isLong = text.length > FOLDED.characters || text.split('\n', FOLDED.lines + 1).length > FOLDED.lines;
  return (
    <>
      <p class={isLong && !isOpen.value ? 'said said-folded' : 'said'} dir="auto">
        {piecesOf(text).map(({ text: piece, href }, i) =>
          href === undefined ? (
            piece
          ) : (
            <a key={i} href={href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
              {piece}
            </a>
          ),
        )}
      </p>
      {isLong && !isOpen.value && (
        <Button
          look="quiet"
          class="said-more"
          onClick={() => {
            isOpen.value = true;
          }}
        >
          {strings.chat.showAll}
        </Button>
      )}
    </>
  );
}
