/*
 * A client's cable, which a lesson can pull out and plug in again: its connection is dropped without a word, and
 * while the cable is out the client's timers wait, so that it does not dial in vain. Any transport will do.
 */
import type { Connection, Host, Transport } from '../../lib/index.js';

/** A cable between a client and its machine. */
export interface Cable {
  /** The machine, seen through the cable. */
  readonly host: Host;
  /** Whoever is at it reads no further for now. */
  stopReading(): void;
  /** And reads on. */
  readOn(): void;
  /** Says that no more comes from this end, whatever the client thinks; what the other end says still comes. */
  endSending(): Promise<void>;
  /** Drops the connection. */
  pullOut(): void;
  /** Lets the client dial again. */
  plugIn(): void;
}

/** Lays a cable to a machine; it is plugged in. */
export function layCable(machine: Host): Cable {
  let connection: Connection | undefined;
  let isOut = false;
  let waiting: (() => void)[] = [];
  const { clock } = machine;
  const through = (transport: Transport): Transport => ({
    scheme: transport.scheme,
    reset: transport.reset,
    async dial(address, options) {
      connection = await transport.dial(address, options);
      return connection;
    },
  });
  return {
    host: {
      ...machine,
      transports: machine.transports.map(through),
      clock: {
        now: () => clock.now(),
        afterTurn: (callback) => clock.afterTurn(callback),
        setTimer: (delayMs, callback) => clock.setTimer(delayMs, () => (isOut ? void waiting.push(callback) : callback())),
      },
    },
    stopReading: () => connection?.pause(),
    readOn: () => connection?.resume(),
    endSending: async () => connection?.end(),
    pullOut() {
      isOut = true;
      connection?.abort();
    },
    plugIn() {
      isOut = false;
      const due = waiting;
      waiting = [];
      for (const callback of due) callback();
    },
  };
}
