/*
 * A tab's side of the shared stream: what a Downlink is for a page of its own, by messages to the SharedWorker.
 */
import { TransportError } from '../../../lib/transport.js';
import type { Down, DownMember } from '../client/downlink.js';
import type { FromTab, TabPort, ToTab } from './messages.js';

/** Carries members by the SharedWorker behind a port. */
export class SharedDown implements Down {
  readonly #port: TabPort;
  readonly #origin: string;
  readonly #members = new Map<string, DownMember>();
  readonly #newcomers = new Map<string, () => void>();

  constructor(port: TabPort, origin: string) {
    this.#port = port;
    this.#origin = origin;
    port.onmessage = ({ data }) => this.#take(data as ToTab);
  }

  add(session: string, member: DownMember): Promise<void> {
    this.#members.set(session, member);
    this.#say({ do: 'add', origin: this.#origin, session, offset: member.received });
    return new Promise((resolve) => this.#newcomers.set(session, resolve));
  }

  remove(session: string): void {
    this.#begin(session);
    if (this.#members.delete(session)) this.#say({ do: 'remove', session });
  }

  /** The tab is about to be closed. */
  leave(): void {
    this.#say({ do: 'leave' });
  }

  /** The worker has failed: nothing comes through it any more. */
  failed(why: string): void {
    for (const [session, member] of [...this.#members]) {
      this.#begin(session);
      member.lost(new TransportError('unsupported', why));
    }
  }

  #begin(session: string): void {
    this.#newcomers.get(session)?.();
    this.#newcomers.delete(session);
  }

  #take(message: ToTab): void {
    const member = this.#members.get(message.session);
    if (message.what === 'begun') this.#begin(message.session);
    if (message.what === 'record') member?.take(message.record);
    if (message.what === 'broken') member?.breakRules(new Error(message.why));
    if (message.what === 'lost') member?.lost(new Error(message.why));
  }

  #say(message: FromTab): void {
    this.#port.postMessage(message);
  }
}
