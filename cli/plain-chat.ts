/*
 * The client for scripts: lines in, lines out, in the words of the text door, so that what works with `nc`
 * works through a pipe, over any transport. What is about the connection goes to stderr. At the end of input
 * it waits until everything was accepted, then leaves politely; that it never came into a group is an error.
 */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { BehaviorSubject, filter, firstValueFrom } from 'rxjs';
import { type ChatClient, ChatError, type ClientState, cleanLine, type Prompt } from '../lib/index.js';
import { REFUSALS } from '../lib/session/questions.js';
import type { ServerSaying } from '../lib/wire/saying.js';
import { textLines } from '../lib/wire/text.js';
import { InputEndedError, NotTakenError } from './failure.js';
import { backSentence, reconnectingSentence } from './reconnecting.js';
import { type LineEffects, speakLine } from './spoken-line.js';
import type { TypedLines } from './typed-lines.js';

/** Whose turn it is: a line may answer, may be said, has to wait, or comes too late. */
type Turn = { readonly asked: Prompt } | 'chatting' | 'waiting' | 'over';

/** Messages that may be on their way before the next line is read. */
const MAX_ON_THEIR_WAY = 128;

/** Where lines come from and go to. */
export interface Lines {
  readonly input: Readable;
  readonly output: Writable;
  /** For what is about the connection. */
  readonly notices: Writable;
  /** Who types the lines, and what of it is shown; nothing: they are a script's, which cannot know that it is asked anew. */
  readonly person?: Pick<TypedLines, 'show'> | undefined;
}

/**
 * Chats by lines until the input ends or the client is closed.
 * @throws {InputEndedError} if the input ended at a question, and not at the menu after a group
 * @throws {NotTakenError} if lines were refused in a group
 * @throws {ChatError} `connection-lost` if a script's session was lost: what followed would have answered the wrong questions
 */
export async function chatByLines(client: ChatClient, { input, output, notices, person }: Lines): Promise<void> {
  const turn$ = new BehaviorSubject<Turn>('waiting');
  const lines = createInterface({ input: input.setEncoding('latin1'), crlfDelay: Number.POSITIVE_INFINITY }); // a character for each byte
  const write = (text: string) => output.write(`${text}\n`);
  const tell = (saying: ServerSaying) => textLines(saying).forEach(write);

  let began = false; // something was said or answered
  let isAway = false; // the connection was lost since, and with it perhaps the session
  let isLost = false; // the session was lost for certain
  const notTaken: string[] = []; // why
  const end = () => {
    turn$.next('over');
    lines.close();
  };
  client.prompts$.subscribe((prompt) => {
    if (isAway && !person) {
      isLost = true;
      return end();
    }
    person?.show(prompt.question !== 'password');
    tell({ type: 'PROMPT', ...prompt });
    turn$.next({ asked: prompt });
  });
  let succeeded = false; // it came into a group, and no answer was refused since
  let quitted = false;
  client.rejections$.subscribe(({ code, question, text }) => {
    if (question === 'none' && code !== 'unknown-session') return; // a refused message is told by say()
    write(cleanLine(text));
    succeeded = false;
  });
  client.created$.subscribe((group) => tell({ type: 'CREATED', group }));
  client.messages$.subscribe(({ sequence, time, sender, text }) => tell({ type: 'MESSAGE', sequence, time: time.getTime(), sender, text }));
  client.presence$.subscribe((change) => tell({ type: 'PRESENCE', changes: [change] }));
  client.state$.subscribe((state) => {
    if (state.name === 'chatting') {
      succeeded = true;
      isAway = false;
      person?.show(true);
      const back = backSentence(state.membership);
      if (back !== undefined) notices.write(`${back}\n`);
      else write(`You're connected to group chat #${cleanLine(state.membership.group)}`);
      turn$.next('chatting');
    } else if (state.name === 'reconnecting') {
      isAway = began;
      notices.write(`${reconnectingSentence(state)}\n`);
      turn$.next('waiting');
    } else if (state.name === 'closed') {
      if (!state.error) write(cleanLine(state.text));
      end();
    }
  });
  const quit = () => {
    quitted = true;
    void client.exit();
  };
  output.once('error', quit); // nobody reads on

  const effects: LineEffects = {
    answered: () => {
      person?.show(false); // a password may be asked next
      turn$.next('waiting');
    },
    accepted: () => {}, // as at the text door, a sender does not hear itself
    members: (members) =>
      tell({ type: 'MEMBERS', members: members.map(({ name, isAway }) => ({ name, here: isAway ? 'no' : 'yes' })), last: 'yes' }),
    help: (help) => help.forEach(write),
    trouble: write,
    notTaken(why) {
      notTaken.push(why);
      write(why);
    },
    quit,
  };
  const speak = (bytes: string, asked: Prompt | undefined): Promise<void> => {
    began = true;
    const line = textOf(bytes);
    if (line !== undefined) return speakLine(client, line, asked, effects);
    effects.notTaken(REFUSALS['bad-utf8']);
    return Promise.resolve();
  };
  await speakAll(lines, turn$, speak);
  const asked = client.state.name === 'asked' ? client.state.prompt : undefined;
  await client.exit();
  const { error } = client.state as Extract<ClientState, { name: 'closed' }>;
  if (error) throw error;
  if (isLost) throw new ChatError('connection-lost', 'The session was lost with the connection; nothing more of the input was sent.');
  if (asked && !quitted && !(succeeded && asked.question === 'menu')) {
    throw new InputEndedError(`The input ended at "${cleanLine(asked.text)}", before a group was reached.`);
  }
  if (notTaken.length > 0) {
    const [count, first] = [notTaken.length, notTaken[0]];
    throw new NotTakenError(count === 1 ? `A line was not taken: ${first}` : `${count} lines were not taken; the first: ${first}`);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a line, which is a character for each byte; nothing if it is not UTF-8. */
function textOf(bytes: string): string | undefined {
  try {
    return utf8.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return undefined;
  }
}

async function speakAll(
  lines: AsyncIterable<string>,
  turn$: BehaviorSubject<Turn>,
  speak: (line: string, asked: Prompt | undefined) => Promise<void>,
): Promise<void> {
  const onTheirWay = new Set<Promise<void>>();
  for await (const line of lines) {
    const turn = await nextTurn(turn$);
    if (turn === 'over') break;
    const spoken = speak(line, turn === 'chatting' ? undefined : turn.asked);
    const done = () => onTheirWay.delete(spoken);
    onTheirWay.add(spoken);
    spoken.then(done, done);
    if (line.startsWith('/')) await spoken;
    else if (onTheirWay.size >= MAX_ON_THEIR_WAY) await Promise.race(onTheirWay);
  }
  await Promise.all(onTheirWay);
  await nextTurn(turn$); // what was answered last has its effect before one leaves
}

function nextTurn(turn$: BehaviorSubject<Turn>): Promise<Exclude<Turn, 'waiting'>> {
  return firstValueFrom(turn$.pipe(filter((turn) => turn !== 'waiting')));
}
