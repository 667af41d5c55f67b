/*
 * The network beneath a stage, good or bad, and what has gone over it: as its links counted, and the real
 * connections at both ends.
 */
import { tap } from 'rxjs';
import type { Connection, Host, Transport } from '../../lib/index.js';
import { faultyNode } from '../../transports/faulty-node.js';
import type { Faults, LinkCounts } from '../../transports/link/index.js';
import type { EngineSettings, UdpConnection } from '../../transports/udp/index.js';

/** What has gone over a network so far. */
export interface NetworkCounts {
  /** Datagrams that were sent, at either end. */
  readonly datagrams: number;
  /** Those of them that the link lost. */
  readonly lost: number;
  /** Segments that were sent again, since they were taken for lost. */
  readonly again: number;
  /** Segments that went along with a later one, before anybody knew whether they were lost. */
  readonly along: number;
}

/** On what a lesson is performed. */
export interface Machine {
  readonly host: Host;
  /** What its links have done, if they have faults. */
  readonly linkCounts: LinkCounts;
}

/** A network. */
export interface Network {
  /** The machine on it. */
  readonly host: Host;
  /** What has gone over it. Without faults, and over other transports than UDP, nothing is counted. */
  counts(): NetworkCounts;
}

/** Lays a network of this computer, with faults or none and UDP set like this; or takes a machine that has all that already. */
export function layNetwork(faults: Faults | undefined, engine: Partial<EngineSettings> | undefined, machine?: Machine): Network {
  const { host, linkCounts } = machine ?? thisComputer(faults, engine);
  const connections: Connection[] = [];
  const sum = (count: 'retransmitted' | 'bundled') =>
    connections.filter(countsSegments).reduce((total, { stats }) => total + stats[count], 0);
  return {
    host: faults ? { ...host, transports: host.transports.map((each) => noting(each, connections)) } : host,
    counts: () => ({ datagrams: linkCounts.sent, lost: linkCounts.lost, again: sum('retransmitted'), along: sum('bundled') }),
  };
}

function thisComputer(faults: Faults | undefined, engine: Partial<EngineSettings> | undefined): Machine {
  const linkCounts: LinkCounts = { sent: 0, lost: 0 };
  return { host: faultyNode(faults, { linkCounts, engine }), linkCounts };
}

/** Notes every connection that is made. */
function noting(transport: Transport, connections: Connection[]): Transport {
  const { listen } = transport;
  return {
    ...transport,
    async dial(...asked) {
      const connection = await transport.dial(...asked);
      connections.push(connection);
      return connection;
    },
    ...(listen && {
      async listen(...asked: Parameters<typeof listen>) {
        const listener = await listen(...asked);
        const connections$ = listener.connections$.pipe(tap((connection) => void connections.push(connection)));
        return { address: listener.address, connections$, close: () => listener.close() };
      },
    }),
  };
}

function countsSegments(connection: Connection): connection is UdpConnection {
  return 'stats' in connection;
}
