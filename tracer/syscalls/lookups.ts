/*
 * The lookups of names: getaddrinfo() has no form that does not block, so Node makes it on a worker thread. strace sees
 * what it comes to: sockets to the name service's cache and to DNS, and the files that the C library reads. A worker of Node's
 * has no other sockets.
 */
import type { KnownEnd } from '../below/known-ends.js';
import type { CallEvent } from '../trace/trace.js';
import { shortArgument } from './short-argument.js';
import type { LoggedCall } from './strace-log.js';
import type { JudgedCall } from './verdict.js';

/** The calls of one lookup, in their order. */
export type Lookup = readonly JudgedCall<LoggedCall>[];

const SOCKET_CALLS =
  /^(?:socket|bind|connect|getsockname|getpeername|getsockopt|setsockopt|send|sendto|sendmsg|sendmmsg|recv|recvfrom|recvmsg|poll|ppoll|ioctl)$/;
const ON_SOCKET = /<(?:TCP|UDP|UNIX|NETLINK)[^<]*:\[/;
const ON_FILE = /^\d+<(\/etc\/(?:hosts|resolv\.conf|nsswitch\.conf|host\.conf|gai\.conf))>$/;
const CARRIES = /^(?:read|send|recv)/;

/** Finds the lookups among the calls of one process. */
export function lookupsIn(calls: readonly JudgedCall<LoggedCall>[]): readonly Lookup[] {
  const main = calls[0]?.thread;
  const open = new Map<number, JudgedCall<LoggedCall>[]>();
  const found: JudgedCall<LoggedCall>[][] = [];
  for (const call of calls) {
    const { thread } = call;
    if (thread === main) continue;
    if (!isOfLookup(call)) {
      if (call.name !== 'fcntl') open.delete(thread); // the worker does something else: it tells the loop that it is done
      continue;
    }
    let lookup = open.get(thread);
    if (!lookup) {
      lookup = [];
      open.set(thread, lookup);
      found.push(lookup);
    }
    lookup.push(call);
  }
  return found;
}

function isOfLookup({ name, args }: LoggedCall): boolean {
  if (name === 'read' || name === 'close') return ON_FILE.test(args[0] ?? '') || ON_SOCKET.test(args[0] ?? '');
  return SOCKET_CALLS.test(name) && (name === 'socket' || ON_SOCKET.test(args[0] ?? ''));
}

/** The calls of a lookup as events, behind the lookup itself; `at` gives a call's time. */
export function lookupEvents(lookup: Lookup, end: KnownEnd, at: (call: LoggedCall) => number): readonly CallEvent[] {
  const [first, last] = [lookup[0], lookup.at(-1)];
  if (!first || !last) return [];
  const whose = { kind: 'call', basis: 'inferred', by: end.by, connection: end.connection, worker: true } as const;
  const took = Math.max(0, Math.round(at(last) + last.tookSeconds * 1e9 - at(first)));
  const whole: CallEvent = {
    ...{ ...whose, at: at(first), name: 'getaddrinfo', args: [`"${hostOf(end.asked)}"`], result: '…', took },
    ...{ verdict: 'blocking', because: 'the C library waits for files and servers in the calls that follow' },
  };
  const calls = lookup.map((call): CallEvent => {
    const { name, args, result, error, tookSeconds, verdict, because } = call;
    return {
      ...{ ...whose, at: at(call), name, args: shown(name, args), result: error === undefined ? shortArgument(result) : '-1' },
      ...(error !== undefined && { error }),
      ...{ took: Math.round(tookSeconds * 1e9), verdict, because },
    };
  });
  return [whole, ...calls];
}

/** Nothing that was carried, and of a file its name. */
function shown(name: string, args: readonly string[]): readonly string[] {
  const [on = '', ...rest] = args.map(shortArgument);
  const file = ON_FILE.exec(args[0] ?? '')?.[1];
  if (!CARRIES.test(name)) return [file ?? on, ...rest];
  return [file ?? on, '…', ...rest.slice(1).filter((arg) => !arg.startsWith('{') && !arg.startsWith('['))];
}

/** The name in an address; nothing if it is one of numbers. */
export function hostOf(address: string | undefined): string | undefined {
  const [, host = ''] = /^(?:text\+)?(?:tcp|udp):\/\/(.*):\d+$/.exec(address ?? '') ?? [];
  return /[a-z]/i.test(host) && !host.startsWith('[') ? host : undefined;
}
