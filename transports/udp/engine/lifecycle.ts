/*
 * Where a connection stands, from dialling to gone, and how it ends: in order when both directions are complete, by a
 * CLOSE of either side, by a reset, or because the peer is silent. What is sent meanwhile is not decided here.
 */
import type { CloseCode } from '../wire/packets.js';
import { Closing } from './closing.js';
import type { Closed, ConnectionEvent, ConnectionState } from './events.js';
import type { Halves } from './halves.js';
import type { Timers } from './timers.js';

/** The states of one connection. */
export class Lifecycle {
  state: ConnectionState;
  /** Its last words, once it is over. */
  closing: Closing | undefined;
  readonly #halves: Halves;
  readonly #timers: Timers;
  readonly #report: (event: ConnectionEvent) => void;
  #delivered = false;

  constructor(state: ConnectionState, halves: Halves, timers: Timers, report: (event: ConnectionEvent) => void) {
    this.state = state;
    this.#halves = halves;
    this.#timers = timers;
    this.#report = report;
  }

  /** The peer has answered. */
  open(): void {
    this.state = 'open';
    this.#timers.stop('dial');
    this.#timers.stop('handshake');
    this.#report({ type: 'open' });
  }

  /** It is over for the application, and the peer is told so until it says the same. */
  startClosing(code: CloseCode, text: string, by: Closed['by'] = 'local'): void {
    this.#end({ why: code, by, text });
    this.state = 'closing';
    this.closing = new Closing(code, text, this.#timers);
  }

  /** Ends it at this end's wish. */
  close(code: CloseCode, text: string): void {
    if (this.state === 'dialling') this.#vanish();
    else if (this.state === 'connecting' || this.state === 'open') this.startClosing(code, text);
  }

  /** The peer said CLOSE. */
  closedByPeer(code: CloseCode, text: string): void {
    // `done` is said by who has everything and whose everything was acknowledged: that is an ACK of our end, too.
    const done = code === 'done' && this.#halves.receiver.stream.ended;
    if (done && !this.#delivered) this.#deliver();
    this.#end(
      done ? { why: 'done', by: 'remote', text } : { why: code === 'aborted' || code === 'done' ? 'reset' : code, by: 'remote', text },
    );
    this.state = 'draining';
    this.closing = new Closing('done', '', this.#timers);
  }

  /** Both directions may be complete: then it is over. */
  finishIfDone(): void {
    if (this.state !== 'open' || !this.#halves.sender.stream.done) return;
    if (!this.#delivered) this.#deliver();
    if (this.#halves.receiver.stream.ended) this.startClosing('done', '');
  }

  /** The peer does not know the connection, or wants none. */
  reset(refused: boolean): void {
    if (this.state === 'gone') return;
    if (this.closing) return this.forget(); // it is over there, as it is here
    const why = refused || this.state !== 'open' ? 'refused' : 'reset';
    this.#end({ why, by: 'remote', text: 'the peer does not know this connection' });
    this.forget();
  }

  /** The peer is silent. */
  giveUp(text: string): void {
    this.#end({ why: 'timeout', by: 'remote', text });
    this.forget();
  }

  /** Nothing of it is left. */
  forget(): void {
    this.#timers.stopAll();
    this.state = 'gone';
    this.#report({ type: 'gone' });
  }

  #vanish(): void {
    this.#end({ why: 'aborted', by: 'local', text: '' });
    this.forget();
  }

  #deliver(): void {
    this.#delivered = true;
    this.#report({ type: 'delivered' });
  }

  /** Tells that it is over, and stops everything that was going on. */
  #end(closed: Closed): void {
    this.#halves.sender.clear();
    this.#timers.stopAll();
    this.#report({ type: 'closed', closed });
  }
}
