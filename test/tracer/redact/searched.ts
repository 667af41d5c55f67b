/*
 * Looks for a secret in whatever a trace holds: in texts, in bytes, and in the forms that a file may give to bytes.
 */

/** Every place where a secret is, in words; none is good. */
export function findings(trace: readonly unknown[], secret: string | Uint8Array): string[] {
  const raw = typeof secret === 'string' ? Buffer.from(secret) : Buffer.from(secret);
  const forms = [raw.toString('latin1'), raw.toString('hex'), ...base64Forms(raw)];
  const found: string[] = [];
  const bytes: Uint8Array[] = [];
  const look = (value: unknown, where: string): void => {
    if (value instanceof Uint8Array) {
      bytes.push(value);
      for (const form of [value, new Uint8Array(value.buffer)]) if (Buffer.from(form).includes(raw)) found.push(`${where}: bytes`);
    } else if (typeof value === 'string') {
      for (const form of forms) if (Buffer.from(value).toString('latin1').includes(form)) found.push(`${where}: ${value}`);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) if (!PLACES.has(key)) look(each, `${where}.${key}`);
    }
  };
  trace.forEach((event, i) => {
    look(event, `${i}`);
  });
  if (Buffer.concat(bytes).includes(raw)) found.push('bytes of events, one after the other');
  return found;
}

/** Where the system chooses the digits: ports and times. */
const PLACES = new Set(['local', 'remote', 'at', 'time', 'connection']);

/** How bytes look in base64, wherever they begin in it. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(before === 0 ? 0 : before + 1, bytes.length % 3 === 0 && before === 0 ? undefined : -1);
  });
}
