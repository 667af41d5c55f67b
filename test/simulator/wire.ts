/*
 * A connection as the simulator has it: what lib/transport.ts promises, without promises and streams, so that a run is
 * one synchronous call. Behind it is a pipe of bytes (pipe.ts) or the UDP engine (udp-network.ts).
 */

/** Who is told what becomes of a connection. */
export interface WireWatcher {
  received(chunk: Uint8Array): void;
  /** The peer half-closed. */
  ended(): void;
  /** What waited to be sent was taken. */
  drained(): void;
  /** It is no more; without a reason if both sides ended in order. */
  closed(error: string | undefined): void;
}

/** One end of a connection. */
export interface Wire {
  /** The same at both ends. */
  readonly id: string;
  readonly bufferedBytes: number;
  /** Nothing is told before this. */
  watch(watcher: WireWatcher): void;
  /** False: wait until it is drained. */
  send(chunk: Uint8Array): boolean;
  end(): void;
  abort(): void;
  pause(): void;
  resume(): void;
}

/** How dialling ends. */
export type Dialled = { readonly wire: Wire } | { readonly error: string };

/** What carries connections between hosts. */
export interface Network {
  listen(host: string, accept: (wire: Wire) => void): void;
  dial(from: string, to: string, dialled: (outcome: Dialled) => void): void;
  /** The process of a host dies: it hears and says nothing any more. */
  crash(host: string): void;
  /** From now on nothing goes wrong. */
  heal(): void;
  /** How many pieces or datagrams have gone. */
  readonly sent: number;
  /** Fails if something is left, once everybody has gone. */
  mustBeEmpty(): void;
}
