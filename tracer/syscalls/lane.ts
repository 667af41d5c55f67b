/*
 * The lane of system calls: a log of strace becomes events of a trace. Kept are the calls on sockets of the run, the waits
 * that told of one, and those in which the loop slept in between; each with its verdict. What was carried is understood like any other stream, so that a call has
 * the lengths and the places of the masked bytes, and never more than these.
 */

import { namesIn } from '../../transports/udp/wire/decode.js';
import { type KnownEnds, plainAddress } from '../below/known-ends.js';
import { moments } from '../below/moment.js';
import { type StreamMap, streamMap } from '../below/stream-map.js';
import type { Side } from '../redact/index.js';
import type { CallEvent, Direction } from '../trace/trace.js';
import { quotedBytes } from './c-string.js';
import { hostOf, lookupEvents, lookupsIn } from './lookups.js';
import { type Owner, owners } from './owners.js';
import { shortArgument } from './short-argument.js';
import { sleepsAmong } from './sleeps.js';
import { addressIn, onSockets, type Socket } from './sockets.js';
import type { LoggedCall } from './strace-log.js';
import { type JudgedCall, judge } from './verdict.js';

/** What the lane is made of. */
export interface CallLaneParts {
  /** The calls of one process, in their order. */
  readonly calls: readonly LoggedCall[];
  readonly ends: KnownEnds;
  readonly startedAtMs: number;
  /** How far the trace's clock was ahead of the wall clock, milliseconds. */
  readonly skewMs?: number | undefined;
  readonly showSecrets: boolean;
}

/** The lane. */
export interface CallLane {
  readonly events: readonly CallEvent[];
  /** How far the wall clock was set back meanwhile, milliseconds. */
  readonly setBackMs: number;
}

/** Calls that move bytes, and which way. */
const MOVES: Readonly<Record<string, Direction>> = {
  ...{ write: 'sent', writev: 'sent', send: 'sent', sendto: 'sent', sendmsg: 'sent', sendmmsg: 'sent' },
  ...{ read: 'received', readv: 'received', recv: 'received', recvfrom: 'received', recvmsg: 'received', recvmmsg: 'received' },
};
const CARRIED = '…';
/** So well the clocks of the program and of strace agree. */
const CLOCKS_AGREE_NS = 1e6;

/** What a call moved: which bytes of the masked stream, once that can be asked. */
type Moved = () => Pick<CallEvent, 'direction' | 'offset' | 'length' | 'names'>;

