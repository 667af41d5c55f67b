/*
 * What an ARQ is, for this exercise: two machines without a socket and without a clock. They are told what happens and what
 * time it is, and say what is to be done.
 */

/** What goes over the link. */
export interface Packet {
  /** Of the message: 0, 1, 2, ... A packet that is sent again has the number that it had. */
  readonly number: number;
  readonly message: string;
}

/** How an ARQ is set. */
export interface Settings {
  /** So many packets may be sent and not acknowledged. */
  readonly window: number;
  /** So long after a packet was sent its acknowledgement is waited for, ms. */
  readonly timeoutMs: number;
}

/** The end that sends. */
export interface Sender {
  /** A message of the program's; it goes when its turn comes. */
  submit(message: string): void;
  /** The link is free: the packet that is to go now, if there is one. Called again whenever something has changed. */
  next(now: number): Packet | undefined;
  /** An acknowledgement came: the receiver has everything before number `next`. */
  acknowledged(next: number, now: number): void;
  /** When `timeout` is to be called, ms; Infinity: there is nothing to wait for. */
  readonly deadline: number;
  /** That time has come. */
  timeout(now: number): void;
}

/** The end that receives. */
export interface Receiver {
  /** A packet came: what is handed to the program now, in order, and the number that is acknowledged: that of the next packet it waits for. */
  received(packet: Packet): { readonly deliver: readonly string[]; readonly acknowledge: number };
}

/** An ARQ. */
export interface Arq {
  sender(settings: Settings): Sender;
  receiver(): Receiver;
}
