/*
 * Records a run: taps for everybody who takes part, and events of a trace for whoever keeps or shows them. Nothing
 * secret passes it, unless secrets are to be shown. It has no clock: the time is that of what the taps see.
 */
import type { DatagramTapEvent, Tap, TapEvent } from '../../lib/trace.js';
import { type Side, strangeDatagram } from '../redact/index.js';
import { type Role, TRACE_VERSION, type TraceEvent, type TraceHeader, type TraceSink } from '../trace/trace.js';
import { ConnectionRecord, type ConnectionRecordParts } from './connection-record.js';
import { datagramEvent, packetIn } from './datagram.js';
import { type DatagramRelay, datagramRelay, type RelayLegs } from './datagram-relay.js';

/** What a recorder is made of. */
export interface RecorderOptions {
  /** What is run, for a title: `connect over udp`. */
  readonly title: string;
  readonly source: TraceHeader['source'];
  /** With what it is made: versions and machine, in words. */
  readonly madeBy: string;
  /** The time on the taps' clocks from which events are counted. */
  readonly startedAtMs: number;
  /** Lets passwords, tokens and cookies through, byte for byte. Default false. */
  readonly showSecrets?: boolean;
  readonly sink: TraceSink;
}

/** Somebody who takes part. */
export interface Participant {
  readonly name: string;
  readonly role: Role;
}

/** The tap of one who takes part; for a server, a client, a transport or a proxy's sockets. */
export interface ParticipantTap extends Tap {
  /** The id under which its events stand in the trace. */
  readonly id: string;
  /** From now on it is called otherwise: a client that gave its name. */
  rename(name: string): void;
  /** For a proxy that dials for a connection it has accepted: the tap to dial with. Its connection tells which one it continues. */
  leg(accepted: string): Tap;
  /** For a proxy that relays datagrams between two addresses, without an engine of its own. */
  relay(legs: RelayLegs): DatagramRelay;
}

/** Records a run. */
export interface Recorder {
  readonly header: TraceHeader;
  /** Somebody takes part. */
  tap(participant: Participant): ParticipantTap;
  /** Says something to the reader, at the time of what was seen last or at one of its own. */
  note(text: string, atMs?: number): void;
  /**
   * Since when something waits to be decided, in nanoseconds since the start: a segment for one before it, a line at the
   * plain-text door for the server's verdict. Nothing older will come; nothing waits if it is undefined.
   */
  waitsSince(): number | undefined;
  /** The run is over: nothing is waited for any more. */
  flush(): void;
}

/** So many connections that are closed are still understood, since datagrams may come late. */
const CLOSED_KEPT = 64;

/** Begins to record. */
export function recorder({ title, source, madeBy, startedAtMs, showSecrets = false, sink }: RecorderOptions): Recorder {
  const header: TraceHeader = {
    ...{ format: 'chatwire-trace', version: TRACE_VERSION, title, source, startedAtMs },
    ...{ secrets: showSecrets ? 'shown' : 'masked', madeBy },
  };
  const records = new Set<ConnectionRecord>();
  const closed: ConnectionRecord[] = [];
  const named = new Map<string, number>();
  let participants = 0;
  let relayed = 0;
  let latest = 0;

  const emit = (event: TraceEvent) => sink.event(event);
  const nanoseconds = (atMs: number) => {
    const at = Math.max(0, Math.round((atMs - startedAtMs) * 1e6));
    latest = Math.max(latest, at);
    return at;
  };
  // A transport counts its connections in this process; a trace counts those in it, so that the same run gives the same names.
  const nameOf = (wanted: string) => {
    const kind = /^(.+)-\d+$/.exec(wanted)?.[1];
    if (kind === undefined) return wanted;
    const number = (named.get(kind) ?? 0) + 1;
    named.set(kind, number);
    return `${kind}-${number}`;
  };
  const newRecord = (by: string, wanted: string, end: Side, more: Pick<ConnectionRecordParts, 'readsDatagrams' | 'otherLeg'> = {}) => {
    const record = new ConnectionRecord({ by, connection: nameOf(wanted), end, showSecrets, emit, ...more });
    records.add(record);
    return record;
  };
  const retire = (record: ConnectionRecord) => {
    closed.push(record);
    if (closed.length <= CLOSED_KEPT) return;
    const oldest = closed.shift() as ConnectionRecord;
    oldest.retire();
    records.delete(oldest);
  };

  function tapOf({ name, role }: Participant): ParticipantTap {
    participants += 1;
    const id = `${role}-${participants}`;
    const ofConnection = new Map<string, ConnectionRecord>();
    const recordOf = (connection: string, first: TapEvent, otherLeg?: ConnectionRecord) => {
      const known = ofConnection.get(connection);
      if (known) return known;
      const record = newRecord(id, connection, endOf(first, role), { otherLeg });
      ofConnection.set(connection, record);
      return record;
    };
    const take = (event: TapEvent, accepted?: string) => {
      if (event.layer === 'frame') return; // read from the bytes, for those that nobody taps, too
      const at = nanoseconds(event.at);
      if (event.connection === undefined) return emit(ofNobody(at, id, event as DatagramTapEvent, showSecrets));
      const otherLeg = accepted === undefined ? undefined : ofConnection.get(accepted);
      const record = recordOf(event.connection, event, otherLeg);
      if (event.layer === 'datagram') record.datagram(at, event);
      else if (event.layer === 'session') record.session(at, event);
      else {
        record.transport(at, event.what, otherLeg?.connection ?? accepted);
        if (event.what.name === 'closed') retire(record);
      }
    };
    const called = (now: string) => emit({ kind: 'actor', at: latest, basis: 'observed', id, name: now, role });
    called(name);
    return {
      id,
      showSecrets,
      event: (event) => take(event),
      rename: called,
      leg: (accepted) => ({ showSecrets, event: (event) => take(event, accepted) }),
      relay: (legs) =>
        datagramRelay(legs, {
          newRecord: (wanted, end) => newRecord(id, wanted, end, { readsDatagrams: true }),
          nextNumber: () => {
            relayed += 1;
            return relayed;
          },
          retire,
          nanoseconds,
          ofNobody: (at, event) => emit(ofNobody(at, id, event, showSecrets)),
        }),
    };
  }

  return {
    header,
    tap: tapOf,
    note: (text, atMs) => emit({ kind: 'note', at: atMs === undefined ? latest : nanoseconds(atMs), basis: 'observed', text }),
    waitsSince: () => {
      const since = [...records].flatMap(({ waitsSince }) => waitsSince ?? []);
      return since.length > 0 ? Math.min(...since) : undefined;
    },
    flush: () => {
      for (const record of records) record.flush();
    },
  };
}

/** Which end an observer is, by the first thing that it sees of a connection. What makes a UDP connection arrives before it is accepted. */
function endOf(first: TapEvent, role: Role): Side {
  if (first.layer === 'transport' && (first.what.name === 'dialling' || first.what.name === 'open')) return 'client';
  if (first.layer === 'transport' && first.what.name === 'accepted') return 'server';
  if (role !== 'proxy') return role;
  return first.layer === 'datagram' && first.direction === 'sent' ? 'client' : 'server';
}

/** A datagram of no connection. */
function ofNobody(at: number, by: string, event: DatagramTapEvent, showSecrets: boolean): TraceEvent {
  const packet = packetIn(event);
  return datagramEvent(event, { at, by }, packet && strangeDatagram(event.bytes, packet), showSecrets);
}
