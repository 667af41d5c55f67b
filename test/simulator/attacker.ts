/*
 * Somebody on the same network who can send from any address and has heard what others sent: garbage, SYNs by the
 * dozen, forged cookies, packets for connections that do not exist, and replays. Nothing of it may do anything.
 */
import { crc32 } from 'node:zlib';
import type { Timer } from '../../lib/clock.js';
import { PacketWriter } from '../../transports/udp/wire/encode.js';
import { PACKETS } from '../../transports/udp/wire/packets.js';
import type { CountedClock } from './counted-clock.js';
import type { Dice } from './dice.js';

/** How many datagrams of others are kept, and how many of those that make a connection. */
const OVERHEARD = 60;
const CONNECTS = 4;
const PARAMETERS = { arq: 'sack', congestion: 'newreno', credit: 512, idleTimeoutMs: 30_000, maxDatagramBytes: 1200 } as const;

interface Overheard {
  readonly from: string;
  readonly to: string;
  readonly datagram: Uint8Array;
}

type Send = (from: string, to: string, datagram: Uint8Array) => void;

/** An attacker of some servers. */
export class Attacker {
  readonly #writer = new PacketWriter((bytes) => crc32(bytes));
  readonly #heard: Overheard[] = [];
  readonly #connects: Overheard[] = [];
  #timer: Timer | undefined;

  constructor(
    private readonly clock: CountedClock,
    private readonly dice: Dice,
    private readonly servers: readonly string[],
  ) {}

  attack(send: Send): void {
    this.#timer = this.clock.setTimer(this.dice.between(0, 500), () => {
      this.#send(send);
      this.attack(send);
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  overhear(from: string, to: string, datagram: Uint8Array): void {
    if (!this.servers.includes(to)) return;
    if (((datagram[0] as number) & 0xf) === PACKETS.CONNECT.code) {
      this.#connects.push({ from, to, datagram: datagram.slice() });
      if (this.#connects.length > CONNECTS) this.#connects.shift();
    }
    if (!this.dice.chance(0.3)) return;
    if (this.#heard.length >= OVERHEARD) this.#heard.splice(this.dice.whole(0, OVERHEARD - 1), 1);
    this.#heard.push({ from, to, datagram: datagram.slice() });
  }

  #send(send: Send): void {
    const { dice } = this;
    const to = dice.pick(this.servers);
    const from = `x${dice.whole(1, 9)}`;
    const id = dice.whole(1, 2 ** 40);
    switch (dice.whole(1, 6)) {
      case 1:
        return send(from, to, dice.bytes(dice.whole(0, 60)));
      case 2: {
        const padding = new Uint8Array(dice.pick([1160, 1160, 10]));
        for (let i = dice.whole(1, 5); i > 0; i--) {
          send(from, to, this.#writer.packet('SYN', {}, { client: id + i, parameters: PARAMETERS, padding }));
        }
        return;
      }
      case 3: {
        this.#writer.begin(
          'CONNECT',
          { flags: 0, destination: id, number: 1 },
          { client: id, parameters: PARAMETERS, time: Math.floor(this.clock.now()), mac: dice.bytes(16) },
          1200,
        );
        this.#writer.frame({ type: 'PING' });
        return send(from, to, this.#writer.finish());
      }
      case 4: {
        this.#writer.begin('OPEN', { flags: 0, destination: id, number: 1 }, {}, 1200);
        this.#writer.frame({ type: 'DATA', segment: 0, data: dice.bytes(20) });
        return send(from, to, this.#writer.finish());
      }
      default: {
        const all = dice.chance(0.5) ? this.#connects : this.#heard;
        const heard = all.length > 0 ? dice.pick(all) : undefined;
        if (heard) send(dice.chance(0.7) ? heard.from : from, heard.to, heard.datagram);
      }
    }
  }
}
