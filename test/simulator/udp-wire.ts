/*
 * One end of a connection over the UDP engine: what transports/udp/driver/connection.ts is to a socket, without streams
 * and promises. Checks on the way that what is read is what was written.
 */
import type { Closed, ConnectionEvent, ConnectionMachine } from '../../transports/udp/engine/connection.js';
import type { Stream } from './stream.js';
import type { Wire, WireWatcher } from './wire.js';

/** As in the driver. */
const HIGH_WATER_MARK = 64 * 1024;

/** What a wire is made of. */
export interface UdpWireParts {
  readonly id: string;
  readonly machine: ConnectionMachine;
  readonly incoming: Stream;
  readonly outgoing: Stream;
  /** The machine may have something to send. */
  readonly wake: () => void;
  readonly afterTurn: (callback: () => void) => void;
  /** A segment was read. */
  readonly onRead: () => void;
}

/** One end of a connection. */
export class UdpWire implements Wire {
  readonly id: string;
  readonly #parts: UdpWireParts;
  #watcher: WireWatcher | undefined;
  #isDead = false;
  #paused = false;
  #ended = false;
  #endWasRead = false;
  #isComplete = false;
  #isClosed = false;
  #error: string | undefined;
  #waitsForDrain = false;
  #isHanding = false;

  constructor(parts: UdpWireParts) {
    this.id = parts.id;
    this.#parts = parts;
  }

  get bufferedBytes(): number {
    return this.#parts.machine.unsentBytes;
  }

  watch(watcher: WireWatcher): void {
    this.#watcher = watcher;
    this.#parts.afterTurn(() => this.#handOver());
  }

  send(chunk: Uint8Array): boolean {
    if (this.#ended || this.#isOver) return true;
    this.#parts.outgoing.wrote(chunk);
    this.#parts.machine.write(chunk);
    this.#parts.wake();
    this.#waitsForDrain = this.bufferedBytes >= HIGH_WATER_MARK;
    return !this.#waitsForDrain;
  }

  end(): void {
    if (this.#ended || this.#isOver) return;
    this.#ended = true;
    this.#parts.outgoing.finished();
    this.#parts.machine.finish();
    this.#parts.wake();
  }

  abort(): void {
    if (this.#isOver) return;
    this.#error = 'aborted';
    this.#parts.machine.close('aborted', '');
    this.#parts.wake();
    this.#parts.afterTurn(() => this.#close());
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#parts.afterTurn(() => this.#handOver());
  }

  die(): void {
    this.#isDead = true;
    this.#watcher = undefined;
  }

  take(event: ConnectionEvent): void {
    if (event.type === 'readable') this.#handOver();
    if (event.type === 'closed') this.#takeClosed(event.closed);
  }

  /** Something was sent: says so if all of it was. */
  tellIfSent(): void {
    if (!this.#waitsForDrain || this.bufferedBytes > 0 || this.#isOver) return;
    this.#waitsForDrain = false;
    this.#watcher?.drained();
  }

  get #isOver(): boolean {
    return this.#isDead || this.#isClosed || this.#error !== undefined;
  }

  #takeClosed({ why }: Closed): void {
    if (this.#isOver) return;
    if (why !== 'done') this.#error = why;
    this.#isComplete = true;
    if (this.#error !== undefined || this.#endWasRead) this.#close();
  }

  #handOver(): void {
    if (this.#isHanding) return;
    this.#isHanding = true;
    let read = false;
    while (this.#watcher && !this.#paused && !this.#isOver) {
      const bytes = this.#parts.machine.read();
      if (!bytes) break;
      read = true;
      this.#parts.onRead();
      this.#parts.incoming.read(bytes);
      this.#watcher.received(bytes);
    }
    this.#isHanding = false;
    if (read) this.#parts.wake();
    if (!this.#watcher || this.#paused || this.#isOver || !this.#parts.machine.atEnd || this.#endWasRead) return;
    this.#endWasRead = true;
    this.#parts.incoming.readEnd();
    this.#watcher.ended();
    if (this.#isComplete) this.#close();
  }

  #close(): void {
    if (this.#isClosed || this.#isDead) return;
    this.#isClosed = true;
    this.#watcher?.closed(this.#error);
  }
}