/** Makes the lane. */
export function callLane({ calls, ends, startedAtMs, skewMs, showSecrets }: CallLaneParts): CallLane {
  const clock = moments(startedAtMs, skewMs);
  const main = calls[0]?.thread;
  const judged = judge(calls);
  const placed = onSockets(judged);
  const ofSocket = owners([...new Set(placed.flatMap(({ sockets }) => sockets))], ends);
  const streams = new Map<Socket, StreamMap | undefined>();
  const sleeps = sleepsAmong(placed, {
    isOfRun: ({ sockets }) => sockets.some((socket) => ofSocket.has(socket)),
    isOfEnd: ({ sockets }) => sockets.some((socket) => ofSocket.get(socket)?.end),
  });
  const all = [...ofSocket.values()];
  const ofLoop = all.find(({ end }) => !end) ?? all[0]; // server and clients share it; it is shown at the server
  const events: (() => CallEvent)[] = [];

  function streamOf(socket: Socket): StreamMap | undefined {
    if (!streams.has(socket)) streams.set(socket, streamMap({ showSecrets }));
    return streams.get(socket);
  }

  function movedBy(call: JudgedCall, socket: Socket, owner: Owner): Moved {
    const direction = MOVES[call.name];
    const count = Number(call.result);
    if (!direction || call.error !== undefined || !Number.isInteger(count)) return () => ({});
    const payload = quotedBytes(
      call.args
        .slice(1)
        .join(', ')
        .replace(/msg_name=\{[^}]*\}/g, ''),
    );
    if (socket.kind === 'udp') {
      const names = payload ? namesIn(payload.bytes) : [];
      return () => ({ direction, ...(names.length > 0 && { names }), ...(showSecrets && { length: count }) });
    }
    const isClients = (direction === 'sent') === (owner.end?.dialled ?? false);
    const from: Side = isClients ? 'client' : 'server';
    const stream = streamOf(socket);
    if (count === 0 && direction === 'received') stream?.end(from);
    const isKnown = payload !== undefined && !payload.cut && payload.bytes.length >= count && !/\}, \{iov_base/.test(call.args[1] ?? '');
    if (!stream || count === 0) return () => ({ direction });
    if (!isKnown) {
      streams.set(socket, undefined); // what follows can no longer be told from a secret
      stream.finish();
      return () => ({ direction });
    }
    const piece = stream.take(from, payload.bytes.subarray(0, count));
    return () => {
      const { offset, bytes, names } = stream.piece(from, piece);
      return { direction, offset, length: bytes.length, ...(names.length > 0 && { names }) };
    };
  }

  const times = new Map<LoggedCall, number>();
  for (const { call, sockets } of placed) {
    // by their end, which is the order of the log: a wait is told of when it is over
    const took = Math.round(call.tookSeconds * 1e9);
    const at = Math.max(0, clock.of(Math.floor(call.seconds), Math.round((call.seconds % 1) * 1e6) * 1000 + took) - took);
    times.set(call, at);
    const sleep = sleeps.get(call);
    if (sleep && ofLoop) {
      const { name, verdict, because } = sleep;
      events.push(() => ({
        kind: 'call',
        at,
        basis: 'observed',
        by: ofLoop.by,
        name,
        ...shown(sleep, {}, showSecrets),
        took,
        verdict,
        because,
      }));
    }
    for (const socket of sockets) {
      const owner = ofSocket.get(socket);
      if (!owner) continue;
      const end = owner.end ?? peerOf(call, socket, ends);
      const moved = movedBy(call, socket, owner);
      const { name, error, verdict, because, thread } = call;
      const whose = { at, basis: owner.basis, by: owner.by, ...(end && { connection: end.connection }) };
      events.push(() => {
        const bytes = moved();
        return {
          ...{ kind: 'call', ...whose, name, ...shown(call, bytes, showSecrets) },
          ...(error !== undefined && { error }),
          ...{ took, verdict, because },
          ...(thread !== main && { worker: true }),
          ...bytes,
        };
      });
    }
  }
  for (const stream of streams.values()) stream?.finish();
  return { events: [...events.map((event) => event()), ...looked(judged, ends, times)], setBackMs: clock.setBackMs };
}

/** The lookups of names that were dialled: each is that of the newest dial before it that has none yet. */
function looked(judged: readonly JudgedCall<LoggedCall>[], ends: KnownEnds, times: ReadonlyMap<LoggedCall, number>): readonly CallEvent[] {
  const waiting = ends.all.filter(({ asked }) => hostOf(asked) !== undefined);
  const at = (call: LoggedCall) => times.get(call) ?? 0;
  return lookupsIn(judged).flatMap((lookup) => {
    const began = at(lookup[0] as LoggedCall);
    const found = waiting.findLastIndex(({ askedAt }) => askedAt <= began + CLOCKS_AGREE_NS);
    const [end] = found < 0 ? [] : waiting.splice(found, 1);
    return end ? lookupEvents(lookup, end, at) : [];
  });
}

/** A socket of datagrams has many peers; the call says which one it was. */
function peerOf({ args }: JudgedCall, { kind, local }: Socket, ends: KnownEnds) {
  const peer = kind === 'udp' ? addressIn(args.slice(1).join(', '), 'udp') : undefined;
  return peer === undefined || local === undefined ? undefined : ends.at(plainAddress(local), plainAddress(peer));
}

/** Arguments and result as they may be shown: nothing that was carried, and no length but that of masked bytes. */
function shown(
  { name, args, result, error }: JudgedCall,
  { direction, length }: ReturnType<Moved>,
  showSecrets: boolean,
): Pick<CallEvent, 'args' | 'result'> {
  const short = args.map(shortArgument);
  const plainResult = error === undefined ? shortArgument(result) : '-1';
  if (direction === undefined) {
    const carries = name in MOVES;
    return { args: carries ? short.map((arg, i) => (i === 1 ? CARRIED : arg)) : short, result: plainResult };
  }
  const isEnd = result === '0';
  const told = isEnd ? '0' : length === undefined ? CARRIED : String(length);
  const isCount = direction === 'sent' && !showSecrets;
  const counted = short.slice(2).map((arg, i) => (i === 0 && isCount && /^\d+$/.test(arg) && name !== 'writev' ? told : arg));
  return { args: [short[0] ?? '', CARRIED, ...(name.endsWith('msg') ? [] : counted)], result: told };
}
