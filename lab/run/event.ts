/*
 * What a run tells: one event after the other, each with how both ends stood just after it. A run is the list of its
 * events; as lines of JSON it can be kept, compared, and read by other programs.
 */
import type { ConnectionState } from '../../transports/udp/engine/connection.js';
import type { ReceiverSnapshot, SenderSnapshot } from '../../transports/udp/engine/snapshot.js';
import type { TimerName } from '../../transports/udp/engine/timers.js';
import type { Intervention } from './intervention.js';
import type { FlightEnd, RunPacket } from './packet.js';
import type { RunSettings } from './settings.js';

/** The sender's end. */
export interface SenderState extends SenderSnapshot {
  readonly state: ConnectionState;
  readonly timers: Readonly<Partial<Record<TimerName, number>>>;
  readonly timeouts: number;
  readonly retransmitted: number;
  readonly bundled: number;
  /** Packets that were taken for lost and had arrived. */
  readonly spurious: number;
}

/** The receiver's end. */
export interface ReceiverState extends ReceiverSnapshot {
  /** `listening` until a cookie came back. */
  readonly state: ConnectionState | 'listening';
  /** Segments that its application has got. */
  readonly delivered: number;
  /** Segments that came more than once. */
  readonly duplicates: number;
  /** Connections that it keeps. A SYN alone makes none. */
  readonly connections: number;
}

/** Both ends at one moment. */
export interface Ends {
  readonly sender: SenderState;
  readonly receiver: ReceiverState;
}

/** What happened. */
export type Happening =
  | { readonly type: 'sent'; readonly packet: RunPacket }
  | { readonly type: Exclude<FlightEnd, 'killed'>; readonly packet: RunPacket }
  | { readonly type: Intervention['does']; readonly packet: RunPacket; readonly byMs: number }
  | { readonly type: 'timer'; readonly side: 'sender' | 'receiver'; readonly timer: TimerName };

/** One event, in milliseconds since the run began. */
export type RunEvent = Happening & { readonly at: number } & Ends;

/** The events as lines of JSON, the settings in the first. Infinity is `null`, as JSON has it. */
export function toJsonLines(settings: RunSettings, interventions: readonly Intervention[], events: readonly RunEvent[]): string {
  return [{ settings, interventions }, ...events.map(written)].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** An event as it is written: a packet whole when it is sent, by its place afterwards. */
function written(event: RunEvent): object {
  if (!('packet' in event)) return event;
  const { packet, ...rest } = event;
  if (event.type !== 'sent') return { ...rest, packet: packet.n };
  const { flights: _, ...told } = packet;
  return { ...rest, packet: told };
}
