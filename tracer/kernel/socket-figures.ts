/*
 * What the kernel says of TCP sockets, as `ss -tainHO` prints it, and events of a trace from it. It is asked now and then,
 * so that short states, those of a handshake on loopback above all, are mostly missed; an event is told when a state, the
 * congestion window or the retransmission timeout is another than before.
 */
import { type KnownEnds, plainAddress } from '../below/known-ends.js';
import type { SocketEvent } from '../trace/trace.js';

/** One answer of the kernel's. */
export interface SocketSample {
  /** By the wall clock, milliseconds since 1970: the kernel looked at some moment between these. */
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
  /** What ss printed. */
  readonly text: string;
}

/** What the lane is made of. */
export interface SocketLaneParts {
  readonly samples: readonly SocketSample[];
  readonly ends: KnownEnds;
  /** When packets went that change a state (SYN, FIN, RST), nanoseconds since the trace's start: what was answered around one is left out. */
  readonly turnsNs: readonly number[];
  readonly startedAtMs: number;
  /** How far the trace's clock was ahead of the wall clock, milliseconds. */
  readonly skewMs?: number | undefined;
}

/** A socket as the kernel sees it. */
export type SocketFigures = Pick<SocketEvent, 'local' | 'remote' | 'state' | 'cwnd' | 'rttMs' | 'rtoMs'>;

/** The wall clock is read in whole milliseconds. */
const TICK_MS = 1;

const NAMES: Readonly<Record<string, string>> = { ESTAB: 'ESTABLISHED', 'SYN-RECV': 'SYN-RECEIVED' };
const STATE = /^(?:ESTAB|SYN-SENT|SYN-RECV|FIN-WAIT-1|FIN-WAIT-2|TIME-WAIT|CLOSE-WAIT|LAST-ACK|CLOSING)$/;

/** Reads what ss printed, a line a socket; those that listen are left out. */
export function socketFigures(text: string): readonly SocketFigures[] {
  return text.split('\n').flatMap((line) => {
    const [state = '', , , local, remote] = line.trim().split(/\s+/);
    if (!STATE.test(state) || local === undefined || remote === undefined) return [];
    const number = (name: string) => {
      const found = new RegExp(`\\b${name}:([\\d.]+)`).exec(line)?.[1];
      return found === undefined ? undefined : Number(found);
    };
    const [cwnd, rttMs, rtoMs] = [number('cwnd'), number('rtt'), number('rto')];
    return {
      ...{ local: `tcp://${local}`, remote: `tcp://${remote}`, state: NAMES[state] ?? state },
      ...(cwnd !== undefined && { cwnd }),
      ...(rttMs !== undefined && { rttMs }),
      ...(rtoMs !== undefined && { rtoMs }),
    };
  });
}

/** Makes events of the answers: of each end that the trace knows, whenever something has changed. */
export function socketLane({ samples, ends, turnsNs, startedAtMs, skewMs = 0 }: SocketLaneParts): readonly SocketEvent[] {
  const last = new Map<string, string>();
  const events: SocketEvent[] = [];
  let latest = 0;
  const nanoseconds = (ms: number) => Math.round((ms + skewMs - startedAtMs) * 1e6);
  for (const { askedAtMs, answeredAtMs, text } of samples) {
    const [asked, answered] = [nanoseconds(askedAtMs), nanoseconds(answeredAtMs + TICK_MS)];
    if (turnsNs.some((turn) => turn >= asked && turn <= answered)) continue; // before it or after it: nobody knows
    latest = Math.max(latest, answered);
    for (const { local, remote, state, cwnd, rttMs, rtoMs } of socketFigures(text)) {
      const end = ends.at(plainAddress(local), plainAddress(remote));
      const now = [state, cwnd, rtoMs].join(' ');
      if (!end || last.get(end.connection) === now) continue;
      last.set(end.connection, now);
      events.push({
        ...{ kind: 'socket', at: latest, basis: 'observed', by: end.by, connection: end.connection, local, remote, state },
        ...(cwnd !== undefined && { cwnd }),
        ...(rttMs !== undefined && { rttMs }),
        ...(rtoMs !== undefined && { rtoMs }),
      });
    }
  }
  return events;
}
