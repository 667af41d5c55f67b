/*
 * A server of one group, for tests of the client's session: real ServerSessions and a real Seat, joined to
 * clients by bytes in memory. The group is 8888, its password 1234, and the name Taken is taken.
 */
import type { Outbox } from '../../../lib/group/fanout.js';
import type { Group } from '../../../lib/group/group.js';
import { Seat } from '../../../lib/group/seat.js';
import type { ClientEvent, ClientSession } from '../../../lib/session/client-session.js';
import { ServerSession } from '../../../lib/session/server-session.js';
import type { SessionOutput } from '../../../lib/session/session-requests.js';
import { TokenBucket } from '../../../lib/token-bucket.js';
import { framesCodec } from '../../../lib/wire/codec.js';
import { ByteWriter } from '../../../lib/wire/fields.js';
import type { FrameOf } from '../../../lib/wire/frames.js';
import { cutAt } from '../wire/arbitrary-frames.js';

const TOKEN = Uint8Array.of(0xca, 0xfe);

/** A message in the group. */
interface Said {
  readonly sequence: number;
  readonly sender: string;
  readonly text: string;
}

/** The server: what was said, and who sits there. */
export class Lobby {
  readonly log: Said[] = [];
  seat: Seat<Outbox<unknown>> | undefined;
  /** The connection of the one who sits there. */
  line: LobbyLine | undefined;

  /** Somebody else says something. */
  say(text: string): void {
    const said = { sequence: this.log.length + 1, sender: 'client12', text };
    this.log.push(said);
    this.line?.message(said);
  }
}

/** One connection, seen from the server. */
export class LobbyLine {
  readonly session = new ServerSession({ expectsHello: true });
  ended = false;
  readonly #decoder = framesCodec.newDecoder();
  readonly #out = new ByteWriter();

  constructor(private readonly lobby: Lobby) {
    this.#perform(this.session.start());
  }

  /** Takes what a client sent. */
  receive(chunk: Uint8Array): void {
    this.#decoder.push(chunk);
    while (!this.session.waits && !this.ended) {
      const input = this.#decoder.next(this.session.asked);
      if (!input) return;
      this.#perform(this.session.receive(input));
    }
  }

  /** What is to be sent to the client. */
  takeBytes(): Uint8Array {
    const bytes = this.#out.written().slice();
    this.#out.length = 0;
    return bytes;
  }

  message({ sequence, sender, text }: Said): void {
    framesCodec.write(this.#out, { type: 'MESSAGE', sequence, time: 0, sender, text });
  }

  #perform(outputs: readonly SessionOutput[]): void {
    for (const output of outputs) this.#do(output);
  }

  #do(output: SessionOutput): void {
    switch (output.do) {
      case 'send':
        return framesCodec.write(this.#out, output.saying);
      case 'verify':
        return this.#perform(
          this.session.settle(
            output.group === '8888' && output.password === '1234'
              ? { type: 'verified' }
              : { type: 'refused', code: 'wrong-credentials', counts: true },
          ),
        );
      case 'create':
        return this.#perform(this.session.settle({ type: 'created', group: '8888' }));
      case 'enter':
        if (output.name === 'Taken') return this.#perform(this.session.settle({ type: 'name-taken' }));
        this.lobby.seat = new Seat(
          undefined as unknown as Group<Outbox<unknown>>,
          output.name,
          output.name,
          TOKEN,
          new TokenBucket(20, 60, 0),
        );
        this.lobby.line = this;
        return this.#perform(this.session.settle({ type: 'joined', frame: this.#joined('no') }));
      case 'resume': {
        if (!this.lobby.seat) return this.#perform(this.session.settle({ type: 'unknown-session' }));
        this.lobby.line = this;
        this.#perform(this.session.settle({ type: 'joined', frame: this.#joined('whole') }));
        const name = this.lobby.seat.name;
        for (const said of this.lobby.log) if (said.sequence > output.lastSequence && said.sender !== name) this.message(said);
        return;
      }
      case 'say':
        return this.#say(output.id, output.text);
      case 'leave':
        this.lobby.seat = undefined;
        this.lobby.line = undefined;
        return;
      case 'end':
        this.ended = true;
        return;
      case 'who':
        return framesCodec.write(this.#out, { type: 'MEMBERS', members: [{ name: this.session.name, here: 'yes' }], last: 'yes' });
    }
  }

  #say(id: number, text: string): void {
    const { log, seat } = this.lobby;
    if (!seat) return;
    if (seat.isNew(id)) {
      log.push({ sequence: log.length + 1, sender: seat.name, text });
      seat.told(id, log.length);
    }
    const sequence = seat.sequenceOf(id);
    if (sequence !== undefined) framesCodec.write(this.#out, { type: 'ACCEPTED', id, sequence });
  }

  #joined(resumed: FrameOf<'JOINED'>['resumed']): FrameOf<'JOINED'> {
    const name = this.lobby.seat?.name ?? '';
    return { type: 'JOINED', group: '8888', name, members: 2, nextSequence: this.lobby.log.length + 1, token: TOKEN, resumed };
  }
}

/** Carries bytes both ways until nobody has anything to say; gives what the client was told. */
export function exchange(client: ClientSession, line: LobbyLine, cuts: readonly number[] = [], now = 0): ClientEvent[] {
  const events: ClientEvent[] = [];
  for (let quiet = false; !quiet; ) {
    const up = client.takeBytes();
    if (up) for (const chunk of cutAt(up, cuts)) line.receive(chunk);
    const down = line.takeBytes();
    for (const chunk of cutAt(down, cuts)) events.push(...client.receive(chunk, now));
    quiet = !up && down.length === 0;
  }
  return events;
}
