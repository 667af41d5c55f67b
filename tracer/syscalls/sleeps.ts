/*
 * The waits in which the event loop slept although no socket of the run woke it: a timer was due, or a worker thread was done
 * with a password. They are what the loop does between two calls on sockets, so those before and behind all of them are left out.
 */
import type { Placed } from './sockets.js';
import type { LoggedCall } from './strace-log.js';
import type { JudgedCall } from './verdict.js';

/** A wait that was shorter had something ready, or so good as ready: seconds. */
const SLEEP_SECONDS = 0.001;

type Judged = JudgedCall<LoggedCall>;

/** What a call is to the run. */
export interface Run {
  /** It is on a socket of the run. */
  isOfRun(one: Placed<Judged>): boolean;
  /** It is on one end of a connection; what comes before the first waits for nobody who is in the trace. */
  isOfEnd(one: Placed<Judged>): boolean;
}

/** Finds them among the calls of one process. Each says what ended it. */
export function sleepsAmong(placed: readonly Placed<Judged>[], { isOfRun, isOfEnd }: Run): ReadonlyMap<Judged, Judged> {
  const main = placed[0]?.call.thread;
  const [first, last] = [placed.findIndex(isOfEnd), placed.findLastIndex(isOfRun)];
  const between = first < 0 ? [] : placed.slice(first, last);
  const sleeps = between.filter((one) => one.call.thread === main && slept(one.call) && !isOfRun(one));
  return new Map(sleeps.map(({ call }) => [call, { ...call, because: `${call.because}; ${endOf(call)}` }]));
}

function endOf({ result }: Judged): string {
  return result === '0'
    ? 'this time a timer was due'
    : 'this time it was no socket of the run that was ready; mostly a worker thread was done, as with hashing a password';
}

const slept = ({ name, verdict, tookSeconds }: Judged): boolean =>
  /^epoll_p?wait/.test(name) && verdict === 'blocking' && tookSeconds >= SLEEP_SECONDS;
