/*
 * What the states of a TCP socket say (RFC 9293, section 3.3.2), and the figures beside them.
 */
import { cleanLine } from '../../lib/wire/clean.js';
import type { SocketEvent } from '../trace/trace.js';

const STATES: Readonly<Record<string, string>> = {
  'SYN-SENT': 'The SYN is out, and nothing has come back yet.',
  'SYN-RECEIVED': 'A SYN came and was answered; the third of the handshake is missing.',
  ESTABLISHED: 'The handshake is over at this end: data may go both ways.',
  'FIN-WAIT-1': 'This end has sent its FIN, and nobody has acknowledged it yet.',
  'FIN-WAIT-2': 'The FIN of this end is acknowledged; the other end may still send.',
  'CLOSE-WAIT': 'The other end has sent its FIN; the program here has not closed yet.',
  'LAST-ACK': 'Both have sent a FIN; the acknowledgement of the second one is missing.',
  CLOSING: 'Both have sent a FIN at the same time.',
  'TIME-WAIT':
    'All is done. Whoever closed first keeps the addresses for a while, so that late packets find nobody new, and a lost last ACK can be sent again.',
};

/** The kernel's answer, told. */
export function socketSaid({ state, cwnd, rttMs, rtoMs }: SocketEvent): {
  readonly label: string;
  readonly words: string;
  readonly why: string;
} {
  const figures = [
    cwnd === undefined ? '' : `cwnd ${cwnd}`,
    rttMs === undefined ? '' : `rtt ${rttMs} ms`,
    rtoMs === undefined ? '' : `rto ${rtoMs} ms`,
  ];
  const why = Object.hasOwn(STATES, state) ? (STATES[state] as string) : 'A state that this version does not know.';
  const measured =
    cwnd === undefined ? '' : ' cwnd is how many segments may be under way, rto how long an ACK is waited for (RFC 5681, RFC 6298).';
  return { label: cleanLine(state), words: figures.filter((text) => text !== '').join(', '), why: why + measured };
}
