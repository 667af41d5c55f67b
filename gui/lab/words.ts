/*
 * Packets and events in words: on the picture, in the lists, and for those who hear the page.
 */
import type { RunEvent, RunPacket } from '../../lab/run/index.js';
import { strings } from '../strings.js';

const { lab } = strings;

/** A packet: `DATA 5`, `ACK 6`, `SYN`. */
export function nameOf({ type, frames }: RunPacket): string {
  if (type === 'SYN' || type === 'COOKIE' || type === 'RST') return type;
  const parts = frames.map(({ type: frame, segment, next }) => [frame, segment ?? next].filter((part) => part !== undefined).join(' '));
  return type === 'CONNECT' ? ['CONNECT', ...parts.filter((part) => part !== 'PING')].join(' + ') : parts.join(' + ');
}

/** The same where there is little room: `5`, `A6`, `SYN`. */
export function shortNameOf(packet: RunPacket): string {
  const { type, frames } = packet;
  if (type !== 'OPEN') return type;
  const segments = frames.filter(({ segment }) => segment !== undefined);
  if (segments.length > 0) return segments.map(({ type: frame, segment }) => (frame === 'FIN' ? frame : segment)).join('+');
  const [frame] = frames;
  return frame?.type === 'ACK' ? `A${frame.next}` : (frame?.type ?? '');
}

/** An event as a sentence. */
export function sentenceOf(event: RunEvent): string {
  if (event.type === 'timer') return lab.event.timer(lab.actors[event.side], lab.timers[event.timer]);
  const { packet } = event;
  const what = nameOf(packet);
  switch (event.type) {
    case 'sent':
      return lab.event.sent(lab.actors[packet.from], what, whyAgain(packet));
    case 'arrived':
      return lab.event.arrived(packet.to, what);
    case 'lost':
    case 'overflow':
    case 'kill':
      return lab.event[event.type](what);
    case 'delay':
    case 'copy':
      return lab.event[event.type](what, lab.ms(event.byMs));
  }
}

function whyAgain({ again }: RunPacket): string {
  const [first] = again;
  if (!first) return '';
  return lab.sentAgain(again.map(({ segment }) => segment).join(', '), lab.again[first.cause]);
}
