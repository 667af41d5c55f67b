/*
 * The bytes of a step taken apart: a packet with its frames, and the chat's frames inside its DATA; a chunk of a stream
 * with its frames; one frame. What cannot be read is left as bytes, with the sentence that says why.
 */
import { type DissectedField, dissect } from '../../lib/wire/dissect.js';
import { ProtocolError } from '../../lib/wire/protocol-error.js';
import { PacketError } from '../../transports/udp/wire/decode.js';
import { dissectPacket } from '../../transports/udp/wire/dissect.js';
import type { ArrowStep, JoinedConnection } from '../join/story.js';

/** What was found in the bytes of a step. */
export interface Inspection {
  readonly fields: readonly DissectedField[];
  /** Why not everything could be read. */
  readonly problem?: string;
}

type Peer = 'client' | 'server';

/** Takes a step's bytes apart. The connection tells who sends and which codec it is; without it, that is guessed. */
export function inspectStep({ bytes, from, label }: ArrowStep, connection?: JoinedConnection): Inspection {
  if (bytes.length === 0) return { fields: [] };
  const peers: readonly Peer[] = connection ? [connection.client === from ? 'client' : 'server'] : ['client', 'server'];
  if (label === 'LINE' || connection?.codec === 'text') return isPacket(bytes) ? inspectPacket(bytes, []) : { fields: [textField(bytes)] };
  return isPacket(bytes) ? inspectPacket(bytes, peers) : inspectStream(bytes, peers);
}

/** No frame of the chat begins like a packet: the codes of frames end where the versions of packets begin. */
function isPacket(bytes: Uint8Array): boolean {
  try {
    return dissectPacket(bytes).length > 0;
  } catch {
    return false;
  }
}

function inspectPacket(bytes: Uint8Array, peers: readonly Peer[]): Inspection {
  const { fields } = dissectPacket(bytes);
  return { fields: fields.map((field) => (field.name === 'DATA' ? withFrames(field, bytes, peers) : field)) };
}

/** A DATA with what its bytes hold. */
function withFrames(data: DissectedField, bytes: Uint8Array, peers: readonly Peer[]): DissectedField {
  const parts = data.parts?.map((part) => {
    if (part.name !== 'data') return part;
    const start = part.offset + 2;
    const end = part.offset + part.length;
    const { fields } = framesIn(bytes.subarray(0, end), start, peers);
    return fields.some(({ parts: found }) => found) ? { ...part, parts: fields } : part;
  });
  return parts ? { ...data, parts } : data;
}

function inspectStream(bytes: Uint8Array, peers: readonly Peer[]): Inspection {
  const found = framesIn(bytes, 0, peers);
  const [only] = found.fields;
  return found.fields.length === 1 && only?.parts ? { fields: only.parts } : found;
}

/** The frames of a piece of a stream, as far as they are whole; what is left stands as bytes. */
function framesIn(bytes: Uint8Array, start: number, peers: readonly Peer[]): Inspection {
  const fields: DissectedField[] = [];
  let problem: string | undefined;
  let at = start;
  while (at < bytes.length) {
    const frame = frameAt(bytes, at, peers);
    if (typeof frame === 'string') problem = frame;
    if (typeof frame !== 'object') break;
    fields.push(frame);
    at += frame.length;
  }
  if (at < bytes.length) fields.push(rest(bytes, at));
  return { fields, ...(problem !== undefined && { problem }) };
}

/** A frame; nothing if it is not whole; a sentence if it is none. */
function frameAt(bytes: Uint8Array, at: number, peers: readonly Peer[]): DissectedField | string | undefined {
  let problem: string | undefined;
  for (const peer of peers) {
    try {
      const found = dissect(bytes, peer, at);
      if (!found) return undefined;
      const parts = found.fields.map((field) => moved(field, at));
      return {
        name: found.type,
        offset: at,
        length: found.length,
        value: undefined,
        secret: false,
        doc: `a frame from the ${peer}`,
        parts,
      };
    } catch (error) {
      if (!(error instanceof ProtocolError || error instanceof PacketError)) throw error;
      problem = error.message;
    }
  }
  return problem;
}

function moved(field: DissectedField, by: number): DissectedField {
  const parts = field.parts?.map((part) => moved(part, by));
  return { ...field, offset: field.offset + by, ...(parts && { parts }) };
}

function rest(bytes: Uint8Array, at: number): DissectedField {
  return { name: 'stream', offset: at, length: bytes.length - at, value: bytes.subarray(at), secret: false, doc: 'a part of a frame' };
}

function textField(bytes: Uint8Array): DissectedField {
  const value = new TextDecoder().decode(bytes).replace(/\r?\n$/, '');
  return { name: 'text', offset: 0, length: bytes.length, value, secret: false, doc: 'a line at the plain-text door' };
}
