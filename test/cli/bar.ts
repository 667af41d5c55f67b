/*
 * Bar, a person at a terminal who has joined a group: where most of these tests begin.
 */
import { PASSWORD } from './company.js';
import { PseudoTerminal, type TerminalOptions } from './pseudo-terminal.js';

/** Bar answers the questions, and has the screen of the group open. */
export async function barAt(
  { address, group }: { readonly address: string; readonly group: string },
  options?: TerminalOptions,
): Promise<PseudoTerminal> {
  const bar = new PseudoTerminal(['chat', address], options);
  await bar.answer('3. Exit the server.', '1');
  await bar.answer('? Enter your name:', 'Bar');
  await bar.answer('? Enter group ID:', group);
  await bar.answer('? Enter password:', PASSWORD);
  await bar.until(`#${group} ›`);
  return bar;
}
