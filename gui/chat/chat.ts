/*
 * One person's chat, from the menu to the goodbye: what the client's streams tell becomes signals, which the views draw,
 * and what the person does becomes calls of the client. A client that has ended is replaced when it is needed again.
 */
import { batch, signal } from '@preact/signals';
import { ChatClient } from '../../lib/client/chat-client.js';
import { ChatError } from '../../lib/client/chat-error.js';
import type { ClientState, Membership, Reconnecting } from '../../lib/client/client-state.js';
import type { NoticeKind } from '../design/notice.js';
import { home } from '../home.js';
import { strings } from '../strings.js';
import { browser } from './host.js';
import { Members } from './members.js';
import { Transcript } from './transcript.js';

/** What is on the page. */
export type Place = 'menu' | 'join' | 'create' | 'group' | 'goodbye';

/** How it stands with the connection. */
export type LinkState = { readonly name: 'none' | 'connecting' | 'up' } | Reconnecting;

/** Why an answer was refused, and which. */
export interface Refusal {
  readonly question: string;
  readonly text: string;
}

/** How often the members of a large group are asked for, in milliseconds. */
const REFRESH_MS = 10_000;

/** The chat of this page. */
export class Chat {
  readonly place = signal<Place>('menu');
  readonly link = signal<LinkState>({ name: 'none' });
  readonly notice = signal<{ readonly kind: NoticeKind; readonly text: string } | undefined>(undefined);
  readonly refusal = signal<Refusal | undefined>(undefined);
  /** A form's answers are on their way. */
  readonly isAsking = signal(false);
  readonly membership = signal<Membership | undefined>(undefined);
  /** The ID of the group, if one has just created it. */
  readonly created = signal<string | undefined>(undefined);
  /** What is being written. */
  readonly draft = signal('');
  /** Why the last message was refused. */
  readonly trouble = signal<string | undefined>(undefined);
  /** What the forms begin with. */
  readonly known = signal<{ readonly name: string; readonly group: string }>({ name: '', group: '' });
  readonly transcript = new Transcript();
  readonly members = new Members();
  #client: ChatClient | undefined;
  #isExiting = false;

  constructor() {
    setInterval(() => {
      if (this.members.isUntold && this.link.value.name === 'up') this.#refreshMembers();
    }, REFRESH_MS);
  }

  /** Dials, so that the menu is the server's. */
  start(): void {
    this.#dialled();
  }

  /** Goes to a form or back to the menu. */
  open(place: 'menu' | 'join' | 'create'): void {
    batch(() => {
      this.refusal.value = undefined;
      this.notice.value = undefined;
      this.place.value = place;
    });
  }

  /** Option 1. */
  async join(answers: { readonly name: string; readonly group: string; readonly password: string }): Promise<void> {
    this.known.value = { name: answers.name, group: answers.group };
    await this.#asking((client) => client.join(answers));
  }

