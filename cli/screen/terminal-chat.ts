/*
 * The client for a person at a terminal: asks the server's questions, opens the screen of the group, and
 * changes between the two as the client's streams tell. What is shown goes through tell(), so that it lands
 * above whatever the person is typing.
 */
import {
  type ChatClient,
  type ClientState,
  cleanLine,
  type Member,
  type Membership,
  type Prompt,
  type Reconnecting,
} from '../../lib/index.js';
import { PRESENCE_WORDS } from '../../lib/wire/text.js';
import { backSentence, reconnectingSentence } from '../reconnecting.js';
import { type LineEffects, speakLine } from '../spoken-line.js';
import { type ChatScreen, openChatScreen } from './chat-screen.js';
import type { Keyboard } from './keyboard.js';
import { ask, type OpenQuestion } from './question.js';
import { type Entry, entryRows } from './transcript.js';

/** Entries that are kept to be painted again. */
const KEPT_ENTRIES = 200;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One person's chat, from the first question to the goodbye. */
export class TerminalChat {
  readonly #client: ChatClient;
  readonly #keyboard: Keyboard;
  readonly #told: Entry[] = [];
  readonly #history: string[] = [];
  #question: OpenQuestion | undefined;
  #screen: ChatScreen | undefined;
  /** The seat that the person had last: its name and group are suggested. */
  #seat: Membership | undefined;
  #leaving = false;
  /** Whether it was told how to get out of the questions. */
  #hinted = false;

  constructor(client: ChatClient, keyboard: Keyboard) {
    this.#client = client;
    this.#keyboard = keyboard;
  }

