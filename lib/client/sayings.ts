/*
 * What a client has said and the group's log does not have yet, each with the call that waits for its sequence number.
 * That nothing is lost or said twice is the session's affair.
 */
import { ChatError, type ChatErrorCode } from './chat-error.js';
import type { Waiting } from './waiting.js';

/** The sayings of one client that are on their way, by message ID. */
export class Sayings {
  readonly #waiting = new Map<number, Waiting<number> & { readonly text: string }>();

  /** One more was said; resolves with its sequence number. */
  said(id: number, text: string): Promise<number> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { text, resolve, reject }));
  }

  /** The log has it; returns its text, or nothing if nobody waits for it. */
  accepted(id: number, sequence: number): string | undefined {
    const saying = this.#waiting.get(id);
    this.#waiting.delete(id);
    saying?.resolve(sequence);
    return saying?.text;
  }

  /** The server refused it. */
  refused(id: number, error: ChatError): void {
    this.#waiting.get(id)?.reject(error);
    this.#waiting.delete(id);
  }

  /** The group is left behind: all are given back to those who wait for them. */
  giveBack(code: ChatErrorCode, text: string): void {
    for (const saying of this.#waiting.values()) saying.reject(new ChatError(code, text));
    this.#waiting.clear();
  }
}
