/*
 * When the next packet may go: when the congestion window has room for it, the line is free, and the pacer has spread
 * those before. What goes, and that probes are not held back, is the Sender's affair.
 */
import { SMALLEST_BYTES } from '../wire/packets.js';
import type { Controller } from './congestion/index.js';
import { Pacer } from './pacer.js';
import type { Rtt } from './rtt.js';
import type { EngineSettings } from './settings.js';

/** Whether a packet may go now: yes, later, when something arrived, or there is none. */
export type Readiness =
  | { readonly go: true }
  | { readonly go: false; readonly why: 'nothing' | 'window' }
  | { readonly go: false; readonly why: 'pacing'; readonly at: number };

/** It may. */
export const GO: Readiness = { go: true };
const NOTHING: Readiness = { go: false, why: 'nothing' };
const WINDOW: Readiness = { go: false, why: 'window' };

/** Holds the packets of one direction of one connection until their time. */
export class Departure {
  readonly #settings: EngineSettings;
  readonly #rtt: Rtt;
  #pacer: Pacer;
  /** When the last datagram has left the line. */
  #lineFreeAt = Number.NEGATIVE_INFINITY;
  /** Whether the window is what held packets back of late, and not that there was little to send. */
  limited = false;

  constructor(settings: EngineSettings, rtt: Rtt, datagramBytes: number) {
    this.#settings = settings;
    this.#rtt = rtt;
    this.#pacer = new Pacer(datagramBytes);
  }

  /** Whether a packet with a frame of so many bytes may go now; -1 if there is no frame. */
  ready(frameBytes: number, bytesInFlight: number, { window, slowStart }: Controller, now: number): Readiness {
    if (frameBytes < 0) {
      this.limited = slowStart && bytesInFlight * 2 >= window; // as RFC 7661 section 4.2: at least half of it was used
      return NOTHING;
    }
    this.limited = true;
    if (bytesInFlight > 0 && bytesInFlight + SMALLEST_BYTES + frameBytes > window) return WINDOW; // RFC 9002 section 7
    if (now < this.#lineFreeAt) return { go: false, why: 'pacing', at: this.#lineFreeAt };
    if (!this.#settings.pacing || !this.#rtt.sampled || window === Number.POSITIVE_INFINITY) return GO;
    const wait = this.#pacer.delay(SMALLEST_BYTES + frameBytes, { windowBytes: window, rttMs: this.#rtt.smoothed, slowStart }, now);
    return wait > 0 ? { go: false, why: 'pacing', at: now + wait } : GO;
  }

  /** So many bytes went. */
  onSent(bytes: number, now: number): void {
    this.#pacer.spend(bytes);
    this.#lineFreeAt = now + this.#settings.gapMs;
  }

  /** Datagrams have another size from now on. */
  onDatagramSize(bytes: number): void {
    this.#pacer.onDatagramSize(bytes);
  }

  /** The peer is at another address: nothing is known of the way to it. */
  onNewPath(datagramBytes: number): void {
    this.#pacer = new Pacer(datagramBytes);
  }
}
