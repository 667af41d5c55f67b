/*
 * The client for scripts: lines in, lines out, in the words of the text door, so that what works with `nc`
 * works through a pipe, over any transport. What is about the connection goes to stderr. At the end of input
 * it waits until everything was accepted, then leaves politely; that it never came into a group is an error.
 */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { BehaviorSubject, filter, firstValueFrom } from 'rxjs';
import { type ChatClient, type ClientState, cleanLine, type Prompt } from '../lib/index.js';
import type { ServerSaying } from '../lib/wire/saying.js';
import { textLines } from '../lib/wire/text.js';
import { InputEndedError } from './failure.js';
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
  /** Who types the lines, and what of it is shown; nothing: they are a script's. */
  readonly person?: Pick<TypedLines, 'show'> | undefined;
}

/**
 * Chats by lines until the input ends or the client is closed.
 * @throws {InputEndedError} if the input ended at a question, and not at the menu after a group
 */
export async function chatByLines(client: ChatClient, { input, output, notices, person }: Lines): Promise<void> {
  const turn$ = new BehaviorSubject<Turn>('waiting');
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const write = (text: string) => output.write(`${text}\n`);
  const tell = (saying: ServerSaying) => textLines(saying).forEach(write);

  client.prompts$.subscribe((prompt) => {
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
      person?.show(true);
      const back = backSentence(state.membership);
      if (back !== undefined) notices.write(`${back}\n`);
      else write(`You're connected to group chat #${cleanLine(state.membership.group)}`);
      turn$.next('chatting');
    } else if (state.name === 'reconnecting') {
      notices.write(`${reconnectingSentence(state)}\n`);
      turn$.next('waiting');
    } else if (state.name === 'closed') {
      if (!state.error) write(cleanLine(state.text));
      turn$.next('over');
      lines.close();
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
    quit,
  };
  await speakAll(client, lines, turn$, effects);
  const asked = client.state.name === 'asked' ? client.state.prompt : undefined;
  await client.exit();
  const end = client.state as Extract<ClientState, { name: 'closed' }>;
  if (end.error) throw end.error;
  if (asked && !quitted && !(succeeded && asked.question === 'menu')) {
    throw new InputEndedError(`The input ended at "${cleanLine(asked.text)}", before a group was reached.`);
  }
}

async function speakAll(
  client: ChatClient,
  lines: AsyncIterable<string>,
  turn$: BehaviorSubject<Turn>,
  effects: LineEffects,
): Promise<void> {
  const onTheirWay = new Set<Promise<void>>();
  for await (const line of lines) {
    const turn = await nextTurn(turn$);
    if (turn === 'over') break;
    const spoken = speakLine(client, line, turn === 'chatting' ? undefined : turn.asked, effects);
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
