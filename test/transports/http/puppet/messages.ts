/*
 * What a page and Node say to each other so that a test in the page can hold the listening end of a connection: the
 * connection is Node's and real, and the page pulls its strings through a WebSocket. A message is its kind, the number
 * of the connection, and bytes or JSON.
 */

/** The kinds of messages: from the page the calls of a Connection, from Node what it tells. */
export const KINDS = ['send', 'pause', 'resume', 'end', 'abort', 'subscribe', 'accepted', 'data', 'over', 'taken', 'closed'] as const;
/** A kind of message. */
export type Kind = (typeof KINDS)[number];

/** One message. */
export interface Message {
  readonly kind: Kind;
  readonly connection: number;
  readonly bytes: Uint8Array;
}

/** Writes one. */
export function write(kind: Kind, connection: number, content: Uint8Array | object = new Uint8Array(0)): Uint8Array<ArrayBuffer> {
  const bytes = content instanceof Uint8Array ? content : new TextEncoder().encode(JSON.stringify(content));
  const message = new Uint8Array(3 + bytes.length);
  message.set([KINDS.indexOf(kind), connection >> 8, connection & 0xff]);
  message.set(bytes, 3);
  return message;
}

/** Reads one. */
export function read(message: Uint8Array): Message {
  return {
    kind: KINDS[message[0] as number] as Kind,
    connection: ((message[1] as number) << 8) | (message[2] as number),
    bytes: message.subarray(3),
  };
}

/** The JSON in a message. */
export function json<T>({ bytes }: Message): T {
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}

/** An error as JSON. */
export interface Told {
  readonly code: string;
  readonly message: string;
  readonly by: 'local' | 'remote';
}
