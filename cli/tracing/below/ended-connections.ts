/*
 * The kernels' packets of a server that goes on. Whose a packet is, and what of it is secret, is known when its connection is
 * over: then the connection is shown whole, with its packets among what the server's tap has told of it. What is kept is
 * bounded; what belongs to no connection is forgotten.
 */

import { clockSkewMs } from '../../../tracer/below/clock-skew.js';
import { knownEnds, plainAddress } from '../../../tracer/below/known-ends.js';
import { capturePackets, type PacketCapture } from '../../../tracer/capture/index.js';
import { tell } from '../../../tracer/join/index.js';
import { type CapturedPacket, kernelLane, packetIn } from '../../../tracer/kernel/index.js';
import { ladderLines, type ViewOptions } from '../../../tracer/render/index.js';
import type { TraceEvent, TraceHeader, TraceSink } from '../../../tracer/trace/trace.js';
import { clock } from '../../../transports/node.js';

/** Connections with their packets, as they end. */
export interface EndedConnections extends TraceSink {
  /** Begins to capture at these addresses, for a trace with this header; says in a sentence what cannot be had. */
  start(addresses: readonly string[], header: TraceHeader): Promise<string | undefined>;
  /** Shows what has ended, and ends the capture; says in a sentence what may be missing. */
  stop(): Promise<string | undefined>;
}

/** How they are shown. */
export interface EndedConnectionsOptions {
  readonly view: () => ViewOptions;
  /** Prints the lines of one connection. */
  readonly print: (lines: readonly string[]) => void;
}

/** So many connections at once, and so much of each, is kept; of what is more nothing is shown. */
const MOST_CONNECTIONS = 1000;
const MOST_PACKETS = 5000;
const MOST_EVENTS = 20_000;

/** Begins to watch. */
export function endedConnections({ view, print }: EndedConnectionsOptions): EndedConnections {
  const actors: TraceEvent[] = [];
  const told = new Map<string, TraceEvent[]>();
  const packets = new Map<string, CapturedPacket[]>();
  const skew = clockSkewMs(() => clock.now());
  let capture: PacketCapture | undefined;
  let header: TraceHeader | undefined;
  let showing: Promise<void> = Promise.resolve();

  function takePacket(packet: CapturedPacket): void {
    const segment = packetIn(packet.bytes, packet.linkType);
    if (segment?.protocol !== 'tcp') return;
    bounded(packets, pair(`tcp://${segment.from}`, `tcp://${segment.to}`), packet, MOST_PACKETS);
  }

  /** One after the other, each when the capture has come so far. */
  function show(events: readonly TraceEvent[]): void {
    showing = showing.then(async () => {
      if (!(await capture?.caughtUp()) || !header) return;
      const ends = knownEnds(events);
      const [end] = ends.all;
      if (end?.local === undefined || end.remote === undefined) return;
      const key = pair(end.local, end.remote);
      const own = packets.get(key) ?? [];
      packets.delete(key);
      const lane = kernelLane({ packets: own, ends, startedAtMs: header.startedAtMs, skewMs: skew, showSecrets: false });
      if (lane.events.length === 0) return;
      const all = [...actors, ...events, ...lane.events].sort((one, other) => one.at - other.at); // stable
      print(ladderLines(tell({ header, events: all }), view()));
    });
  }

  return {
    event(event) {
      if (event.kind === 'actor') actors.push(event);
      if (!('connection' in event) || event.connection === undefined || !capture) return;
      const events = bounded(told, event.connection, event, MOST_EVENTS);
      if (event.kind !== 'state' || event.state !== 'closed') return;
      told.delete(event.connection);
      show(events);
    },
    async start(addresses, of) {
      const ports = addresses.flatMap((address) => /^(?:text\+)?tcp:.*:(\d+)$/.exec(address)?.[1] ?? []).map(Number);
      if (ports.length === 0) return 'no address is one of tcp, and others are shown with packets by `chatwire trace demo --kernel` only.';
      const begun = await capturePackets({ ports, onPacket: takePacket });
      if ('unavailable' in begun) return begun.unavailable;
      header = of;
      capture = begun;
      return undefined;
    },
    async stop() {
      await showing;
      return (await capture?.stop())?.problem;
    },
  };
}

/** Adds to one of many lists; of too many the oldest is forgotten. */
function bounded<Item>(lists: Map<string, Item[]>, key: string, item: Item, most: number): Item[] {
  let list = lists.get(key);
  if (!list) {
    list = [];
    lists.set(key, list);
    const [oldest] = lists.keys();
    if (lists.size > MOST_CONNECTIONS && oldest !== undefined) lists.delete(oldest);
  }
  if (list.length < most) list.push(item);
  return list;
}

function pair(one: string, other: string): string {
  return [one, other].map(plainAddress).sort().join(' ');
}
