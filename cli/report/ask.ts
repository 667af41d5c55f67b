/*
 * Asks a person at a terminal who hands in, when the command line does not say: one or two people, each with an ID.
 */
import { PROMPT_STYLE } from '../screen/colours.js';
import { type Author, cleanId, cleanName, ownId } from './authors.js';

/** The authors; nothing if the person would rather leave. */
export async function askAuthors(): Promise<readonly Author[] | undefined> {
  const { default: inquirer } = await import('inquirer'); // takes a moment to load, and scripts do not need it
  const theme = { style: PROMPT_STYLE };
  const one = (who: string, others: readonly Author[]): Promise<Author> =>
    inquirer.prompt<{ name: string; id: string }>([
      { type: 'input', name: 'name', message: `Full name${who}:`, validate: valid(cleanName), theme },
      { type: 'input', name: 'id', message: `ID${who} (9 digits):`, validate: valid((text) => ownId(cleanId(text), others)), theme },
    ]);
  const tidy = ({ name, id }: Author): Author => ({ name: cleanName(name), id: cleanId(id) });
  try {
    const first = tidy(await one('', []));
    const { pair } = await inquirer.prompt<{ pair: boolean }>([
      { type: 'confirm', name: 'pair', message: 'Do you submit as a pair?', default: false, theme },
    ]);
    return pair ? [first, tidy(await one(' of the second author', [first]))] : [first];
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return undefined; // Ctrl-C
    throw error;
  }
}

/** As inquirer takes it: whether an answer is right, or what is wrong with it. */
function valid(clean: (text: string) => string): (text: string) => true | string {
  return (text) => {
    try {
      clean(text);
      return true;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
}
