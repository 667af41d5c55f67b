/* A list at a terminal from which a person chooses one. */
import type { Key } from 'node:readline';
import chalk from 'chalk';
import { PROMPT_STYLE } from './screen/colours.js';

/** So many rows has a list at most: it fits 24 lines. */
const ROWS = 18;

/** The keys below a list; Esc is not inquirer's. */
function keysHelpTip(keys: readonly (readonly [key: string, action: string])[]): string {
  return [...keys, ['esc', 'back']].map(([key, action]) => `${chalk.bold(key)} ${chalk.dim(action)}`).join(chalk.dim(' • '));
}

/** Lets a person choose one by its title; nothing if the person would rather go back, by Esc or Ctrl-C. */
export async function chooseFrom<One extends { readonly title: string }>(message: string, all: readonly One[]): Promise<One | undefined> {
  const { default: inquirer } = await import('inquirer'); // takes a moment to load, and only a menu needs it
  const choices = all.map(({ title }, index) => ({ name: title, value: index }));
  const theme = { style: { ...PROMPT_STYLE, keysHelpTip } };
  const asking = inquirer.prompt<{ chosen: number }>([{ type: 'select', name: 'chosen', message, choices, pageSize: ROWS, theme }]);
  let isBack = false;
  const pressed = (_text: string | undefined, key: Key | undefined) => {
    if (key?.name !== 'escape') return;
    isBack = true;
    asking.ui.close();
  };
  process.stdin.on('keypress', pressed);
  try {
    return all[(await asking).chosen];
  } catch (error) {
    if (isBack || isCtrlC(error)) return undefined;
    throw error;
  } finally {
    process.stdin.off('keypress', pressed);
  }
}

/** Whether a question was left by Ctrl-C. */
export function isCtrlC(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}
