/*
 * Makes a text from a peer fit for a terminal: nothing in it can move the cursor, change a colour or turn
 * the reading direction of what stands beside it. The chat carries texts as they are; whoever prints one
 * cleans it first.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
const UNFIT = /\r\n|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Replaces what a terminal would act upon: C0 controls by their pictures (ESC becomes ␛), line breaks of
 * every kind by \n, C1 and bidirectional controls by U+FFFD, tabs by a space.
 */
export function cleanText(text: string): string {
  return text.replace(UNFIT, replacement);
}

/** As cleanText, and a line break becomes ␤: for what must stay on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll('\n', '␤');
}

function replacement(found: string): string {
  if (found === '\r\n' || found === '\u2028' || found === '\u2029') return '\n';
  if (found === '\t') return ' ';
  const code = found.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
