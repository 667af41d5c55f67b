/*
 * The proxy for streams: TCP or a Unix socket on either side. Each connection that comes is joined with one that it dials.
 */
import { type Address, type Connection, parseAddress, type Transport, TransportError, transportFor } from '../../lib/transport.js';
import { slowed } from '../../transports/link/index.js';
import { node } from '../../transports/node.js';
import type { ProxyOptions, RunningProxy } from './options.js';
import { join } from './pump.js';

/**
 * Listens and carries.
 * @throws {TransportError} if it cannot listen, or a fault is asked for that a stream cannot have
 */
export async function carryStreams(options: ProxyOptions): Promise<RunningProxy> {
  const { faults, observer, notice = () => {}, maxClients = 1024, clock = node.clock } = options;
  const { codec, scheme, address: asked } = parseAddress(options.listen);
  const { scheme: toScheme, address: target } = parseAddress(options.to);
  const through = (name: string): Transport => {
    const transport = transportFor(node.transports, name);
    return faults ? slowed(transport, faults, clock) : transport;
  };
  const [near, far] = [through(scheme), through(toScheme)];
  if (!near.listen) throw new TransportError('unsupported', `Nobody can listen at ${asked}.`);

  const legs = new Set<Connection>();
  const hold = (leg: Connection) => {
    legs.add(leg);
    void leg.closed.then(() => legs.delete(leg));
  };
  const givenUp = new AbortController();
  let clients = 0;

  async function carry(client: Connection): Promise<void> {
    hold(client);
    if (clients >= maxClients) {
      notice(`${client.remote} was turned away: ${maxClients} connections go through already.`);
      return client.abort(new TransportError('overflow', `${maxClients} connections go through this proxy already.`));
    }
    clients += 1;
    void client.closed.then(() => {
      clients -= 1;
    });
    let server: Connection;
    try {
      const gone = new AbortController();
      void client.closed.then(() => gone.abort());
      const signal = AbortSignal.any([givenUp.signal, gone.signal]);
      server = await far.dial(target, { clock, signal, tap: observer?.leg(client.id) });
    } catch (error) {
      const sentence = (error as Error).message;
      if (!givenUp.signal.aborted) notice(`${client.remote} was turned away: ${sentence}`);
      return client.abort(new TransportError('aborted', sentence, { cause: error }));
    }
    hold(server);
    join(client, server);
  }

  const listener = await near.listen(asked, { tap: observer, clock });
  let settle: (error?: Error) => void = () => {};
  const ended = new Promise<Error | undefined>((resolve) => {
    settle = resolve;
  });
  listener.connections$.subscribe({
    next: (client) => void carry(client),
    error: (error: Error) => settle(error),
    complete: () => settle(),
  });
  return {
    address: prefixed(codec, listener.address),
    get clients() {
      return clients;
    },
    ended,
    async close() {
      givenUp.abort();
      await listener.close();
      const left = [...legs];
      for (const leg of left) leg.abort(new TransportError('aborted', 'The proxy has ended.'));
      await Promise.all(left.map(({ closed }) => closed));
    },
  };
}

function prefixed(codec: string, address: Address): Address {
  return codec === 'text' ? `text+${address}` : address;
}
