/*
 * Node on a bad network: its transports with a link's faults (transports/link) between them and the system. UDP has
 * all of them; a stream can be slow and nothing worse, and says so when somebody dials or listens.
 */
import type { Host } from '../lib/host.js';
import type { Transport } from '../lib/transport.js';
import { type Faults, type LinkCounts, slowed } from './link/index.js';
import { node } from './node.js';
import { udp, udpTransport } from './udp/index.js';

/** What may be said of a bad network beside its faults. */
export interface FaultyNodeOptions {
  /** Whether UDP's faults happen to what is sent only, or also to what is received: `both` if the peer is on a good network. Default `sent`. */
  readonly linkOn?: 'sent' | 'both';
  /** Counts what the links do. */
  readonly linkCounts?: LinkCounts;
}

/** Node with faults; without any, it is `node` itself. */
export function faultyNode(faults: Faults | undefined, options: FaultyNodeOptions = {}): Host {
  if (!faults) return node;
  const faulty = (transport: Transport) =>
    transport.scheme === udp.scheme ? udpTransport({ ...options, link: faults }) : slowWhenUsed(transport, faults);
  return { ...node, transports: node.transports.map(faulty) };
}

/** Slow, or refused, but only once it is used: who asks for loss over UDP is not kept from it by what TCP cannot do. */
function slowWhenUsed(transport: Transport, faults: Faults): Transport {
  const { scheme, reset, listen } = transport;
  const slow = () => slowed(transport, faults, node.clock);
  return {
    scheme,
    reset,
    dial: async (...asked) => slow().dial(...asked),
    ...(listen && { listen: async (...asked: Parameters<typeof listen>) => (slow() as Required<Transport>).listen(...asked) }),
  };
}
