/*
 * The smallest group-chat protocol that does the benchmark's work, shared by the two plain `node:net` peers and, as payload,
 * by ws: u16 length of what follows, u8 kind, payload. JOIN carries group and name and is answered by JOINED; SAY carries a
 * text, MESSAGE its sender and the text. No passwords, no limits, no order numbers: what Chatwire adds is not in here.
 */
import type { Wire } from '../peer.js';

export const kind = { join: 1, joined: 2, say: 3, message: 4 } as const;
export const headerBytes = 3;

/** One frame of the given kind. */
export function frame(frameKind: number, payload: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(headerBytes + payload.length);
  bytes.writeUInt16BE(1 + payload.length, 0);
  bytes[2] = frameKind;
  payload.copy(bytes, headerBytes);
  return bytes;
}

/** A short string with its length before it, then whatever follows. */
export function labelled(label: string, rest: Buffer): Buffer {
  const bytes = Buffer.from(label);
  return Buffer.concat([Buffer.from([bytes.length]), bytes, rest]);
}

/** Undoes `labelled`. */
export function readLabel(bytes: Buffer, at: number): { label: string; rest: Buffer } {
  const end = at + 1 + (bytes[at] ?? 0);
  return { label: bytes.toString('utf8', at + 1, end), rest: bytes.subarray(end) };
}

/** The MESSAGE that every other member gets for a text. */
export function messageFrame(senderLabel: Buffer, text: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(headerBytes + senderLabel.length + text.length);
  bytes.writeUInt16BE(1 + senderLabel.length + text.length, 0);
  bytes[2] = kind.message;
  senderLabel.copy(bytes, headerBytes);
  text.copy(bytes, headerBytes + senderLabel.length);
  return bytes;
}

/** Cuts a stream of chunks into frames and hands over each one's kind and payload. */
export function frameReader(onFrame: (frameKind: number, payload: Buffer) => void): (chunk: Buffer) => void {
  let pending: Buffer | undefined;
  return (chunk) => {
    const bytes = pending ? Buffer.concat([pending, chunk]) : chunk;
    let at = 0;
    while (at + 2 <= bytes.length) {
      const end = at + 2 + bytes.readUInt16BE(at);
      if (end > bytes.length) break;
      onFrame(bytes[at + 2] ?? 0, bytes.subarray(at + headerBytes, end));
      at = end;
    }
    pending = at < bytes.length ? bytes.subarray(at) : undefined;
  };
}

export const lengthFramedWire: Wire = {
  opening: (group, name) => frame(kind.join, labelled(group, Buffer.from(name))),
  joinStep: (bytes) => (bytes.length < headerBytes ? undefined : { consumed: headerBytes, joined: true }),
  say: (text) => frame(kind.say, text),
  frameAt(bytes, at, end) {
    if (end - at < headerBytes) return 0;
    const length = 2 + ((bytes[at] as number) << 8) + (bytes[at + 1] as number);
    return bytes[at + 2] === kind.message ? length : -length;
  },
  bytesAfterText: 0,
};
