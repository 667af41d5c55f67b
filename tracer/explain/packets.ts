/*
 * Why a packet of UDP-with-ack is sent (docs/udp.md tells the whole of it).
 */
import { ACK_NOW, type CloseCode, type Frame, type FrameOf, type Packet, REFUSED } from '../../transports/udp/wire/packets.js';
import type { ResendCause } from '../trace/trace.js';

/** What is known of a packet beside its bytes. */
export interface PacketStory {
  /** A SYN or a COOKIE that is not the first. */
  readonly again: boolean;
  /** A CONNECT with a cookie that nobody was given. */
  readonly madeUp?: boolean;
  /** Why it carries a segment that was sent before, and in which step that was first. */
  readonly cause: ResendCause | undefined;
  readonly firstStep: number | undefined;
  /** It is the answer that opens the connection at the client. */
  readonly opens: boolean;
}

/** The most telling reason of a packet. */
export function whyPacket(packet: Packet, story: PacketStory): string {
  switch (packet.type) {
    case 'SYN':
      return story.again
        ? 'No cookie came in time (250 ms, then twice as long each time, up to a second), so the client asks again; the server has kept nothing of the first SYN.'
        : 'The client asks for a cookie; padded to 1,200 bytes, so that nobody can use the server to amplify traffic at a third party.';
    case 'COOKIE':
      return story.again
        ? 'The server has kept no state, so every SYN gets a cookie of its own; the client uses the first that comes.'
        : 'The server answers with a random connection ID and a MAC over the address, both IDs, the parameters and the time, and keeps no state: a flood of SYNs from forged addresses costs it no memory.';
    case 'CONNECT':
      if (story.madeUp)
        return 'No COOKIE has offered this connection ID to this client, so the MAC cannot be right: the server makes no connection, and keeps nothing.';
      return story.cause
        ? repeated(story.cause, story.firstStep)
        : 'The client echoes the cookie and so proves that it receives at its address: only now does the server make a connection. Data may come along.';
    case 'RST':
      return (packet.flags & REFUSED) !== 0
        ? 'The server takes no connection now, or does not speak what the SYN asked for, and says so at once instead of leaving the client to its timer.'
        : 'There is no such connection here (any more), and RST tells the sender so, or it would repeat itself in vain. An RST is never answered.';
    case 'OPEN':
      return whyOpen(packet.frames, packet.flags, story);
  }
}

/** Why a packet comes twice, and what becomes of the second. */
export function whyCopy({ type }: Packet): string {
  const twice = 'The network delivered it twice; ';
  if (type === 'SYN') return `${twice}the server keeps nothing of a SYN, so it answers the copy like the first.`;
  if (type === 'COOKIE') return `${twice}the client uses the first cookie that comes, and drops the copy.`;
  return `${twice}the receiver knows the packet number, or the state it is in, and drops the copy.`;
}

function whyOpen(frames: readonly Frame[], flags: number, { cause, firstStep, opens }: PacketStory): string {
  const close = find(frames, 'CLOSE');
  if (close) return WHY_CLOSE[close.code];
  if (find(frames, 'PATH_CHALLENGE')) {
    return 'A packet of this connection came from another address, as when a NAT gives its client a new port. Nothing moves there before whoever is there has shown that it is the peer.';
  }
  if (find(frames, 'PATH_RESPONSE')) return 'The token, echoed: who asked may send here from now on.';
  if (find(frames, 'PADDING')) {
    return 'A probe of the way: PING asks for an ACK, and zeros make the datagram larger than those before. If it is acknowledged, datagrams may be as large from now on; if three in a row are lost, that was too large. The loss of a probe is not taken for congestion, and nothing in it has to go again (RFC 8899).';
  }
  if (opens) return 'The first answer to CONNECT: its ACK tells the client that the connection stands at both ends.';
  if (cause) return repeated(cause, firstStep);
  const data = frames.filter(({ type }) => type === 'DATA').length;
  if (find(frames, 'FIN'))
    return 'This end has said all. FIN takes a segment number like data, so it is acknowledged, and repeated, like data.';
  const ack = find(frames, 'ACK');
  if (data > 0) return whyData(data, ack !== undefined);
  if (find(frames, 'PING')) {
    return (flags & ACK_NOW) !== 0
      ? 'There is nothing new to send, but the sender has to know whether the peer is there and what has arrived: PING asks for an ACK at once.'
      : 'PING asks for an ACK, as a sign of life.';
  }
  return ack ? whyAck(ack) : 'An empty packet.';
}

function whyData(segments: number, withAck: boolean): string {
  const what = segments === 1 ? 'A segment' : `${segments} segments in one datagram, which cost one system call instead of ${segments}`;
  const kept = segments === 1 ? 'it' : 'they';
  return withAck
    ? `${what}; an ACK for the other direction travels along (piggybacking), and the sender keeps what it sent until that is acknowledged, too.`
    : `${what} of the stream; ${kept === 'it' ? 'its' : 'their'} sender keeps ${kept === 'it' ? 'it' : 'them'} until an ACK comes.`;
}

function whyAck({ next, ranges, credit }: FrameOf<'ACK'>): string {
  const gap =
    ranges.length > 1
      ? ' The ranges of packet numbers show the gap (selective acknowledgement), so only what is missing is sent again.'
      : '';
  return `Everything before segment ${next} has arrived (cumulative ACK), and segments before ${credit} may be sent (flow control by credit).${gap}`;
}

function repeated(cause: ResendCause, firstStep: number | undefined): string {
  const first = firstStep === undefined ? 'sent before' : `first sent in step ${firstStep}`;
  switch (cause) {
    case 'timeout':
      return `The retransmission timer ran out (RFC 6298), so what was ${first} goes again: the same segment number in a new packet.`;
    case 'probe':
      return `No ACK at all has come for one probe timeout (RFC 9002, section 6.2), so the oldest unacknowledged data, ${first}, goes again and asks for an ACK.`;
    case 'fast':
      return `ACKs of later packets show the gap, so the segment that was ${first} goes again at once, without waiting for a timer (fast retransmit).`;
    case 'bundled':
      return `There was room in this datagram, so it also brings what was ${first} and is not acknowledged yet: if that was lost, it arrives a round trip earlier.`;
  }
}

const WHY_CLOSE: Readonly<Record<CloseCode, string>> = {
  done: 'Both directions are complete and acknowledged: each end says CLOSE until it has heard the other say it, so neither is left waiting.',
  aborted: 'This end drops the connection now, in both directions, and repeats that until the peer has heard it: the peer sees a reset.',
  protocol: 'The peer broke a rule of the protocol; the connection is of no use any more.',
  exhausted: 'Numbers never wrap: the connection has used up its own and is closed before one would come twice.',
  timeout: 'Nothing was heard for too long, so the connection is given up.',
};

function find<T extends Frame['type']>(frames: readonly Frame[], type: T): FrameOf<T> | undefined {
  return frames.find((frame) => frame.type === type) as FrameOf<T> | undefined;
}
