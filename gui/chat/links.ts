/*
 * Where a text has web addresses. Only http: and https:, only what a browser reads as an address, and never a character
 * that turns the reading direction, so that what is shown is where it leads.
 */

/** A piece of a text: plain, or an address. */
export interface Piece {
  readonly text: string;
  /** Where it leads. */
  readonly href?: string;
}

const ADDRESS = /https?:\/\/[^\s<>"'`\p{C}]+/giu;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?…)\]}»”’]+$/u;
/** Longer texts are not searched beyond this, in UTF-16 units. */
const SEARCHED = 10_000;

/** Cuts a text into plain pieces and addresses; together they are the text. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.slice(0, SEARCHED).matchAll(ADDRESS)) {
    const address = trimmed(found);
    const href = hrefOf(address);
    if (href === undefined) continue;
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ text: address, href });
    from = index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** Without the punctuation behind it; a bracket that it opened itself stays. */
function trimmed(found: string): string {
  const bare = found.replace(TRAILING, '');
  const next = found.charAt(bare.length);
  return next === ')' && bare.includes('(') ? `${bare})` : bare;
}

function hrefOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href, username } = new URL(address);
  // https://bank.example@evil.example leads to the second
  return (protocol === 'http:' || protocol === 'https:') && username === '' ? href : undefined;
}
