/*
 * A client on stage: a ChatClient whose every act is a step of the telling. An act does one thing, waits for
 * what comes of it, and is told; so the lines come in an order that is the same in every run.
 */
import { filter, firstValueFrom, type Observable, skip } from 'rxjs';
import type { ChatClient, ClientState, Membership, Message, Presence } from '../../lib/index.js';
import type { Cable } from './cable.js';

/** A client with a name, who acts step by step. */
export interface Actor {
  readonly name: string;
  /** Where it stands. */
  readonly state: ClientState;
  /** What the others have said to it so far. */
  readonly heard: readonly Message[];
  /** Answers the open question, as a person does, and waits for what comes of it: a question, a seat, or the end. */
  answers(value: string): Promise<ClientState>;
  /** Option 1, all answers at once. */
  joins(group: string, password: string): Promise<Membership>;
  /** Option 2, all answers at once. */
  creates(password: string): Promise<Membership>;
  /** Says something to the group, and waits until the group has it. */
  says(text: string): Promise<number>;
  /** Says several things, one so many milliseconds after the other, whatever comes back; waits until the group has them all. */
  saysApart(texts: readonly string[], apartMs: number): Promise<readonly number[]>;
  /** Reads nothing of what comes in while something happens, and all of it then. */
  isBusyWhile(act: () => Promise<unknown>): Promise<void>;
  /** Says several things in one turn: in one write, or each in a write of its own. */
  saysAtOnce(texts: readonly string[], writes: 'one' | 'each'): Promise<readonly number[]>;
  /** Says something, and ends its direction right behind it, without a goodbye; waits until another member has been told. */
  saysAndHangsUp(text: string): Promise<number>;
  /** Leaves the group, and is back at the menu. */
  leaves(): Promise<void>;
  /** Its connection breaks, without a goodbye; waits until another member has been told. */
  isCutOff(): Promise<void>;
  /** Its connection breaks, and for so long that its seat is given up; waits until another member has been told of that, too. */
  isCutOffForLong(): Promise<void>;
  /** Its connection can be had again: it dials by itself, and takes its seat, or is at the menu if that was given up. */
  comesBack(): Promise<ClientState>;
  /** Leaves the server, from wherever it stands. */
  exits(): Promise<void>;
}

/** What an actor needs of the stage. */
export interface Backstage {
  readonly client: ChatClient;
  readonly cable: Cable;
  /** Who comes and goes, as any member is told. */
  readonly presence$: Observable<Presence>;
  /** Does one thing and tells it. */
  step<T>(act: () => Promise<T>): Promise<T>;
  /** Does something without waiting until all that was sent has been read. */
  unsettled(act: () => Promise<unknown>): Promise<void>;
}

/** Puts a client on stage. */
export function actor(name: string, { client, cable, presence$, step, unsettled }: Backstage): Actor {
  const heard: Message[] = [];
  client.messages$.subscribe((message) => heard.push(message));
  const cutOff = async (until: Presence['what']): Promise<void> => {
    const told = firstValueFrom(presence$.pipe(filter((change) => change.name === name && change.what === until)));
    const noticed = firstValueFrom(client.state$.pipe(filter((state) => state.name === 'reconnecting')));
    cable.pullOut();
    await Promise.all([told, noticed]);
  };
  return {
    name,
    heard,
    get state() {
      return client.state;
    },
    answers: (value) =>
      step(() => {
        const next = firstValueFrom(client.state$.pipe(skip(1))); // the state comes at once, then every change
        client.answer(value);
        return next;
      }),
    joins: (group, password) => step(() => client.join({ name, group, password })),
    creates: (password) => step(() => client.create({ name, password })),
    says: (text) => step(() => client.say(text)),
    saysApart: (texts, apartMs) =>
      step(async () => {
        const { clock } = cable.host;
        const said: Promise<number>[] = [];
        for (const text of texts) {
          if (said.length > 0) await new Promise<void>((resolve) => void clock.setTimer(apartMs, resolve));
          said.push(client.say(text));
        }
        return Promise.all(said);
      }),
    isBusyWhile: (act) =>
      step(async () => {
        cable.stopReading();
        await unsettled(act);
        cable.readOn();
      }),
    saysAtOnce: (texts, writes) =>
      step(async () => {
        cable.writeSingly(writes === 'each');
        const numbers = await Promise.all(texts.map((text) => client.say(text)));
        cable.writeSingly(false);
        return numbers;
      }),
    saysAndHangsUp: (text) =>
      step(async () => {
        const told = firstValueFrom(presence$.pipe(filter((change) => change.name === name && change.what === 'lost')));
        cable.endBehindNextWrite();
        const [number] = await Promise.all([client.say(text), told]);
        return number;
      }),
    leaves: () => step(() => client.leave()),
    isCutOff: () => step(() => cutOff('lost')),
    isCutOffForLong: () => step(() => cutOff('left')),
    comesBack: () =>
      step(() => {
        cable.plugIn();
        return firstValueFrom(client.state$.pipe(filter((state) => state.name === 'chatting' || state.name === 'asked')));
      }),
    exits: () => step(() => client.exit()),
  };
}
