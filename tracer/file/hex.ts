/*
 * Bytes as hex text, as they stand in a trace file. No Buffer: a browser reads these files, too.
 */

const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Writes bytes as lower-case hex digits. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += PAIRS[byte];
  return text;
}

/** Short ones lie side by side in blocks of so many bytes: a file has a hundred thousand of them, and each block of its own is costly. */
const BLOCK_BYTES = 64 * 1024;
let block = new ArrayBuffer(0);
let used = 0;

function room(length: number): Uint8Array {
  if (length > BLOCK_BYTES / 8) return new Uint8Array(length);
  if (used + length > block.byteLength) {
    block = new ArrayBuffer(BLOCK_BYTES);
    used = 0;
  }
  used += length;
  return new Uint8Array(block, used - length, length);
}

/** Reads hex digits; nothing if the text has anything else in it, or half a byte. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined;
  const bytes = room(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const [high, low] = [digit(text.charCodeAt(2 * i)), digit(text.charCodeAt(2 * i + 1))];
    if (high < 0 || low < 0) return undefined;
    bytes[i] = (high << 4) | low;
  }
  return bytes;
}

function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
