/* A list at a terminal from which a person chooses one. */
import { PROMPT_STYLE } from './screen/colours.js';

/** So many rows has a list at most: it fits 24 lines. */
const ROWS = 18;

/** Lets a person choose one by its title; nothing if the person would rather leave. */
export async function chooseFrom<One extends { readonly title: string }>(message: string, all: readonly One[]): Promise<One | undefined> {
  const { default: inquirer } = await import('inquirer'); // takes a moment to load, and only a menu needs it
  const choices = all.map(({ title }, index) => ({ name: title, value: index }));
  try {
    const { chosen } = await inquirer.prompt<{ chosen: number }>([
      { type: 'select', name: 'chosen', message, choices, pageSize: ROWS, theme: { style: PROMPT_STYLE } },
    ]);
    return all[chosen];
  } catch (error) {
    if (isCtrlC(error)) return undefined;
    throw error;
  }
}

/** Whether a question was left by Ctrl-C. */
export function isCtrlC(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}
