/* The option that lets secrets through, and the warning that goes with it. */
import type { Command } from 'commander';
import { asWarning } from '../screen/colours.js';

/** Gives a command the option. */
export function withSecretsOption(command: Command): Command {
  return command.option('--show-secrets', 'with passwords and tokens, for the lesson that shows why they are masked');
}

/** Warns a person who asks for secrets. */
export function warnOfSecrets(showSecrets: boolean | undefined): void {
  if (!showSecrets) return;
  const warning = 'Warning: passwords and tokens are shown, here and in every file that is written. Do not hand them on.';
  process.stderr.write(`${asWarning(warning)}\n`);
}
