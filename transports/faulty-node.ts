/*
 * Node on a bad network: its transports with a link's faults (transports/link) between them and the system. UDP has
 * all of them; a stream can be slow and nothing worse, and says so when somebody dials or listens. And Node whose UDP
 * repairs losses in another way than usual, which one mostly wants to see on a bad network.
 */
import type { Host } from '../lib/host.js';
import type { Transport } from '../lib/transport.js';
import { type Faults, type LinkCounts, slowed } from './link/index.js';
import { node } from './node.js';
import { type EngineSettings, udp, udpTransport } from './udp/index.js';

/** What may be said of a bad network beside its faults. */
export interface FaultyNodeOptions {
  /** Whether UDP's faults happen to what is sent only, or also to what is received: `both` if the peer is on a good network. Default `sent`. */
  readonly linkOn?: 'sent' | 'both';
  /** Counts what the links do. */
  readonly linkCounts?: LinkCounts;
  /** How UDP's engine is set. */
  readonly engine?: Partial<EngineSettings> | undefined;
  /** What is used in place of Node's transport of the same scheme, on a good network: the way of a page that shows a bad one. */
  readonly instead?: Transport | undefined;
}

/** Node with faults; without any, and with UDP as it comes, it is `node` itself. */
export function faultyNode(faults: Faults | undefined, { engine, instead, ...options }: FaultyNodeOptions = {}): Host {
  if (!faults && !engine && !instead) return node;
  const transports = node.transports.map((transport) => (transport.scheme === instead?.scheme ? instead : transport));
  const faulty = (transport: Transport) => {
    if (transport === instead) return transport;
    if (transport.scheme === udp.scheme && (faults || engine)) return udpTransport({ ...options, ...engine, link: faults });
    return faults ? slowWhenUsed(transport, faults) : transport;
  };
  return { ...node, transports: transports.map(faulty) };
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
