/*
 * Why the kernels send a packet (RFC 9293).
 */
import type { TcpFlag } from '../trace/trace.js';

/** What the reason depends on. */
export interface KernelPacket {
  readonly label: string;
  readonly flags: readonly TcpFlag[] | undefined;
  readonly isData: boolean;
  readonly again: boolean;
  /** The last of the handshake. */
  readonly isThird: boolean;
}

/** Why it is sent. */
export function whyKernel({ label, flags, isData, again, isThird }: KernelPacket): string {
  if (!flags) return 'One datagram, one packet: UDP adds ports, a length and a checksum, and nothing else (RFC 768).';
  const why = whySegment(label, flags, isData, isThird);
  return again ? `${why} These numbers were on the way before: no acknowledgement came in time, or it is a probe.` : why;
}

function whySegment(label: string, flags: readonly TcpFlag[], isData: boolean, isThird: boolean): string {
  if (label === 'SYN')
    return 'connect(): the client’s kernel asks, and tells its initial sequence number (shown as 0) and what it can do in options (RFC 9293, section 3.5).';
  if (label === 'SYN-ACK')
    return 'The server’s kernel agrees by itself: ack 1, since a SYN counts as one byte. No program was asked; accept() comes later.';
  if (isThird)
    return 'The third of the handshake: from here on the client is ESTABLISHED, and a connect() that waits for it comes back. The connection stands in the server’s accept queue.';
  if (flags.includes('RST')) return 'The connection is dropped at once, or nobody listens there: nothing acknowledges a RST.';
  if (flags.includes('FIN'))
    return 'This end has no more bytes; a FIN counts as one byte, behind the last one, and is acknowledged like data (RFC 9293, section 3.6).';
  if (isData)
    return 'What a program wrote, cut to segments by the kernel; seq is the place of its first byte, and ack says how far the other direction has come.';
  return 'TCP acknowledges: ack is the next byte that it waits for, win how much more it has room for. It says nothing of whether a program has read it.';
}
