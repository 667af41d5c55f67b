/*
 * A real server on a free port, with two members in a group who prove after each mischief that they can still
 * talk, and with its events kept, so that a test can wait for one. Its time stands still until a test moves it: no
 * limit in milliseconds can be reached by chance, on the busiest machine.
 */
import * as assert from 'uvu/assert';
import type { Clock } from '../../lib/clock.js';
import type { PasswordHasher } from '../../lib/group/passwords.js';
import { ChatServer, type ChatServerOptions } from '../../lib/server/chat-server.js';
import type { ServerEvent } from '../../lib/server/output.js';
import { VirtualClock } from '../../lib/virtual-clock.js';
import { node, scryptPasswords } from '../../transports/node.js';
import { RawClient, say } from './raw-client.js';

/** Real scrypt, but cheap. */
export const quickPasswords = (): PasswordHasher => scryptPasswords({ cost: 1024 });

/** A server, and who is at home in it. */
export class House {
  readonly events: ServerEvent[] = [];
  readonly clients: RawClient[] = [];
  group = '';
  readonly #waiting = new Set<() => void>();
  #said = 0;

  private constructor(
    readonly server: ChatServer,
    readonly address: string,
    readonly textAddress: string,
    private readonly time: VirtualClock,
  ) {
    server.events$.subscribe((event) => {
      this.events.push(event);
      for (const resolve of this.#waiting) resolve();
      this.#waiting.clear();
    });
  }

  static async open(options: ChatServerOptions & { passwords?: PasswordHasher } = {}): Promise<House> {
    const { passwords = quickPasswords(), ...limits } = options;
    const time = new VirtualClock();
    const clock: Clock = {
      now: () => time.now(),
      setTimer: (delayMs, callback) => time.setTimer(delayMs, callback),
      afterTurn: (callback) => node.clock.afterTurn(callback),
    };
    const server = new ChatServer({ ...node, clock, passwords }, limits);
    const house = new House(server, await server.listen('tcp://127.0.0.1:0'), await server.listen('text+tcp://127.0.0.1:0'), time);
    const [ann, bob] = [await house.enter(), await house.enter()];
    house.group = await ann.create('Ann');
    await bob.join('Bob', house.group);
    return house;
  }

  async enter(options: { lingers?: boolean; text?: boolean } = {}): Promise<RawClient> {
    const client = await RawClient.to(options.text ? this.textAddress : this.address, options);
    this.clients.push(client);
    return client;
  }

  /** Lets time pass. */
  passes(ms: number): void {
    this.time.advance(ms);
  }

  /** The event that fits, as soon as it is there. */
  async event<T extends ServerEvent['type']>(
    type: T,
    fits: (event: Extract<ServerEvent, { type: T }>) => boolean = () => true,
    nth = 1,
  ): Promise<Extract<ServerEvent, { type: T }>> {
    for (;;) {
      const found = this.events.filter((event): event is Extract<ServerEvent, { type: T }> => event.type === type).filter(fits)[nth - 1];
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Ann says something and Bob hears it: whatever was done to the server, it serves. */
  async stillServes(): Promise<void> {
    const [ann, bob] = this.clients as [RawClient, RawClient];
    const id = ++this.#said;
    ann.send(say(id, `still here ${id}`));
    const { sequence } = await ann.next('ACCEPTED', id);
    await bob.until(() => bob.frames.some((frame) => frame.type === 'MESSAGE' && frame.sequence === sequence), 'the message');
    assert.ok(bob.frames.some((frame) => frame.type === 'MESSAGE' && frame.text === `still here ${id}`));
  }

  async close(): Promise<void> {
    for (const { socket } of this.clients) socket.destroy();
    await this.server.close();
  }
}
