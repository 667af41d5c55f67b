/*
 * A client's cable, which a lesson can pull out and plug in again: its connection is dropped without a word, and
 * while the cable is out the client's timers wait, so that it does not dial in vain. Any transport will do.
 */
import type { Connection, Host, Transport } from '../../lib/index.js';
import { HEADER_BYTES } from '../../lib/wire/index.js';

/** A cable between a client and its machine. */
export interface Cable {
  /** The machine, seen through the cable. */
  readonly host: Host;
  /** Whoever is at it reads no further for now. */
  stopReading(): void;
  /** And reads on. */
  readOn(): void;
  /** Whether each frame gets a write of its own, one behind the other in the same turn. */
  writeSingly(singly: boolean): void;
  /** Ends this direction behind the next write, and lets the client dial no more: it has said all, and listens on. */
  endBehindNextWrite(): void;
  /** Drops the connection. */
  pullOut(): void;
  /** Lets the client dial again. */
  plugIn(): void;
}

/** Lays a cable to a machine; it is plugged in. */
export function layCable(machine: Host): Cable {
  let connection: Connection | undefined;
  let isOut = false;
  let isSingly = false;
  let endsNext = false;
  let waiting: (() => void)[] = [];
  const { clock } = machine;
  const through = (transport: Transport): Transport => ({
    scheme: transport.scheme,
    reset: transport.reset,
    async dial(address, options) {
      const dialled = await transport.dial(address, options);
      const send = dialled.send.bind(dialled);
      dialled.send = (chunk) => {
        const hasRoom = (isSingly ? framesOf(chunk) : [chunk]).reduce((_, piece) => send(piece), true);
        if (endsNext) void dialled.end();
        endsNext = false;
        return hasRoom;
      };
      connection = dialled;
      return dialled;
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
    writeSingly(singly) {
      isSingly = singly;
    },
    endBehindNextWrite() {
      isOut = true;
      endsNext = true;
    },
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

/** The frames of a chunk that has whole ones. */
function framesOf(chunk: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < chunk.length; ) {
    const end = at + HEADER_BYTES + view.getUint16(at + 2);
    frames.push(chunk.subarray(at, end));
    at = end;
  }
  return frames;
}
