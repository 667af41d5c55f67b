/*
 * The assignment's Example 3, played by the two sessions themselves: as frames, drawn as a ladder, and as lines of
 * the plain-text door. Only the group is made up: client12 and client20 sit there already.
 */
import { ClientSession } from '../../lib/session/client-session.js';
import { ServerSession } from '../../lib/session/server-session.js';
import type { SessionOutput } from '../../lib/session/session-requests.js';
import { FrameDecoder } from '../../lib/wire/decode.js';
import { encodeFrame } from '../../lib/wire/encode.js';
import type { Frame, FrameOf, ServerFrame } from '../../lib/wire/frames.js';
import { MASK } from '../../lib/wire/mask.js';
import type { ServerSaying } from '../../lib/wire/saying.js';
import { lineToInput, textLines } from '../../lib/wire/text.js';
import { block } from './markdown.js';

const ANSWERS = ['1', 'Bar', '8888', '1234'] as const;
const SAID = 'Hi friends';
const OTHERS = [
  { sender: 'client12', text: 'Hello, how are you?' },
  { sender: 'client20', text: 'Welcome, new client.' },
] as const;

const WIDTH = 74;

/** The example as frames. */
export function ladder(): string {
  const steps: string[] = [];
  const client = new ClientSession(0, {
    observer: { frame: (direction, frame) => steps.push(arrow(direction === 'sent' ? 'right' : 'left', label(frame))) },
  });
  const decoder = new FrameDecoder('client');
  const server = new ServerSession({ expectsHello: true });
  const tell = (saying: ServerSaying) => [...client.receive(encodeFrame(saying as ServerFrame), 0)];
  const deliver = () => {
    decoder.push(client.takeBytes() ?? new Uint8Array(0));
    for (let frame = decoder.next(); frame; frame = decoder.next()) perform(server, server.receive(frame), tell);
  };

  const hello = steps.splice(0); // it crosses the menu on its way; the menu is drawn first
  perform(server, server.start(), tell);
  steps.push(...hello);
  deliver();
  for (const value of ANSWERS) {
    const { asked } = client;
    if (asked && asked.question !== 'none') client.answer({ question: asked.question, value });
    deliver();
  }
  client.say(SAID);
  deliver();
  for (const [i, { sender, text }] of OTHERS.entries()) tell({ type: 'MESSAGE', sequence: i + 2, time: 0, sender, text });

  const ends = `client${' '.repeat(WIDTH - 'client'.length - 'server'.length + 6)}server`;
  return block([ends, ...steps.map((step) => `   ${step}`)]);
}

/** The example as lines; those that the client types stand behind a `>`. */
export function textDialogue(): string {
  const lines: string[] = [];
  const server = new ServerSession({ expectsHello: false });
  const tell = (saying: ServerSaying) => lines.push(...textLines(saying).map((line) => `  ${line}`));
  perform(server, server.start(), tell);
  for (const [i, text] of [...ANSWERS, SAID].entries()) {
    lines.push(`> ${text}`);
    const input = lineToInput({ text }, server.asked, i);
    if (input) perform(server, server.receive(input), tell);
  }
  for (const [i, { sender, text }] of OTHERS.entries()) tell({ type: 'MESSAGE', sequence: i + 2, time: 0, sender, text });
  return block(lines);
}

/** What a server does for its session here: the password is right, the seat is free, the log takes everything. */
function perform(server: ServerSession, outputs: readonly SessionOutput[], tell: (saying: ServerSaying) => void): void {
  for (const output of outputs) {
    if (output.do === 'send') tell(output.saying);
    else if (output.do === 'verify') perform(server, server.settle({ type: 'verified' }), tell);
    else if (output.do === 'enter') perform(server, server.settle({ type: 'joined', frame: joined(output.group, output.name) }), tell);
    else if (output.do === 'say') tell({ type: 'ACCEPTED', id: output.id, sequence: 1 });
  }
}

function joined(group: string, name: string): FrameOf<'JOINED'> {
  return { type: 'JOINED', group, name, members: 3, nextSequence: 1, token: new Uint8Array(16), resumed: 'no' };
}

function label(frame: Frame): string {
  switch (frame.type) {
    case 'HELLO':
      return `HELLO, version ${frame.version}`;
    case 'PROMPT':
      return `PROMPT ${frame.id} ${frame.question}: "${frame.text}"`;
    case 'ANSWER':
      return `ANSWER ${frame.id} ${frame.question}: ${frame.question === 'password' ? MASK : `"${frame.value}"`}`;
    case 'JOINED':
      return `JOINED #${frame.group} as ${frame.name}, ${frame.members} members`;
    case 'SAY':
      return `SAY ${frame.id}: "${frame.text}"`;
    case 'ACCEPTED':
      return `ACCEPTED ${frame.id} as message ${frame.sequence}`;
    case 'MESSAGE':
      return `MESSAGE ${frame.sequence}, ${frame.sender}: "${frame.text}"`;
    default:
      return frame.type;
  }
}

/** A frame on its way. */
function arrow(way: 'left' | 'right', text: string): string {
  const room = WIDTH - text.length - 4;
  const line = way === 'right' ? `── ${text} ${'─'.repeat(room)}►` : `◄${'─'.repeat(room)} ${text} ──`;
  return `│${line}│`;
}