  /** Option 2. */
  async create(answers: { readonly name: string; readonly password: string }): Promise<void> {
    this.known.value = { ...this.known.value, name: answers.name };
    await this.#asking(async (client) => {
      const { group } = await client.create(answers);
      this.created.value = group;
    });
  }

  /** Option 3. */
  async exit(): Promise<void> {
    this.#isExiting = true;
    if (this.#client) await this.#client.exit();
    else this.#closed({ name: 'closed', text: '' });
  }

  /** Back to the menu, out of the group. */
  async leave(): Promise<void> {
    const client = this.#client;
    try {
      await client?.leave();
    } catch {
      // there is nobody to tell; the server notices
      this.#client = undefined;
      void client?.exit();
      this.#outOfTheGroup();
      this.link.value = { name: 'none' };
    }
  }

  /** Says what is written. */
  send(): void {
    const text = this.draft.value;
    const client = this.#client;
    if (!client || text.trim() === '') return;
    this.draft.value = '';
    this.trouble.value = undefined;
    const pending = this.transcript.said(text);
    client.say(text).catch((error: unknown) => {
      this.transcript.unsaid(pending);
      this.draft.value = this.draft.value === '' ? text : `${this.draft.value}\n${text}`;
      if (error instanceof ChatError && error.code === 'bad-message') this.trouble.value = error.message;
      else if (this.notice.value?.text.endsWith(strings.chat.unsent) === false) {
        this.notice.value = { ...this.notice.value, text: `${this.notice.value.text} ${strings.chat.unsent}` };
      }
    });
  }

  async #asking(ask: (client: ChatClient) => Promise<unknown>): Promise<void> {
    if (this.isAsking.value) return;
    batch(() => {
      this.isAsking.value = true;
      this.refusal.value = undefined;
      this.notice.value = undefined;
    });
    try {
      await ask(this.#dialled());
    } catch (error) {
      const { message: text } = error as Error;
      const question = error instanceof ChatError ? error.question : undefined;
      if (question !== undefined) this.refusal.value = { question, text };
      else this.notice.value ??= { kind: 'bad', text };
    } finally {
      this.isAsking.value = false;
    }
  }

  /** The client that there is, or a new one. */
  #dialled(): ChatClient {
    if (this.#client) return this.#client;
    const client = new ChatClient(browser, home, { actor: 'page' });
    this.#client = client;
    const { transcript } = this;
    client.messages$.subscribe((message) => transcript.heard(message));
    client.accepted$.subscribe(({ text }) => transcript.accepted(this.membership.value?.name ?? '', text, new Date()));
    client.presence$.subscribe((change) => {
      this.members.change(change);
      transcript.noticed(strings.chat.presence[change.what], new Date(), change.name);
    });
    client.rejections$.subscribe(({ code }) => {
      if (code === 'unknown-session') this.notice.value = { kind: 'warn', text: strings.chat.sessionGone };
    });
    client.state$.subscribe((state) => {
      if (this.#client === client) batch(() => this.#turned(state));
    });
    return client;
  }

  #turned(state: ClientState): void {
    this.transcript.redraw();
    switch (state.name) {
      case 'connecting':
        this.link.value = { name: 'connecting' };
        return;
      case 'asked':
        this.link.value = { name: 'up' };
        if (this.membership.value) this.#outOfTheGroup();
        return;
      case 'chatting':
        this.link.value = { name: 'up' };
        return this.#chatting(state.membership);
      case 'reconnecting':
        this.link.value = state;
        return;
      case 'closed':
        return this.#closed(state);
    }
  }

  #chatting(membership: Membership): void {
    if (membership.resumed === 'no') {
      this.transcript.clear();
      this.members.clear();
      this.created.value = undefined;
    } else {
      this.transcript.noticed(membership.resumed === 'whole' ? strings.chat.backWhole : strings.chat.backGap, new Date());
    }
    this.membership.value = membership;
    this.known.value = membership;
    this.place.value = 'group';
    this.#refreshMembers();
  }

  #refreshMembers(): void {
    const client = this.#client;
    if (client) void this.members.refresh(() => client.members());
  }

  #outOfTheGroup(): void {
    this.membership.value = undefined;
    this.created.value = undefined;
    this.trouble.value = undefined;
    this.transcript.clear();
    this.members.clear();
    this.place.value = 'menu';
  }

  #closed({ text, error }: Extract<ClientState, { name: 'closed' }>): void {
    this.#client = undefined;
    this.link.value = { name: 'none' };
    if (this.membership.value) this.#outOfTheGroup();
    if (this.#isExiting) {
      this.#isExiting = false;
      this.notice.value = undefined;
      this.place.value = 'goodbye';
      return;
    }
    const byes: Readonly<Record<string, string>> = strings.chat.byes;
    const code = error instanceof ChatError ? error.code : undefined;
    const sentence = code && byes[code];
    // to have looked at the menu for too long is no mishap
    this.notice.value = { kind: error && code !== 'timeout' ? 'bad' : 'info', text: sentence ?? error?.message ?? text };
  }
}
