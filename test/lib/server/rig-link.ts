/*
 * One connection of the rig, as its client sees it: every frame or line that it was sent, in order, and what the
 * server did to it. Fails where the server breaks its word to a connection.
 */
import * as assert from 'uvu/assert';
import type { CodecName } from '../../../lib/address.js';
import type { Peer } from '../../../lib/server/peer.js';
import type { TransportErrorCode } from '../../../lib/transport-error.js';
import { FrameDecoder } from '../../../lib/wire/decode.js';
import type { FrameOf, FrameType, ServerFrame } from '../../../lib/wire/frames.js';

/** A connection without a network. */
export class RigLink {
  peer!: Peer<RigLink>;
  readonly chunks: Uint8Array[] = [];
  /** All frames that came; of a text client, none. */
  readonly frames: ServerFrame[] = [];
  /** All that came to a text client. */
  text = '';
  /** The server has paused reading. */
  paused = false;
  /** The server has half-closed. */
  ended = false;
  /** The server has dropped it. */
  aborted: TransportErrorCode | undefined;
  /** The connection is no more. */
  gone = false;
  /** False: what it is sent stays unsent in the server's process. */
  reads = true;
  /** What is unsent is above its high-water mark, if anything is. */
  isFull = true;
  unsentBytes = 0;
  /** True: it does not close when the server does. */
  lingers = false;
  /** How often it was sent something in this flush. */
  sends = 0;
  readonly #decoder = new FrameDecoder('server');
  readonly #words = new TextDecoder('utf-8', { fatal: true });
  #read = 0;

  constructor(
    readonly id: string,
    readonly codec: CodecName,
  ) {}

  /** The server sends a chunk. */
  take(chunk: Uint8Array): void {
    assert.not(this.ended || this.gone, `${this.id} was sent something after its end`);
    assert.ok(chunk.length > 0, `${this.id} was sent an empty chunk`);
    assert.is(++this.sends, 1, `${this.id} was sent more than one chunk in a flush`);
    this.chunks.push(chunk);
    if (!this.reads) this.unsentBytes += chunk.length;
    if (this.codec === 'text') this.text += this.#words.decode(chunk);
    else this.#decode(chunk);
  }

  /** The frames that came since this was last asked. */
  news(): ServerFrame[] {
    const frames = this.frames.slice(this.#read);
    this.#read = this.frames.length;
    return frames;
  }

  /** The types of the frames that came since news were last asked for. */
  newTypes(): FrameType[] {
    return this.news().map(({ type }) => type);
  }

  /** All frames of a type. */
  all<T extends FrameType>(type: T): FrameOf<T>[] {
    return this.frames.filter((frame): frame is ServerFrame & FrameOf<T> => frame.type === type);
  }

  /** The last frame of a type. */
  last<T extends FrameType>(type: T): FrameOf<T> {
    const frame = this.all(type).at(-1);
    if (!frame) throw new Error(`${this.id} was sent no ${type}, but ${this.frames.map((each) => each.type).join(', ')}`);
    return frame;
  }

  /** The texts of all messages that came. */
  get heard(): string[] {
    return this.all('MESSAGE').map(({ text }) => text);
  }

  /** Who came and went, as it was told. */
  get comings(): string[] {
    return this.all('PRESENCE').flatMap(({ changes }) => changes.map(({ what, name }) => `${name} ${what}`));
  }

  /** The group that it is in, or was in last. */
  get group(): string {
    if (this.codec === 'frames') return this.last('JOINED').group;
    return [...this.text.matchAll(/connected to group chat #(\d+)/g)].at(-1)?.[1] ?? '';
  }

  /** Its token for coming back. */
  get token(): Uint8Array {
    return this.last('JOINED').token;
  }

  /** Why the server parted; nothing while it has not. */
  get bye(): FrameOf<'BYE'>['code'] | undefined {
    return this.all('BYE')[0]?.code;
  }

  #decode(chunk: Uint8Array): void {
    this.#decoder.push(chunk);
    for (let frame = this.#decoder.next(); frame; frame = this.#decoder.next()) {
      assert.not(this.bye, `${this.id} was sent a ${frame.type} after BYE`);
      this.frames.push(frame);
    }
    assert.is(this.#decoder.bufferedBytes, 0, 'half a frame');
  }
}
