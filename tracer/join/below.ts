/*
 * What was seen below the programs, joined: packets between the kernels become arrows, system calls become marks, each at
 * its connection. Whose they are was found before (tracer/below). What a capture saw of a handshake or of an end takes the
 * place of what would be concluded of it, never both.
 */
import { plainAddress } from '../below/known-ends.js';
import { socketSaid } from '../explain/sockets.js';
import type { CallEvent, KernelEvent, SocketEvent, TraceEvent } from '../trace/trace.js';
import type { Cast } from './cast.js';
import { arrow, see } from './draft.js';
import type { Ends } from './ends.js';
import type { Draft, End, SignalContent, Way } from './model.js';
import { view } from './stations.js';
import type { Timeline } from './timeline.js';

/** Signals that a capture saw, by {@link signalKey}. */
export type Observed = ReadonlySet<string>;

/** A signal of one connection, by an observer's name of it. */
export function signalKey(connection: string, signal: SignalContent['signal'], way: Way): string {
  return `${signal} ${way} ${connection}`;
}

/** The signals that were seen, so that nobody concludes them as well. */
export function observedIn(events: readonly TraceEvent[]): Observed | undefined {
  const found = new Set<string>();
  const dialled = new Set(events.flatMap((event) => (event.kind === 'state' && event.state === 'dialling' ? event.connection : [])));
  const handshakes = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'kernel' || !event.flags) continue;
    const { connection, direction } = event;
    const way: Way = (direction === 'sent') === dialled.has(connection) ? 'up' : 'down';
    for (const signal of signalsOf(event)) found.add(signalKey(connection, signal, way));
    // the third of the handshake looks like any other ACK
    if (way === 'up' && handshakes.has(connection)) found.add(signalKey(connection, 'ACK', way));
    if (labelOf(event) === 'SYN-ACK') handshakes.add(connection);
  }
  return found.size > 0 ? found : undefined;
}

function signalsOf({ flags = [] }: KernelEvent): readonly SignalContent['signal'][] {
  if (flags.includes('SYN')) return [flags.includes('ACK') ? 'SYN-ACK' : 'SYN'];
  return (['FIN', 'RST'] as const).filter((flag) => flags.includes(flag));
}

/** What a packet is called: a segment by its flags, as people say them. */
export function labelOf({ flags }: Pick<KernelEvent, 'flags'>): string {
  if (!flags) return 'UDP';
  const first = flags.filter((flag) => flag !== 'ACK' && flag !== 'ECE' && flag !== 'CWR');
  return [...first, ...(flags.includes('ACK') ? ['ACK'] : [])].join('-') || 'TCP';
}

/** Takes a packet. On loopback it leaves and arrives at one moment. */
export function takeKernel(event: KernelEvent, ends: Ends, cast: Cast, timeline: Timeline<Draft>): void {
  const { seat, joint } = endOf(event, ends, cast);
  if (!joint) return;
  const { way } = view(seat, event.direction);
  const draft = arrow(event.at, event.basis, joint, way, { is: 'kernel', event });
  see(draft, 'sentAt', event.at);
  see(draft, 'receivedAt', event.at);
  timeline.insert(draft);
}

/** Takes what the kernel says of a socket. */
export function takeSocket(event: SocketEvent, ends: Ends, cast: Cast, timeline: Timeline<Draft>): void {
  const { seat, joint } = endOf(event, ends, cast);
  if (!joint) return;
  const { at, basis } = event;
  const side = seat === 'server' || seat === 'far' ? 'server' : 'client';
  timeline.insert({ kind: 'mark', lane: 'kernel', at, basis, joint, side, ...socketSaid(event) });
}

/** Takes a system call. accept() is back before anybody tells that something was accepted, so its connection may still have to come. */
export function takeCall(event: CallEvent, ends: Ends, cast: Cast, timeline: Timeline<Draft>): void {
  const { at, basis, by, connection } = event;
  cast.observer(by); // whoever calls takes part
  const joint = () => (connection === undefined ? undefined : ends.get(connection)?.joint);
  timeline.insert({ kind: 'call', at, basis, joint, forced: connection === undefined, event });
}

/**
 * The end of a packet or a socket. One that has told nothing yet is known by its addresses: the kernels have shaken hands
 * before accept(), and before connect() is back.
 */
function endOf({ connection, by, local, remote }: KernelEvent | SocketEvent, ends: Ends, cast: Cast): End {
  const end = ends.get(connection) ?? ends.newEnd(connection, by);
  const isServer = cast.observer(by).role === 'server';
  const addresses = isServer ? { clientAddress: remote, serverAddress: local } : { clientAddress: local, serverAddress: remote };
  if (end.joint) {
    if (end.seat === 'client') end.joint.clientAddress ||= addresses.clientAddress;
    return end;
  }
  const seat = isServer ? 'server' : 'client';
  ends.bind(end, jointAt(ends, seat, addresses) ?? ends.newJoint(addresses), seat);
  return end;
}

/** The connection with these addresses that lacks this end; or else the only one that is being dialled there, whose client does not know its own yet. */
function jointAt(
  { joints }: Ends,
  seat: 'server' | 'client',
  { clientAddress, serverAddress }: Record<'clientAddress' | 'serverAddress', string>,
) {
  const there = joints.filter((joint) => !joint[seat] && plainAddress(joint.serverAddress) === plainAddress(serverAddress));
  const dialled = there.filter((joint) => joint.clientAddress === '');
  const same = there.find((joint) => plainAddress(joint.clientAddress) === plainAddress(clientAddress));
  return same ?? (dialled.length === 1 ? dialled[0] : undefined);
}
