/*
 * Bytes between quotes, as strace prints them: escapes of C, octal numbers for whatever is no ASCII.
 */

/** What stands between quotes. */
export interface QuotedBytes {
  readonly bytes: Uint8Array;
  /** There were more than strace was told to print. */
  readonly cut: boolean;
}

const NAMED: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, a: 7, b: 8, e: 27 };

/** Reads the first quoted text in an argument; nothing if there is none. */
export function quotedBytes(text: string): QuotedBytes | undefined {
  const [, inside, dots] = /"((?:[^"\\]|\\.)*)"(\.\.\.)?/s.exec(text) ?? [];
  if (inside === undefined) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] !== '\\') {
      bytes.push(inside.charCodeAt(at) & 0xff);
      continue;
    }
    at += 1;
    const [octal] = /^[0-7]{1,3}/.exec(inside.slice(at, at + 3)) ?? [];
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8) & 0xff);
      at += octal.length - 1;
    } else {
      const sign = inside[at] ?? '';
      bytes.push(NAMED[sign] ?? sign.charCodeAt(0) & 0xff);
    }
  }
  return { bytes: Uint8Array.from(bytes), cut: dots !== undefined };
}
