/*
 * A transport whose listeners stand behind a proxy each, for the conformance suite: whatever it promises must hold
 * through the proxy, too.
 */
import type { Address, Listener, ListenOptions, Transport } from '../../../lib/transport.js';
import { startProxy } from '../../../tracer/proxy/index.js';
import { conformance, type Subject } from '../../../transports/conformance/index.js';

/** What holds for a listener or a dial, and has nothing to do with what goes through a proxy. */
const NOT_CARRIED =
  /refused where nobody listens|free again once its listener|close\(\) completes connections\$|both ends name themselves|a dial that fails/;

/** Handles that stay as long as a proxy does. */
const OF_A_PROXY = new Set(['TCPServerWrap', 'Immediate', 'TickObject']);

/** A proxy, in the suite's words. */
export interface Way {
  readonly name: string;
  /** What the suite dials; the proxy listens with it. */
  readonly near: Transport;
  /** What the proxy dials; the suite listens with it. */
  readonly far: Transport;
  /** Where the suite listens. */
  farAddress(): Address;
  readonly limits?: Partial<Subject>;
}

/** The cases about what is carried, for a proxy between two transports, and what is to be closed after them. */
export function casesThrough({ name, near, far, farAddress, limits }: Way) {
  const proxies: { close(): Promise<void> }[] = [];
  const transport: Transport = {
    scheme: near.scheme,
    reset: far.reset === 'signalled' ? near.reset : 'looks-like-end',
    dial: (...asked) => near.dial(...asked),
    async listen(asked: Address, options?: ListenOptions): Promise<Listener> {
      const { address, connections$, close } = await listening(far, farAddress(), options);
      const proxy = await startProxy({ listen: asked, to: address }).catch(async (error: unknown) => {
        await close();
        throw error;
      });
      proxies.push(proxy);
      return { address: proxy.address, connections$, close };
    },
  };
  const address = () => `${near.scheme}://127.0.0.1:0`;
  const cases = conformance({ name, transport, address, resources: handles, largestBytes: 4 * 1024 * 1024, ...limits });
  return {
    cases: cases.filter((one) => !NOT_CARRIED.test(one.name) && !(near.scheme === 'udp' && /leaves nothing behind/.test(one.name))),
    closeProxies: () => Promise.all(proxies.splice(0).map((proxy) => proxy.close())),
  };
}

async function listening(transport: Transport, address: Address, options?: ListenOptions): Promise<Listener> {
  const listener = await (transport as Required<Transport>).listen(address, options);
  return { address: listener.address, connections$: listener.connections$, close: () => listener.close() };
}

/** What this process holds, but for the proxies' own listeners; a relay keeps its clients on purpose, for a while. */
function handles(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) if (!OF_A_PROXY.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
