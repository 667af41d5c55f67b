/*
 * Watches both directions of one connection's stream and says what may be shown of it. Pure: bytes in, pieces out. The
 * codec is told by the server's first byte: the type of a frame is below 0x20, and no line begins so. What the client
 * says before that waits.
 */
import { FrameReader } from './frame-reader.js';
import { Piece } from './piece.js';
import { TextReader } from './text-door/text-reader.js';
import type { Side } from './unit.js';

/** From here on a byte is no frame's type. */
const FIRST_TEXT_BYTE = 0x20;
/** So much of the client's may wait for the server's first byte; a server speaks first. */
const MAX_EARLY_BYTES = 256 * 1024;

/** Reads both directions, once the codec is known. */
interface Reader {
  take(from: Side, chunk: Uint8Array): readonly { readonly unit: Piece['units'][number] | undefined }[];
  end(from: Side): ReturnType<Reader['take']>;
  giveUp(): void;
}

/** Watches one connection's stream. */
export class StreamWatch {
  readonly #showSecrets: boolean;
  #reader: Reader | undefined;
  #early: { readonly piece: Piece; readonly chunk: Uint8Array | 'end' }[] = [];
  #earlyBytes = 0;

  constructor({ showSecrets = false }: { readonly showSecrets?: boolean } = {}) {
    this.#showSecrets = showSecrets;
  }

  /** Takes bytes that a side said. The chunk is kept for a while and must not change. */
  take(from: Side, chunk: Uint8Array): Piece {
    return this.#hear(from, chunk);
  }

  /** A side says no more. */
  end(from: Side): Piece {
    return this.#hear(from, 'end');
  }

  /** Decides what is undecided, by masks; the rest goes on. For when no more can be waited for. */
  giveUp(): void {
    this.#reader?.giveUp();
    // What nobody could understand is not shown, and its length not told.
    for (const { piece } of this.#early) piece.complete = true;
    if (this.#early.length > 0) this.#reader = SILENT;
    this.#early = [];
  }

  #hear(from: Side, chunk: Uint8Array | 'end'): Piece {
    const piece = new Piece();
    const first = chunk === 'end' ? undefined : chunk[0];
    if (!this.#reader && from === 'server' && first !== undefined) this.#begin(first);
    if (this.#reader) read(this.#reader, from, chunk, piece);
    else if (from === 'server') piece.complete = true;
    else this.#keep(piece, chunk);
    return piece;
  }

  #begin(first: number): void {
    const reader = first < FIRST_TEXT_BYTE ? framesReader(this.#showSecrets) : new TextReader(this.#showSecrets);
    this.#reader = reader;
    for (const { piece, chunk } of this.#early) read(reader, 'client', chunk, piece);
    this.#early = [];
  }

  #keep(piece: Piece, chunk: Uint8Array | 'end'): void {
    this.#early.push({ piece, chunk });
    this.#earlyBytes += chunk.length;
    if (this.#earlyBytes > MAX_EARLY_BYTES) this.giveUp();
  }
}

function read(reader: Reader, from: Side, chunk: Uint8Array | 'end', piece: Piece): void {
  for (const entry of chunk === 'end' ? reader.end(from) : reader.take(from, chunk)) piece.add(entry);
  piece.complete = true;
}

function framesReader(showSecrets: boolean): Reader {
  const sides = { client: new FrameReader('client', showSecrets), server: new FrameReader('server', showSecrets) };
  return {
    take: (from, chunk) => sides[from].take(chunk).map((unit) => ({ unit })),
    end: () => [],
    giveUp: () => undefined,
  };
}

/** Shows nothing. */
const SILENT: Reader = { take: () => [], end: () => [], giveUp: () => undefined };
