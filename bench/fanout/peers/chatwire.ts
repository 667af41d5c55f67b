/*
 * Chatwire itself, over TCP, with everything it does for a real chat: numbered and acknowledged messages, a log with a history,
 * limits, the whole dialogue of the join (pipelined into one round trip). Left out is what the other peers have nothing of:
 * the password hash (it answers at once), and the limits that this load would hit.
 */
import { type Address, ChatServer, type Host, MemoryGroupLog, type ServerLimits } from '../../../lib/index.js';
import { encodeFrame, FRAMES, HEADER_BYTES, MAGIC, PROTOCOL_VERSION } from '../../../lib/wire/index.js';
import { node } from '../../../transports/node.js';
import type { Peer, PeerServer, Wire } from '../peer.js';

const record = { scheme: 'none', salt: new Uint8Array(0), hash: new Uint8Array(0) };
const passwords = { hash: () => Promise.resolve(record), verify: () => Promise.resolve(true) };

/** What differs from the fan-out's own server. */
interface Serving {
  readonly host?: Host;
  readonly at?: Address;
  /** Where its plain-text door is; without it there is none. */
  readonly linesAt?: Address;
  /** Limits; those that this load would hit are lifted unless they are given. */
  readonly limits?: Partial<ServerLimits>;
}

/** Starts the server. */
export async function serveChatwire(
  groupCount: number,
  { host = node, at = 'tcp://127.0.0.1:0', linesAt, limits = {} }: Serving = {},
): Promise<PeerServer> {
  const log = new MemoryGroupLog({ randomBytes: node.randomBytes });
  const groups: string[] = [];
  while (groups.length < groupCount) log.create(record, (group) => groups.push(group as string));
  const lifted = { messagesPerSecond: Number.POSITIVE_INFINITY, maxConnectionsPerSource: 1e6, helloTimeoutMs: 1e9, dialogueTimeoutMs: 1e9 };
  const server = new ChatServer({ ...host, passwords }, { ...lifted, ...limits, log });
  const portOf = (address: Address) => Number(new URL(address).port);
  const port = portOf(await server.listen(at));
  const lines = linesAt ? { linePort: portOf(await server.listen(linesAt)) } : {};
  return { port, ...lines, groups, close: () => void server.close({ graceMs: 0 }) };
}

const JOINED = FRAMES.JOINED.code;
const MESSAGE = FRAMES.MESSAGE.code;

const frameLength = (bytes: Buffer, at: number) => HEADER_BYTES + ((bytes[at + 2] as number) << 8) + (bytes[at + 3] as number);

export const wire: Wire = {
  opening: (group, name) =>
    Buffer.concat([
      encodeFrame({ type: 'HELLO', magic: MAGIC, version: PROTOCOL_VERSION, token: new Uint8Array(0), lastSequence: 0 }),
      encodeFrame({ type: 'ANSWER', id: 1, question: 'menu', value: '1' }),
      encodeFrame({ type: 'ANSWER', id: 2, question: 'name', value: name }),
      encodeFrame({ type: 'ANSWER', id: 3, question: 'group', value: group }),
      encodeFrame({ type: 'ANSWER', id: 4, question: 'password', value: '1234' }),
    ]),
  joinStep(bytes) {
    if (bytes.length < HEADER_BYTES || bytes.length < frameLength(bytes, 0)) return undefined;
    return { consumed: frameLength(bytes, 0), joined: bytes[0] === JOINED };
  },
  say: (text) => Buffer.from(encodeFrame({ type: 'SAY', id: 0, text: text.toString('latin1') })),
  number(frames, first) {
    for (let at = 0, id = first; at < frames.length; at += frameLength(frames, at)) frames.writeUInt32BE(id++, at + HEADER_BYTES);
  },
  frameAt(bytes, at, end) {
    if (end - at < HEADER_BYTES) return 0;
    const length = frameLength(bytes, at);
    return bytes[at] === MESSAGE ? length : -length;
  },
  bytesAfterText: 0,
};

export const peer: Peer = {
  note: 'chatwire over tcp:, hashing excluded, no limit of messages per second; everything else as it is',
  serve: (groupCount) => serveChatwire(groupCount),
  wire,
};