  /** Resolves when the chat is over; rejects if it ended by an error. */
  async run(): Promise<void> {
    const client = this.#client;
    const interrupted = () => this.interrupted();
    for (const signal of SIGNALS) process.on(signal, interrupted);
    client.rejections$.subscribe(({ code, question, text }) => {
      if (question === 'none' && code !== 'unknown-session') return; // a refused message is told by say()
      this.#tell({ kind: 'trouble', text });
      // the next question is another one than it was meant for: a password would be shown as a name
      if (this.#keyboard.forget()) this.#tell({ kind: 'answer', text: 'What was typed ahead is dropped.' });
    });
    client.created$.subscribe((group) => {
      this.#tell({ kind: 'headline', text: `Your new group chat is #${group}` });
      this.#tell({ kind: 'answer', text: 'Give this ID and the password to those who shall join.' });
    });
    client.prompts$.subscribe((prompt) => void this.#ask(prompt));
    client.messages$.subscribe((message) => this.#tell({ kind: 'message', ...message }));
    client.accepted$.subscribe(({ text }) => this.#tell({ kind: 'message', time: new Date(), sender: this.#seat?.name ?? '', text }));
    client.presence$.subscribe(({ what, name }) => this.#notice(`${name} ${PRESENCE_WORDS[what]}`));
    const end = await new Promise<Extract<ClientState, { name: 'closed' }>>((resolve) => {
      client.state$.subscribe((state) => {
        if (state.name === 'chatting') this.#chatting(state.membership);
        else if (state.name === 'reconnecting') void this.#reconnecting(state);
        else if (state.name === 'closed') resolve(state);
      });
    });
    await this.#clear();
    for (const signal of SIGNALS) process.off(signal, interrupted);
    if (end.error) throw end.error;
    this.#tell({ kind: 'answer', text: end.text });
  }

  async #ask(prompt: Prompt): Promise<void> {
    await this.#clear();
    if (prompt.question !== 'menu' && !this.#hinted) {
      this.#hinted = true;
      print({ kind: 'answer', text: 'Esc goes back to the menu, Ctrl-C leaves.' }); // for the questions alone: not to be painted again in the group
    }
    const suggestion = prompt.question === 'name' ? this.#seat?.name : prompt.question === 'group' ? this.#seat?.group : undefined;
    const question = ask(
      prompt,
      this.#keyboard.line(),
      { leave: () => this.interrupted(), back: () => void this.#back(prompt) },
      suggestion,
    );
    this.#question = question;
    const answer = await question.answer;
    if (this.#question === question) this.#question = undefined;
    if (answer !== undefined && this.#client.state.name === 'asked') await this.#spoken(answer, prompt);
  }

  /** From a question back to the menu. */
  async #back({ question }: Prompt): Promise<void> {
    if (question === 'menu' || this.#client.state.name !== 'asked') return;
    await this.#clear();
    await speakLine(this.#client, '/leave', undefined, this.#effects);
  }

  #chatting(membership: Membership): void {
    const back = backSentence(membership);
    this.#screen?.setStatus(undefined);
    if (back !== undefined) return this.#notice(back);
    const { group, name, members } = membership;
    this.#seat = membership;
    this.#tell({ kind: 'headline', text: `You're connected to group chat #${group}` });
    const company = members === 1 ? 'Nobody else is here yet' : `${members} members are here`;
    this.#tell({ kind: 'answer', text: `${company}; you are ${cleanLine(name)}. /help tells the commands.` });
    this.#screen = openChatScreen(
      membership,
      this.#keyboard.all(),
      { told: this.#told, history: this.#history },
      { line: (text) => void this.#spoken(text), leave: () => this.interrupted() },
    );
  }

  async #reconnecting(state: Reconnecting): Promise<void> {
    const sentence = reconnectingSentence(state);
    if (this.#screen) {
      if (state.attempt === 1) this.#notice(state.wasShutDown ? state.reason : `The connection is lost: ${state.reason}`);
      return this.#screen.setStatus(sentence);
    }
    await this.#clear();
    this.#notice(sentence);
  }

  #spoken(line: string, asked?: Prompt): Promise<void> {
    return speakLine(this.#client, line, asked, this.#effects);
  }

  get #effects(): LineEffects {
    const trouble = (text: string) => this.#tell({ kind: 'trouble', text });
    return {
      answered: () => {},
      accepted: () => {}, // shown in its place among the others' messages
      members: (members) => this.#tell({ kind: 'answer', text: membersInWords(members) }),
      help: (lines) => this.#tell({ kind: 'answer', text: lines.join('\n') }),
      trouble,
      notTaken: trouble,
      quit: () => this.interrupted(),
    };
  }

  /** Ctrl-C, /quit or a signal: leaves politely; a second time, or while there is nobody to take leave of, at once. */
  interrupted(): void {
    if (this.#leaving || this.#client.state.name === 'connecting') {
      this.#screen?.close();
      process.exit(130);
    }
    this.#leaving = true;
    void this.#client.exit();
  }

  #notice(text: string): void {
    this.#tell({ kind: 'notice', time: new Date(), text });
  }

  #tell(entry: Entry): void {
    this.#told.push(entry);
    if (this.#told.length > KEPT_ENTRIES) this.#told.shift();
    if (this.#screen) this.#screen.tell(entry);
    else print(entry);
  }

  /** Takes away what is open; whatever is told then goes to the bare terminal. */
  async #clear(): Promise<void> {
    this.#screen?.close();
    this.#screen = undefined;
    this.#keyboard.keep();
    const question = this.#question;
    this.#question = undefined;
    await question?.close();
  }
}

/** Shows something on the bare terminal. */
function print(entry: Entry): void {
  for (const row of entryRows(entry, process.stdout.columns || 80)) process.stdout.write(`${row}\n`);
}

/** Who is in the group, in one sentence. */
function membersInWords(members: readonly Member[]): string {
  const those = (isAway: boolean) => members.filter((member) => member.isAway === isAway).map(({ name }) => cleanLine(name));
  const [here, away] = [those(false), those(true)];
  return `${here.length} here: ${here.join(', ')}${away.length === 0 ? '' : `; ${away.length} away (connection lost): ${away.join(', ')}`}`;
}
