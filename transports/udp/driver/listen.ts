/*
 * Listening: one bound socket for everybody who comes. When the listener closes, the socket stays for as long as a
 * connection needs it, and refuses whoever else comes.
 */
import type { Address, Connection, Listener, ListenOptions } from '../../../lib/transport.js';
import { Arrivals } from '../../arrivals.js';
import { clock as nodeClock } from '../../host/clock.js';
import type { ConnectionMachine } from '../engine/connection.js';
import { UdpConnection } from './connection.js';
import { nextId } from './dial.js';
import type { DriverSettings } from './options.js';
import { Port } from './port.js';
import { localAddress, placeOf, written } from './sockets.js';
import { explainUdp } from './trouble.js';

/** Listens; see `Transport.listen`. */
export async function listen(settings: DriverSettings, asked: Address, options: ListenOptions = {}): Promise<Listener> {
  const { tap, clock = nodeClock, backlog = 1024 } = options;
  const socket = await placeOf(asked)
    .then((place) => settings.network.bound(place))
    .catch((cause: unknown) => {
      throw explainUdp('listen', asked, cause);
    });
  const address = localAddress(socket);
  const arrivals = new Arrivals<Connection>();

  const onAccepted = (machine: ConnectionMachine) => {
    const cut = machine.address.lastIndexOf('|');
    const remote = written(machine.address.slice(0, cut), Number(machine.address.slice(cut + 1)));
    const connection = new UdpConnection({ id: nextId(), local: address, remote, machine, port, tap });
    if (tap) port.showArrival(machine, connection);
    tap?.event({ layer: 'transport', at: clock.now(), connection: connection.id, what: { name: 'accepted', local: address, remote } });
    arrivals.push(connection);
  };
  const port: Port = new Port({
    socket,
    local: address,
    tap,
    clock,
    settings,
    mayAccept: () => arrivals.kept < backlog,
    onAccepted,
    onBroken: (cause) => arrivals.close({ error: explainUdp('listen', address, cause) }),
  });

  return {
    address,
    connections$: arrivals.items$,
    async close() {
      for (const untaken of arrivals.close()) untaken.abort();
      port.endpoint.stopAccepting();
      port.kept = false;
      port.wake();
      // The address is free when this returns, unless somebody still talks over it.
      await (port.inUse ? new Promise<void>((resolve) => clock.afterTurn(resolve)) : port.closed);
    },
  };
}
