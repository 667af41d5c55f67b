/*
 * A person: starts a client, does something with it every now and then, and starts another one when it ended. What
 * it does, its dice say.
 */
import type { FrameOf } from '../../lib/wire/frames.js';
import { Client, type ClientParts } from './client.js';
import type { Scenario } from './scenario.js';

/** What people tell each other outside of the chat: groups and their passwords. */
export interface Board {
  readonly groups: { readonly id: string; readonly password: string }[];
  /** Counts all messages of a run, so that no two are alike. */
  said: number;
}

/** What a person is made of. */
export interface PersonParts extends Omit<ClientParts, 'onJoined' | 'from' | 'history'> {
  readonly name: string;
  readonly scenario: Scenario;
  readonly board: Board;
  /** All names, to take somebody else's now and then. */
  readonly names: readonly string[];
}

/** A message is this long at most, so that the largest that there may be occur, and seldom. */
const LENGTHS = [0, 10, 10, 40, 40, 200, 200, 1_200, 3_900];
/** Who has so much on its way says nothing more for now. */
const MOST_UNACCEPTED = 200;

/** Somebody who chats. */
export class Person {
  client: Client | undefined;
  #isResting = false;
  #starts = 0;
  #from = '';
  #password = '';

  constructor(private readonly parts: PersonParts) {
    this.#plan();
  }

  /** From now on it does nothing of its own accord. */
  rest(): void {
    this.#isResting = true;
  }

  /** Says goodbye, or is switched off. */
  go(): void {
    if (!this.client || this.client.isOver) return;
    if (this.parts.dice.chance(0.5)) this.client.exit();
    else this.#crash();
  }

  #plan(): void {
    const { clock, dice, scenario } = this.parts;
    clock.setTimer(dice.between(0, 2) * scenario.restMs, () => {
      if (this.#isResting) return;
      this.#act();
      this.#plan();
    });
  }

  #act(): void {
    const { client } = this;
    const { dice } = this.parts;
    if (!client || client.isOver) {
      if (dice.chance(0.5)) this.#start();
    } else if (dice.chance(0.004)) this.#crash();
    else if (dice.chance(0.01)) {
      this.parts.journal.step(client.name, 'breaks its connection');
      client.breakOff();
    } else if (client.membership) this.#chat(client);
    else if (client.asked) this.#answer(client, client.asked);
    else if (dice.chance(0.005)) client.exit();
  }

  #start(): void {
    const { name, journal, scenario } = this.parts;
    this.#from = `${name}${++this.#starts}`;
    journal.step(this.#from, 'starts');
    this.client = new Client(this.#from, {
      ...this.parts,
      from: this.#from,
      history: scenario.history,
      onJoined: (frame) => this.#joined(frame),
    });
  }

  #crash(): void {
    if (!this.client) return;
    this.parts.journal.step(this.client.name, 'dies');
    this.client.die();
    this.parts.network.crash(this.#from);
  }

  #chat(client: Client): void {
    const { dice } = this.parts;
    if (dice.chance(0.01)) return client.leave();
    if (dice.chance(0.004)) return client.exit();
    if (dice.chance(0.05)) return client.who();
    const count = dice.chance(0.05) ? dice.whole(10, 90) : dice.whole(0, 2);
    for (let i = 0; i < count && (client.membership?.unaccepted ?? MOST_UNACCEPTED) < MOST_UNACCEPTED; i++) this.#say(client);
  }

  #say(client: Client): void {
    const { dice, board, name } = this.parts;
    const text = `${++board.said} by ${name} `;
    client.say(text + '.é😀'.repeat(dice.whole(0, dice.pick(LENGTHS) / 4)));
  }

  #answer(client: Client, question: string): void {
    const { dice, board, name, names } = this.parts;
    if (question !== 'menu') return dice.chance(0.7) ? client.leave() : this.#answerOne(client, question);
    if (dice.chance(0.02)) return client.exit();
    if (dice.chance(0.03)) return client.converse(true, { question: 'menu', value: dice.pick(['3', '7']) });
    const answerName = { question: 'name', value: dice.chance(0.9) ? name : dice.pick(names) } as const;
    const group = dice.pick([...board.groups.slice(-3), undefined]);
    const creates = board.groups.length === 0 || dice.chance(0.05);
    const atOnce = dice.chance(0.6);
    if (creates) {
      this.#password = `secret ${dice.whole(1, 1e6)}`;
      return client.converse(atOnce, { question: 'menu', value: '2' }, answerName, { question: 'password', value: this.#password });
    }
    if (!group) return;
    const password = dice.chance(0.95) ? group.password : 'guess';
    const groupAnswer = { question: 'group', value: dice.chance(0.97) ? group.id : '1' } as const;
    client.converse(atOnce, { question: 'menu', value: '1' }, answerName, groupAnswer, { question: 'password', value: password });
  }

  #answerOne(client: Client, question: string): void {
    const { dice, board, names } = this.parts;
    const group = board.groups.at(-1);
    if (question === 'name') client.converse(true, { question, value: dice.pick([...names, '', 'a:b']) });
    if (question === 'group') client.converse(true, { question, value: group?.id ?? '1' });
    if (question === 'password') client.converse(true, { question, value: group?.password ?? '' });
  }

  #joined({ group, resumed }: FrameOf<'JOINED'>): void {
    const { board } = this.parts;
    if (resumed !== 'no' || board.groups.some(({ id, password }) => id === group && password !== '')) return;
    board.groups.push({ id: group, password: this.#password });
  }
}
