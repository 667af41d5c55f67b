/*
 * Whether a socket call blocks: told from what a recording shows, the flags of its descriptor and its result, and
 * never from the name of the call. POSIX: a call on a descriptor with O_NONBLOCK that would have to wait fails with
 * EAGAIN, and connect() with EINPROGRESS, instead of waiting.
 */
import { descriptor, type SystemCall } from './strace-line.js';

/** What a call did with the thread that made it. */
export type Verdict = 'blocking' | 'non-blocking' | 'in progress' | 'would block' | 'never waits';

/** A call, and whether it blocks. */
export interface JudgedCall extends SystemCall {
  readonly verdict: Verdict;
  /** How one can tell, in a few words. */
  readonly because: string;
}

/** Calls that have nothing to wait for, whatever their descriptor is. */
const IMMEDIATE: Readonly<Record<string, string>> = {
  socket: 'makes a descriptor',
  bind: 'names the socket',
  listen: 'makes the queue of connections; the kernel does the handshakes',
  setsockopt: 'sets an option',
  getsockopt: 'reads an option',
  getsockname: 'reads the local address',
  getpeername: 'reads the remote address',
  epoll_ctl: 'changes what is watched',
  shutdown: 'queues a FIN behind the data',
  close: 'gives the descriptor back',
};
const WAITS = new Set(['epoll_wait', 'epoll_pwait']);

/** Judges the calls of one process, in their order. */
export function judge(calls: readonly SystemCall[]): JudgedCall[] {
  const nonBlocking = new Set<number>();
  const pending = new Set<number>();
  return calls.map((call): JudgedCall => {
    const { name, args, result, error } = call;
    const on = descriptor(args[0]);
    const judged = (verdict: Verdict, because: string): JudgedCall => ({ ...call, verdict, because });

    if ((name === 'socket' || name === 'accept4') && args.some((arg) => arg.includes('SOCK_NONBLOCK'))) {
      const made = descriptor(result);
      if (made !== undefined && error === undefined) nonBlocking.add(made);
    }
    if (WAITS.has(name)) return wait(call, judged);
    if (name === 'getsockopt' && on !== undefined && pending.delete(on)) {
      return judged('never waits', `asks how the connect() in progress ended: SO_ERROR is ${(args[3] ?? '').replace(/[[\]]/g, '')}`);
    }
    const immediate = IMMEDIATE[name];
    if (immediate !== undefined) return judged('never waits', immediate);
    if (error === 'EINPROGRESS') {
      if (on !== undefined) pending.add(on);
      return judged('in progress', 'the handshake goes on in the kernel; the call is back');
    }
    if (error === 'EAGAIN') return judged('would block', 'nothing there: EAGAIN instead of waiting');
    if (name === 'connect' && args[0]?.includes('<UDP'))
      return judged('never waits', 'sets the peer of a datagram socket; nothing is sent');
    if (on !== undefined && nonBlocking.has(on)) return judged('non-blocking', 'the descriptor has O_NONBLOCK');
    return judged('blocking', 'the descriptor has no O_NONBLOCK');
  });
}

function wait(call: SystemCall, judged: (verdict: Verdict, because: string) => JudgedCall): JudgedCall {
  if (call.args[3] === '0') return judged('non-blocking', 'a time limit of 0: only looks');
  return judged('blocking', 'the loop sleeps here until something is ready or a timer is due');
}
