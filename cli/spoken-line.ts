/*
 * What becomes of a line that a person typed, at the chat screen or through a pipe: an answer, a message or
 * a command, exactly as at the text door (lib/wire/text.ts). How it is shown is up to the caller.
 */
import { type ChatClient, ChatError, type Member, type Prompt } from '../lib/index.js';
import { unknownCommand } from '../lib/session/questions.js';
import { lineToInput, textLines } from '../lib/wire/text.js';

/** How what comes of a line is shown. */
export interface LineEffects {
  /** The question that was asked has its answer. */
  answered(): void;
  /** The group has the message. */
  accepted(text: string): void;
  members(members: readonly Member[]): void;
  help(lines: readonly string[]): void;
  /** It could not be done; a sentence says why. */
  trouble(text: string): void;
  /** A message did not reach the group; a sentence says why. */
  notTaken(text: string): void;
  quit(): void;
}

/** Does what a line says; resolves when that is done. */
export async function speakLine(client: ChatClient, line: string, asked: Prompt | undefined, effects: LineEffects): Promise<void> {
  const input = lineToInput({ text: line }, asked, 0);
  if ((input?.type === 'WHO' || input?.type === 'LEAVE') && client.state.name === 'reconnecting') {
    return effects.trouble('The connection is lost; wait until it is back, or /quit.');
  }
  try {
    switch (input?.type) {
      case 'ANSWER':
        effects.answered();
        return client.answer(input.value);
      case 'SAY':
        await client.say(input.text);
        return effects.accepted(input.text);
      case 'WHO':
        return effects.members(await client.members());
      case 'LEAVE':
        return await client.leave();
      case 'BYE':
        return effects.quit();
      case 'HELP':
        return effects.help(textLines({ type: 'HELP' }));
      case 'UNKNOWN_COMMAND':
        return effects.trouble(unknownCommand(input.command));
      default:
        return; // an empty line
    }
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    if (input?.type !== 'SAY') return effects.trouble(error.message);
    effects.notTaken(error.code === 'bad-message' ? error.message : `Not sent: ${shortened(input.text)}`);
  }
}

function shortened(text: string): string {
  const start = [...text.slice(0, 200)].slice(0, 60).join('');
  return start === text ? text : `${start} ...`;
}
