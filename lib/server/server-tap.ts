/*
 * Shows a tap what a server sends and receives, frame by frame, without the secrets. Runs only where there
 * is a tap. It decodes the chunks themselves, so what it shows is what was on the wire.
 */
import type { Direction, Tap } from '../trace.js';
import { FrameDecoder } from '../wire/decode.js';
import type { Frame } from '../wire/frames.js';
import { ProtocolError } from '../wire/protocol-error.js';
import { tapFrame } from '../wire/tap-frame.js';
import type { Peer } from './peer.js';

/** Nothing in place of a decoder: the protocol was broken in that direction, and no frame comes after that. */
interface TapState {
  sent: FrameDecoder<'server'> | undefined;
  received: FrameDecoder<'client'> | undefined;
}

const states = new WeakMap<object, TapState>();

/** A chunk goes to a client. */
export function tapSent<Link>(tap: Tap, peer: Peer<Link>, chunk: Uint8Array, at: number): void {
  show(tap, peer, 'sent', chunk, at);
}

/** A chunk came from a client. */
export function tapReceived<Link>(tap: Tap, peer: Peer<Link>, chunk: Uint8Array, at: number): void {
  show(tap, peer, 'received', chunk, at);
}

function show<Link>(tap: Tap, peer: Peer<Link>, direction: Direction, chunk: Uint8Array, at: number): void {
  if (!peer.framed) return; // at the plain-text door a tracer reads the lines from the bytes: only what follows tells which are secret
  const state = states.get(peer) ?? { sent: new FrameDecoder('server'), received: new FrameDecoder('client') };
  states.set(peer, state);
  const decoder = state[direction];
  decoder?.push(chunk);
  try {
    for (let frame: Frame | undefined = decoder?.next(); frame; frame = decoder?.next()) {
      tapFrame(tap, { at, connection: peer.arrival.id, actor: 'server', direction }, frame);
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error; // the machine ends the connection for it
    state[direction] = undefined;
  }
}
