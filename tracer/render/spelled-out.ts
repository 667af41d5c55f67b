/*
 * Control characters in letters. Cleaned texts have them as pictures (lib/wire/clean.ts), which few fonts can show; where
 * that is so, they are written as everybody types them: `\n` for a line break, `^[` for ESC.
 */

const PICTURES = /[\u2400-\u2421\u2424]/g;

/** A text with its pictures of control characters spelled out. */
export function spelledOut(text: string): string {
  return text.replace(PICTURES, (picture) => {
    if (picture === '\u2424') return '\\n';
    return picture === '\u2421' ? '^?' : `^${String.fromCharCode(picture.charCodeAt(0) - 0x2400 + 0x40)}`;
  });
}
