/* The option that lets secrets through, and the warnings that go with it: when they are recorded, and when they are read again. */
import type { Command } from 'commander';
import type { TraceHeader } from '../../tracer/trace/trace.js';
import { asWarning } from '../screen/colours.js';

/** Gives a command the option. */
export function withSecretsOption(command: Command): Command {
  return command.option('--show-secrets', 'with passwords and tokens, for the lesson that shows why they are masked');
}

/** Warns a person who asks for secrets. */
export function warnOfSecrets(showSecrets: boolean | undefined): void {
  if (showSecrets) warn('passwords and tokens are shown, here and in every file that is written. Do not hand them on.');
}

/** Warns a person who reads a trace that was recorded with them, or that does not say so. */
export function warnOfSecretsIn(name: string, { secrets }: TraceHeader): void {
  if (secrets === 'shown')
    warn(`passwords and tokens can be read in ${name}, and in all that is shown and written of it. Do not hand them on.`);
}

function warn(sentence: string): void {
  process.stderr.write(`${asWarning(`Warning: ${sentence}`)}\n`);
}
