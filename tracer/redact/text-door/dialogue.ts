/*
 * Decides which lines of a client at the plain-text door may be shown. Before it is in a group every line is masked but
 * the answers that were accepted: a choice when the next question shows that it was one, a name and a group when the
 * client is in the group. Until then they may be anything, a password typed at the wrong question for one. In the group
 * lines are messages, until one leads out of it.
 *
 * The server asks, takes one line, and asks again; so which question a line answers follows from the order of its
 * questions, however far ahead the client types. Whatever does not fit ends in masks.
 */
import type { Question } from '../../../lib/wire/frames.js';
import { lineToInput } from '../../../lib/wire/text.js';
import type { Line } from './line.js';
import type { Meaning } from './words.js';

/** Where the client stands: asked, in a group, waiting for the server, or past understanding. */
type Stand =
  | { readonly at: 'question'; readonly question: Question }
  | { readonly at: 'group' }
  | { readonly at: 'waiting' }
  | { readonly at: 'lost' };

/** What the server has taken last, and has still to answer. */
type Answered = Question | 'leave' | 'long line' | 'nothing';

/** Lines that may wait to be understood; the server takes no more than one while it thinks, and reads no further. */
const MAX_WAITING = 1024;

/** The dialogue of one client. */
export class Dialogue {
  #stand: Stand = { at: 'waiting' };
  /** Lines that the server has not taken yet, as far as is known. */
  #waiting: Line[] = [];
  /** What the server is thinking about. */
  #answered: Answered = 'nothing';
  /** Answers that are not decided yet. */
  readonly #open = new Map<Question, Line>();

  /** The client has said a line. */
  client(line: Line): void {
    this.#waiting.push(line);
    this.#goOn();
    if (this.#waiting.length > MAX_WAITING) this.#lose();
  }

  /** The server has said something. */
  server(meaning: Meaning): void {
    if (this.#stand.at === 'lost') return;
    switch (meaning.says) {
      case 'question':
        return this.#asked(meaning.question);
      case 'joined':
        return this.#joined();
      case 'goodbye':
        if (this.#answered === 'menu' && choiceOf(this.#open.get('menu')) === '3') this.#open.get('menu')?.show();
        return;
      case 'too long':
        if (this.#stand.at !== 'waiting' || this.#answered !== 'long line') return;
        this.#stand = { at: 'group' };
        return this.#goOn();
      case 'echo':
      case 'other':
        return;
    }
  }

  /** Whatever is undecided becomes a mask; the dialogue goes on. */
  giveUp(): void {
    for (const line of this.#open.values()) line.mask();
    for (const line of this.#waiting) line.mask();
  }

  #asked(question: Question): void {
    if (this.#stand.at !== 'waiting') return this.#lose(); // it asks again only when it has taken a line
    const choice = this.#open.get('menu');
    if (choice) {
      if (question === 'name' && (choiceOf(choice) === '1' || choiceOf(choice) === '2')) choice.show();
      this.#refuse('menu');
    }
    if (question === 'menu') for (const each of [...this.#open.keys()]) this.#refuse(each);
    else this.#refuse(question);
    this.#stand = { at: 'question', question };
    this.#goOn();
  }

  #joined(): void {
    if (this.#stand.at !== 'waiting' || (this.#answered !== 'password' && this.#answered !== 'name')) return this.#lose();
    for (const line of this.#open.values()) line.show();
    this.#open.clear();
    this.#stand = { at: 'group' };
    this.#goOn();
  }

  /** Takes the lines that can be understood by now. */
  #goOn(): void {
    while (this.#waiting.length > 0) {
      const stand = this.#stand;
      if (stand.at === 'waiting') return;
      const line = this.#waiting.shift() as Line;
      if (stand.at === 'lost') line.mask();
      else if (stand.at === 'group') this.#takeMessage(line);
      else this.#takeAnswer(line, stand.question);
    }
  }

  #takeMessage(line: Line): void {
    const input = lineToInput(line.read, undefined, 0);
    line.show();
    // One that is too long to be read here, but perhaps not there, might lead out of the group: the server says so if not
    if (input?.type === 'UNREADABLE' && input.code === 'line-too-long') return this.#wait('long line');
    if (input?.type === 'BYE') return this.#lose();
    if (input?.type === 'LEAVE') this.#wait('leave');
  }

  #takeAnswer(line: Line, question: Question): void {
    const input = lineToInput(line.read, { id: 0, question }, 0);
    switch (input?.type) {
      case 'ANSWER':
        if (question === 'password') line.mask();
        else this.#open.set(question, line);
        return this.#wait(question);
      case 'LEAVE':
        line.show();
        return this.#wait('leave');
      case 'BYE':
        line.show();
        return this.#lose();
      case 'WHO':
      case 'HELP':
        return line.show(); // the menu stays open, as it does for what is no command
      case 'UNREADABLE':
        line.mask();
        return this.#wait('nothing');
      default:
        return line.mask();
    }
  }

  #wait(answered: Answered): void {
    this.#answered = answered;
    this.#stand = { at: 'waiting' };
  }

  #refuse(question: Question): void {
    this.#open.get(question)?.mask();
    this.#open.delete(question);
  }

  /** From here on nothing is understood, and everything masked. */
  #lose(): void {
    this.#stand = { at: 'lost' };
    this.giveUp();
    this.#open.clear();
    this.#waiting = [];
  }
}

/** The choice as the server reads it. */
function choiceOf(line: Line | undefined): string | undefined {
  return line && 'text' in line.read ? line.read.text.trim().replace(/\.$/, '') : undefined;
}
