/*
 * What a tab and the SharedWorker that carries its streams say to each other. They are of one origin and one build; the
 * channel between them loses nothing.
 */
import type { Record } from '../wire/records.js';

/** From a tab. */
export type FromTab =
  /** Carry this session's stream down, from an offset on. */
  | { readonly do: 'add'; readonly origin: string; readonly session: string; readonly offset: number }
  /** It is over. */
  | { readonly do: 'remove'; readonly session: string }
  /** The tab is closed, and everything of it with it. */
  | { readonly do: 'leave' };

/** To a tab, about one of its sessions. */
export type ToTab = { readonly session: string } & (
  | { readonly what: 'begun' }
  | { readonly what: 'record'; readonly record: Record }
  /** The stream was no records, or cannot be carried any more; the reason as a sentence or a part of one. */
  | { readonly what: 'broken' | 'lost'; readonly why: string }
);

/** A MessagePort as browsers have it, as far as it is used. */
export interface TabPort {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
}
