/*
 * A trace as a capture file for Wireshark, tcpdump and whatever else reads pcapng. Datagrams are as they were; around
 * the bytes of streams TCP segments are made up, since the kernel keeps its own to itself. Same trace, same bytes.
 */
import type { JoinedConnection, Story } from '../../join/story.js';
import type { Trace, TraceHeader } from '../../trace/trace.js';
import { addressBook, endpointOf } from './addresses.js';
import { BlockWriter } from './blocks.js';
import { commentary } from './comments.js';
import { datagramsOf } from './datagrams.js';
import { eventsByConnection, legsOf } from './legs.js';
import { segmentsOf } from './streams.js';
import { maxSegmentBytes, tcpPacket } from './tcp.js';
import { udpPacket } from './udp.js';

type Scheme = JoinedConnection['scheme'];

/** A packet that is ready but for its place in the file. */
interface Ready {
  readonly at: number;
  readonly scheme: Scheme;
  readonly bytes: Uint8Array;
  readonly comments: readonly string[];
  readonly direction: 'inbound' | 'outbound';
}

/** What each interface says of itself; the order is that of the file. */
const INTERFACES: Readonly<Record<Scheme, { readonly name: string; readonly comment: string }>> = {
  tcp: {
    name: 'tcp (synthetic headers)',
    comment: 'The bytes are those of the streams; handshake, segment borders, sequence numbers and ACKs are made up around them.',
  },
  unix: {
    name: 'unix (synthetic TCP: a Unix socket has no headers)',
    comment: 'The bytes are those of the streams; a Unix socket has no packets, so TCP, addresses and ports are made up around them.',
  },
  udp: { name: 'udp', comment: 'The datagrams are as they were, at their sender where it was watched: those that were lost later, too.' },
  memory: {
    name: 'memory (synthetic TCP: nothing was sent)',
    comment: 'The bytes went from one part of a program to another; TCP, addresses and ports are made up around them.',
  },
  http: {
    name: 'http (synthetic TCP: its requests are not shown)',
    comment: 'The bytes are those of the streams that the requests carry; one TCP connection is made up for each.',
  },
  other: {
    name: 'other (synthetic TCP)',
    comment: 'The bytes are those of the streams; TCP, addresses and ports are made up around them.',
  },
};

const SOURCES: Readonly<Record<TraceHeader['source'], string>> = {
  taps: 'taps inside the programs',
  proxy: 'a proxy between the programs',
  virtual: 'a run in virtual time',
};

/** A trace as a pcapng file; the story says which connections to show, and gives each packet its comment. */
export function pcapng(trace: Trace, story: Story): Uint8Array {
  const book = addressBook(story);
  const comments = commentary(story);
  const packets = [...streamPackets(trace, story, book, comments), ...datagramPackets(trace, story, book, comments)];
  packets.sort((one, other) => one.at - other.at); // stable

  const used = (Object.keys(INTERFACES) as Scheme[]).filter((scheme) => packets.some((packet) => packet.scheme === scheme));
  const writer = new BlockWriter();
  const { header } = trace;
  writer.section({
    hardware: SOURCES[header.source],
    os: header.madeBy,
    application: `Chatwire: ${header.madeBy}`,
    comment: `${header.title}. Inbound is towards the server. ${header.secrets === 'masked' ? 'Passwords and tokens are masked.' : 'Passwords and tokens can be read in it.'}`,
  });
  for (const scheme of used) writer.interface(INTERFACES[scheme]);
  const names = book.names();
  if (names.length > 0) writer.names(names);
  const startedNs = BigInt(Math.round(header.startedAtMs)) * 1_000_000n;
  for (const { at, scheme, ...packet } of packets) {
    writer.packet({ ...packet, interfaceNumber: used.indexOf(scheme), timeNs: startedNs + BigInt(Math.round(at)) });
  }
  return writer.file();
}

type Book = ReturnType<typeof addressBook>;
type Comments = ReturnType<typeof commentary>;

function streamPackets({ events }: Trace, { connections }: Story, book: Book, comments: Comments): readonly Ready[] {
  const reported = eventsByConnection(events);
  const legs = connections.filter(({ scheme }) => scheme !== 'udp').flatMap((connection) => legsOf(connection, reported));
  return legs.flatMap((leg) => {
    const { connection, actors, addresses } = leg;
    const real = connection.scheme !== 'tcp' ? undefined : { client: endpointOf(addresses.client), server: endpointOf(addresses.server) };
    const ends =
      real?.client && real.server
        ? { client: real.client, server: real.server }
        : book.made(actors.client, actors.server, addresses.server);
    book.note(actors.client, ends.client);
    book.note(actors.server, ends.server);
    return segmentsOf(leg, maxSegmentBytes(ends.server)).map((segment): Ready => {
      const isInbound = segment.from === 'client';
      const [from, to] = isInbound ? [ends.client, ends.server] : [ends.server, ends.client];
      return {
        at: segment.at,
        scheme: connection.scheme,
        bytes: tcpPacket(from, to, segment),
        comments: comments.segment(leg, segment),
        direction: isInbound ? 'inbound' : 'outbound',
      };
    });
  });
}

function datagramPackets({ events }: Trace, { connections }: Story, book: Book, comments: Comments): readonly Ready[] {
  const servers = new Set(events.flatMap((event) => (event.kind === 'actor' && event.role === 'server' ? [event.id] : [])));
  for (const { scheme, client, clientAddress, server, serverAddress } of connections) {
    if (scheme !== 'udp') continue;
    const [near, far] = [endpointOf(clientAddress), endpointOf(serverAddress)];
    if (near) book.note(client, near);
    if (far) book.note(server, far);
  }
  const serverPlaces = new Set(connections.map(({ serverAddress }) => serverAddress));
  return datagramsOf(events, connections).flatMap(({ event, from, to }): Ready[] => {
    const ends = { from: endpointOf(from), to: endpointOf(to) };
    if (!ends.from || !ends.to) return [];
    book.note(event.by, event.direction === 'sent' ? ends.from : ends.to);
    const isInbound = servers.has(event.by) ? event.direction === 'received' : serverPlaces.has(to);
    return [
      {
        at: event.at,
        scheme: 'udp',
        bytes: udpPacket(ends.from, ends.to, event.bytes),
        comments: comments.datagram(event),
        direction: isInbound ? 'inbound' : 'outbound',
      },
    ];
  });
}
