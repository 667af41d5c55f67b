/*
 * Runs of a connection as taps see them, by hand and at fixed times: the same but for the password and the token. For
 * the tests of what a recorder lets out.
 */
import type { DatagramTapEvent, Tap } from '../../../lib/trace.js';
import { encodeFrame } from '../../../lib/wire/encode.js';
import type { Frame } from '../../../lib/wire/frames.js';
import { recorder } from '../../../tracer/record/index.js';
import type { TraceEvent } from '../../../tracer/trace/trace.js';
import { CLIENT, cookiePackets, openPacket, SERVER } from '../redact/packets.js';
import { textServer } from '../redact/text-door/text-server.js';

/** What is secret in a run. */
export interface Secrets {
  readonly password: string;
  readonly token: Uint8Array;
}

/** Records what a run shows. */
export function record(run: (tap: Tap, secrets: Secrets) => void, secrets: Secrets, showSecrets = false): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  const recording = recorder({
    ...{ title: 'a run', source: 'taps', madeBy: 'a test', startedAtMs: 1000, showSecrets },
    sink: { event: (event) => void events.push(event) },
  });
  run(recording.tap({ name: 'server', role: 'server' }), secrets);
  recording.flush();
  return events;
}

const text = (words: string) => new TextEncoder().encode(words);

function stream(tap: Tap): { say(direction: 'sent' | 'received', bytes: Uint8Array): void; close(): void } {
  let at = 1000;
  const tell = (what: Parameters<Tap['event']>[0] & { layer: 'transport' } extends { what: infer What } ? What : never) => {
    at += 1;
    tap.event({ layer: 'transport', at, connection: 'tcp-1', what });
  };
  tell({ name: 'accepted', local: 'tcp://127.0.0.1:4000', remote: 'tcp://127.0.0.1:5000' });
  return {
    say: (direction, bytes) => tell({ name: 'bytes', direction, bytes }),
    close() {
      tell({ name: 'end', direction: 'received' });
      tell({ name: 'closed', by: 'remote' });
    },
  };
}

/** Frames of a client that joins, and of the server. */
function frames({ password, token }: Secrets): readonly (readonly ['sent' | 'received', Frame])[] {
  return [
    ['sent', { type: 'PROMPT', id: 1, question: 'menu', text: 'Hello', options: ['a', 'b'] }],
    ['received', { type: 'HELLO', magic: 0x43484154, version: 1, token, lastSequence: 3 }],
    ['received', { type: 'ANSWER', id: 1, question: 'menu', value: '2' }],
    ['received', { type: 'ANSWER', id: 3, question: 'password', value: password }],
    ['sent', { type: 'JOINED', group: '8888', name: 'Bar', members: 1, nextSequence: 1, token, resumed: 'no' }],
    ['received', { type: 'SAY', id: 1, text: 'hi' }],
  ];
}

/** Frames over TCP, a chunk each. */
export function framed(tap: Tap, secrets: Secrets): void {
  const { say, close } = stream(tap);
  for (const [direction, frame] of frames(secrets)) say(direction, encodeFrame(frame));
  close();
}

/** Frames over TCP, each cut at a place. */
export function framedInTwo(place: number): (tap: Tap, secrets: Secrets) => void {
  return (tap, secrets) => {
    const { say, close } = stream(tap);
    for (const [direction, frame] of frames(secrets)) {
      const bytes = encodeFrame(frame);
      say(direction, bytes.subarray(0, place));
      say(direction, bytes.subarray(place));
    }
    close();
  };
}

/** The plain-text door, letter by letter or line by line; the password once at a wrong prompt, too. */
export function typed(how: 'letters' | 'lines' | 'at once'): (tap: Tap, secrets: Secrets) => void {
  return typedInParts((all) => (how === 'letters' ? [...all] : how === 'lines' ? (all.match(/.*\n/g) ?? []) : [all]));
}

/** The same, in two pieces. */
export function typedInTwo(place: number): (tap: Tap, secrets: Secrets) => void {
  return typedInParts((all) => [all.slice(0, place), all.slice(place)]);
}

function typedInParts(partsOf: (all: string) => readonly string[]): (tap: Tap, secrets: Secrets) => void {
  return (tap, { password }) => {
    const { say, close } = stream(tap);
    const server = textServer(password, 'lounge');
    for (const answer of server.take(new Uint8Array(0))) say('sent', answer);
    const all = `/${password}\n1\nBar\n${password}\n${password}\nlounge\n${password}\nhi\n`;
    for (const part of partsOf(all)) {
      say('received', text(part));
      for (const answer of server.take(text(part))) say('sent', answer);
    }
    close();
  };
}

/** Frames over UDP, with a cookie, a segment that is late, one that comes twice, and a datagram that is spoiled. */
export function datagrams(tap: Tap, secrets: Secrets): void {
  tellDatagrams(tap, secrets, (bytes) => [bytes]);
}

/** The same, with each frame in two segments of one datagram. */
export function datagramsInTwo(place: number): (tap: Tap, secrets: Secrets) => void {
  return (tap, secrets) => tellDatagrams(tap, secrets, (bytes) => [bytes.subarray(0, place), bytes.subarray(place)]);
}

function tellDatagrams(tap: Tap, secrets: Secrets, cut: (frame: Uint8Array) => readonly Uint8Array[]): void {
  const about = { layer: 'datagram', local: 'udp://127.0.0.1:4000', remote: 'udp://127.0.0.1:5000' } as const;
  let at = 1000;
  const tell = (
    event: Pick<DatagramTapEvent, 'direction' | 'bytes' | 'fate' | 'again' | 'spoiled'>,
    connection: string | undefined = 'udp-1',
  ) => {
    at += 1;
    tap.event({ ...about, at, ...(connection !== undefined && { connection }), ...event });
  };
  const { cookie, connect } = cookiePackets(secrets.token);
  tap.event({ ...about, at, direction: 'sent', bytes: cookie });
  tell({ direction: 'received', bytes: connect });
  const what = { name: 'accepted', local: about.local, remote: about.remote } as const;
  tap.event({ layer: 'transport', at, connection: 'udp-1', what });
  const numbers = { sent: 0, received: 0 };
  const packets = frames(secrets).map(([direction, frame], i) => {
    const segments = cut(encodeFrame(frame)).filter(({ length }) => length > 0);
    const data = segments.map((piece) => ({ type: 'DATA', segment: numbers[direction]++, data: piece }) as const);
    return { direction, bytes: openPacket(direction === 'sent' ? CLIENT : SERVER, i + 1, data) } as const;
  });
  const [menu, hello, choice, password, joined, message] = packets as [(typeof packets)[0], ...typeof packets] & typeof packets;
  for (const packet of [menu, password, choice, hello, password, joined, message]) if (packet) tell(packet);
  if (joined) tell({ ...joined, fate: 'lost', again: [{ segment: 1, cause: 'probe' }] });
  if (joined) tell({ ...joined, fate: 'corrupted', spoiled: joined.bytes.map((byte) => byte ^ 1) });
  if (password) tell({ ...password, fate: 'malformed' });
  tap.event({ layer: 'transport', at: at + 1, connection: 'udp-1', what: { name: 'closed', by: 'remote' } });
}
