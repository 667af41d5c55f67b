/*
 * What a way of repairing losses must say: how its receiver behaves, how far its sender may go, and which packets are
 * lost when. The stream, the packets and the timers are the same for all.
 */
import type { ArqName } from '../../wire/packets.js';
import type { AckRhythm } from '../received-packets.js';
import type { Rtt } from '../rtt.js';
import type { SentPacket, SentPackets } from '../sent-packets.js';
import type { EngineSettings } from '../settings.js';

/** A way of repairing losses. */
export interface ArqPolicy {
  readonly name: ArqName;
  /** Whether a receiver keeps what comes out of order, and says in ranges what it has. If not, only the cumulative number counts. */
  readonly keepsEarly: boolean;
  /** When a receiver acknowledges. */
  readonly rhythm: AckRhythm;
  /** Whether a packet may also bring unacknowledged segments from before. */
  readonly bundles: boolean;
  /** Whether larger datagrams may be looked for: only where ACKs name packets, and one that is lost stops nothing. */
  readonly discovers: boolean;
  /** How many segments may be unacknowledged; how they are counted is `arqWindowCounts` of the settings. */
  window(settings: EngineSettings): number;
  /** The sender's side, for one connection. */
  recovery(rtt: Rtt, settings: EngineSettings): Recovery;
}

/** Finds out which packets are lost. Takes none out itself. */
export interface Recovery {
  /** Packets were acknowledged: which are lost, by that? `certain`: the ACK can only be of the sending that it is taken for. */
  onAcked(sent: SentPackets, now: number, certain: boolean): readonly SentPacket[];
  /** When to look again, if no ACK comes before. */
  deadline(sent: SentPackets): number;
  /** That time has come: which packets are lost, and is the peer to be asked? */
  onDeadline(sent: SentPackets, now: number): { readonly lost: readonly SentPacket[]; readonly probe: boolean };
  /** How long an ACK is waited for now, doublings included, in milliseconds. */
  readonly timeoutMs: number;
  /** How many timeouts came in a row without an ACK. */
  readonly backoff: number;
}
