/*
 * Datagrams without a number (SYN, COOKIE, RST): which of those that were seen elsewhere one is, and whether the network
 * has made it. They are known by what they say. Every COOKIE has a random ID, so its like is a copy; a SYN or an RST is
 * sent again in the same bytes, so its like is a copy only if it arrives and nobody has sent one more.
 */
import type { ArrowDraft, Flow, PacketContent, Station } from './model.js';
import { type PacketHead, packetHead } from './packet-head.js';

/** A client waits 250 ms before it sends a second SYN (transports/udp/engine/dialling.ts); one that comes in half the time is a copy. */
const TOO_SOON_NS = 125e6;

/** Where it was seen before, if somebody looks there. */
const BEFORE: Readonly<Record<Station, readonly Station[]>> = {
  sentAt: [],
  inAt: ['sentAt'],
  outAt: ['sentAt', 'inAt'],
  receivedAt: ['sentAt', 'inAt', 'outAt'],
};

/** What such a datagram says, as a key; empty if it cannot be read. */
export function saying(head: PacketHead | undefined): string {
  return head ? `${head.type} ${head.flags} ${head.destination} ${head.given}` : '';
}

/** Of those that say the same, the oldest that was not seen there and may be. */
export function unnumberedOne(flow: Flow, head: PacketHead | undefined, station: Station): ArrowDraft | undefined {
  if (station === 'sentAt') return undefined; // every sending is one of its own
  const said = saying(head);
  return flow.unnumbered.find((draft) => draft[station] === undefined && isOnItsWay(draft, station) && sayingOf(draft) === said);
}

/** Whether it is one that was seen there already, once more. */
export function isUnnumberedCopy(flow: Flow, head: PacketHead | undefined, station: Station, at: number): boolean {
  if (!head || station === 'sentAt') return false;
  const said = saying(head);
  const like = flow.unnumbered.findLast((draft) => sayingOf(draft) === said) ?? flow.toldUnnumbered.get(said);
  const seenAt = like?.[station];
  if (!like || seenAt === undefined) return false;
  const isSeenBefore = BEFORE[station].some((before) => like[before] !== undefined);
  return isSeenBefore || head.type === 'COOKIE' || (head.type === 'SYN' && at - seenAt < TOO_SOON_NS);
}

/** What was lost or spoilt behind one place does not come to the next. What cannot be read, a proxy passes on all the same. */
function isOnItsWay({ fate }: ArrowDraft, station: Station): boolean {
  return station === 'outAt' || (fate !== 'lost' && fate !== 'corrupted');
}

function sayingOf({ content }: ArrowDraft): string {
  return saying(packetHead((content as PacketContent).bytes));
}
