/*
 * Why a system call is made, and how one can tell whether it blocked.
 */
import type { CallEvent } from '../trace/trace.js';

const REASONS: Readonly<Record<string, string>> = {
  getaddrinfo: 'The name is turned into addresses. There is no form of this call that does not block.',
  socket: 'The program asks the kernel for a socket; SOCK_NONBLOCK makes its calls come back at once.',
  bind: 'The socket gets its local address; port 0 lets the kernel choose one.',
  listen: 'From here on the kernel shakes hands by itself with whoever comes, and keeps them in the accept queue.',
  connect: 'The program asks for a connection; the kernel does the rest.',
  accept4: 'The program takes a connection out of the accept queue. Its handshake was over before.',
  accept: 'The program takes a connection out of the accept queue. Its handshake was over before.',
  epoll_ctl: 'The event loop tells the kernel what it wants to hear of this socket.',
  epoll_pwait: 'The event loop asks what is ready: here a program with many connections waits, once for all of them.',
  epoll_wait: 'The event loop asks what is ready: here a program with many connections waits, once for all of them.',
  read: 'The program takes what the kernel has received and acknowledged already; 0 is the end of the stream.',
  write: 'The program hands its bytes to the kernel’s send buffer; that they have arrived is not said by this.',
  writev: 'The program hands its bytes to the kernel’s send buffer; that they have arrived is not said by this.',
  sendmsg: 'One datagram is handed to the kernel.',
  recvmsg: 'One datagram is taken out of the receive buffer.',
  shutdown: 'SHUT_WR ends this direction: the kernel sends FIN behind the last byte, and reading goes on.',
  close: 'The descriptor is given back; if it was the last one of the socket, the kernel ends the connection.',
  getsockopt: 'SO_ERROR tells how a connect() in progress ended; other options are only looked at.',
};

/** Why it is made, and its verdict. */
export function whyCall({ name, verdict, because, worker = false, basis }: CallEvent): string {
  const reason = Object.hasOwn(REASONS, name) ? `${REASONS[name]} ` : '';
  const thread = worker ? ' It is made on a worker thread, so the event loop goes on meanwhile.' : '';
  const isLookup = worker && basis === 'inferred';
  if (isLookup) return `${reason}Verdict: ${verdict}; ${because}.${thread} Whose lookup it is was concluded from the order of dialling.`;
  const whose =
    basis === 'inferred' ? ' Whose socket it is was concluded from the order of connect() and accept(): it has no address.' : '';
  return `${reason}Verdict: ${verdict}; ${because}.${thread}${whose}`;
}
