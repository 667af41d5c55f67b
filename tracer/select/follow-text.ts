/*
 * A dialogue as text, in the three forms in which `tshark -z follow` prints one: as ASCII, as a hex dump, as raw hex.
 * What the server said stands behind a tab. What is not plain ASCII is a dot, so nothing in it can reach a terminal.
 */
import type { Dialogue, Turn } from './follow.js';

/** The forms. */
export type FollowFormat = 'ascii' | 'hex' | 'raw';

const RULE = '='.repeat(67);
const BYTES_IN_LINE = 16;

/** The dialogue between the two lines that tshark draws, its head included. */
export function followText({ connection, turns }: Dialogue, format: FollowFormat = 'ascii'): string {
  const { id, scheme, clientAddress, serverAddress } = connection;
  const head = [`Follow: ${scheme},${format}`, `Connection: ${id}`, `Node 0: ${clientAddress}`, `Node 1: ${serverAddress}`];
  return [RULE, ...head, followBody(turns, format) + RULE, ''].join('\n');
}

/** What was said, and nothing around it: the lines that tshark prints below its head. */
export function followBody(turns: readonly Turn[], format: FollowFormat): string {
  const offsets = { client: 0, server: 0 };
  return turns
    .map(({ from, bytes }) => {
      const indent = from === 'server' ? '\t' : '';
      const offset = offsets[from];
      offsets[from] += bytes.length;
      if (format === 'raw') return `${indent}${hex(bytes)}\n`;
      if (format === 'hex') return hexDump(bytes, offset, indent);
      return `${indent}${bytes.length}\n${ascii(bytes)}\n`;
    })
    .join('');
}

/** Line breaks stay; a lone carriage return, which would have a terminal write over the line, does not. */
function ascii(bytes: Uint8Array): string {
  let text = '';
  for (const [i, byte] of bytes.entries()) {
    const stays = (byte >= 0x20 && byte < 0x7f) || byte === 10 || (byte === 13 && bytes[i + 1] === 10);
    text += stays ? String.fromCharCode(byte) : '.';
  }
  return text;
}

function hexDump(bytes: Uint8Array, offset: number, indent: string): string {
  let dump = '';
  for (let at = 0; at < bytes.length; at += BYTES_IN_LINE) {
    const line = bytes.subarray(at, at + BYTES_IN_LINE);
    const place = (offset + at).toString(16).toUpperCase().padStart(8, '0');
    const codes = halves(
      Array.from(line, (byte) => `${byte.toString(16).padStart(2, '0')} `),
      ' ',
    ).padEnd(49);
    const signs = halves(
      Array.from(line, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')),
      ' ',
    );
    dump += `${indent}${place}  ${codes} ${withoutLastBlank(signs)}\n`;
  }
  return dump;
}

/** Where the left half is full, the gap behind it is there, too. */
function halves(parts: readonly string[], gap: string): string {
  const half = BYTES_IN_LINE / 2;
  return parts.length < half ? parts.join('') : parts.slice(0, half).join('') + gap + parts.slice(half).join('');
}

/** One blank at the end of a row is not printed, in tshark either. */
function withoutLastBlank(signs: string): string {
  return signs.endsWith(' ') ? signs.slice(0, -1) : signs;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
