/*
 * A question of the server's as an inquirer prompt: the menu as a list that also takes a number, a password
 * masked, the rest as a line. It can be taken back, when the server parts or the connection breaks.
 */
import type { Key } from 'node:readline';
import type { Readable } from 'node:stream';
import inquirer from 'inquirer';
import { cleanLine, type Prompt } from '../../lib/index.js';
import { PROMPT_STYLE } from './colours.js';

/** What a person may do instead of answering. */
export interface QuestionEvents {
  /** Ctrl-C, or Ctrl-D on an empty line. */
  leave(): void;
  /** Esc. */
  back(): void;
}

/** A question that waits for a person. */
export interface OpenQuestion {
  /** The answer; nothing if the question was taken back, or the person would rather leave. */
  readonly answer: Promise<string | undefined>;
  /** Takes the question back; resolves when the terminal is free again. */
  close(): Promise<void>;
}

/** Once it is given, a password's length is not to be read off the screen. */
const PASSWORD_STYLE = { ...PROMPT_STYLE, answer: () => PROMPT_STYLE.answer('********') };

/**
 * Asks a person.
 * @param keys what the person types, up to Enter
 * @param suggestion the answer of an empty line
 */
export function ask(
  { question, text, options }: Prompt,
  keys: Readable,
  { leave, back }: QuestionEvents,
  suggestion?: string,
): OpenQuestion {
  const message = cleanLine(text);
  const theme = { style: PROMPT_STYLE };
  const asking = inquirer.createPromptModule({ input: keys })<{ answer: string }>(
    options.length > 0
      ? { type: 'select', name: 'answer', message, choices: numbered(options), theme: { indexMode: 'number', style: PROMPT_STYLE } }
      : question === 'password'
        ? { type: 'password', name: 'answer', message, mask: '*', toggleMask: false, theme: { style: PASSWORD_STYLE } }
        : { type: 'input', name: 'answer', message, theme, ...(suggestion !== undefined && { default: suggestion }) },
  );
  // At Ctrl-D inquirer's readline closes, and its prompt would wait for ever.
  const pressed = (_text: string | undefined, key: Key | undefined) => {
    if (key?.name === 'escape') back();
    if (key?.ctrl && key.name === 'd') setImmediate(() => keys.isPaused() && leave());
  };
  keys.on('keypress', pressed);
  const answer = asking
    .then(
      (answers) => answers.answer,
      (error: unknown) => {
        if (error instanceof Error && error.name === 'ExitPromptError') leave(); // Ctrl-C
        return undefined;
      },
    )
    .finally(() => keys.off('keypress', pressed));
  return {
    answer,
    async close() {
      asking.ui.close();
      await answer;
    },
  };
}

function numbered(options: readonly string[]): { name: string; value: string }[] {
  return options.map((option, i) => ({ name: cleanLine(option), value: String(i + 1) }));
}
