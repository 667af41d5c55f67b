/*
 * Whether a socket call blocks: told from what a recording shows, the flags of its descriptor and its result, and
 * never from the name of the call. POSIX: a call on a descriptor with O_NONBLOCK that would have to wait fails with
 * EAGAIN, and connect() with EINPROGRESS, instead of waiting.
 */
import type { Verdict } from '../trace/trace.js';
import { descriptor, type SystemCall } from './strace-line.js';

/** What is said of a call. */
export interface Judgement {
  readonly verdict: Verdict;
  /** How one can tell, in a few words. */
  readonly because: string;
}

/** A call, and whether it blocks. */
export type JudgedCall<Call extends SystemCall = SystemCall> = Call & Judgement;

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
  fcntl: 'reads or sets the flags of the descriptor',
  ioctl: 'reads or sets something of the descriptor',
  dup: 'gives the descriptor a second number',
  socketpair: 'makes two descriptors',
};
const WAITS = new Set(['epoll_wait', 'epoll_pwait', 'epoll_pwait2']);
/** Calls that wait for some descriptors, and where their time limit stands. */
const POLLS: Readonly<Record<string, number>> = { poll: 2, ppoll: 2, select: 4, pselect6: 4 };

/** Judges the calls of one process, in their order. */
export function judge<Call extends SystemCall>(calls: readonly Call[]): JudgedCall<Call>[] {
  const nonBlocking = new Set<number>();
  const pending = new Set<number>();
  const mark = (on: number | undefined, isNonBlocking: boolean) => {
    if (on === undefined) return;
    if (isNonBlocking) nonBlocking.add(on);
    else nonBlocking.delete(on);
  };
  return calls.map((call): JudgedCall<Call> => {
    const { name, args, result, error } = call;
    const on = descriptor(args[0]);
    const judged = (verdict: Verdict, because: string): JudgedCall<Call> => ({ ...call, verdict, because });

    if ((name === 'socket' || name === 'accept4') && args.some((arg) => arg.includes('SOCK_NONBLOCK'))) {
      const made = descriptor(result);
      if (made !== undefined && error === undefined) nonBlocking.add(made);
    }
    if (name === 'fcntl' && args[1] === 'F_SETFL') mark(on, (args[2] ?? '').includes('O_NONBLOCK'));
    if (name === 'ioctl' && args[1] === 'FIONBIO') mark(on, args[2] !== '[0]');
    if (WAITS.has(name)) return wait(call, judged, pending);
    if (name in POLLS) return poll(call, judged);
    if (name === 'getsockopt' && on !== undefined && pending.delete(on)) {
      return judged('never waits', `asks how the connect() in progress ended: SO_ERROR is ${(args[3] ?? '').replace(/[[\]]/g, '')}`);
    }
    if (name === 'close' && on !== undefined) {
      nonBlocking.delete(on); // the number will be given again
      pending.delete(on);
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

type Judged<Call extends SystemCall> = (verdict: Verdict, because: string) => JudgedCall<Call>;

function wait<Call extends SystemCall>(call: Call, judged: Judged<Call>, pending: ReadonlySet<number>): JudgedCall<Call> {
  const answered = [...(call.args[1] ?? '').matchAll(/events=([A-Z|]+), data=\{u32=(\d+)/g)].some(
    ([, events = '', on]) => pending.has(Number(on)) && /EPOLL(?:OUT|ERR|HUP)/.test(events),
  );
  const answer = answered ? '; a connect() in progress has its answer, which SO_ERROR tells' : '';
  if (call.args[3] === '0') return judged('non-blocking', `a time limit of 0: only looks${answer}`);
  return judged('blocking', `the loop sleeps here until something is ready or a timer is due${answer}`);
}

function poll<Call extends SystemCall>(call: Call, judged: Judged<Call>): JudgedCall<Call> {
  const limit = call.args[POLLS[call.name] as number] ?? '';
  if (limit === '0' || /tv_sec=0, tv_n?u?sec=0/.test(limit)) return judged('non-blocking', 'a time limit of 0: only looks');
  return judged('blocking', 'the thread sleeps here until the descriptor is ready or the time is over');
}
