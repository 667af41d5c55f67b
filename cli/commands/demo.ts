/*
 * `chatwire demo`: the examples, one by name, one from a menu, or all in a row as the tour. What they show and
 * how it is told stands in examples/.
 */
import { Command } from 'commander';
import { DEFAULT_TRANSPORT, type Example, examples, perform, TRANSPORTS, whyNot } from '../../examples/index.js';
import { type FaultFlags, faultFlagsIn } from '../../transports/link/index.js';
import { type UdpFlags, udpFlagsIn } from '../../transports/udp/index.js';
import { chooseFrom } from '../choosing.js';
import { UsageError } from '../failure.js';
import { withFaultOptions } from '../fault-options.js';
import { fitWords } from '../fit-words.js';
import { tracedDemo } from '../tracing/traced-demo.js';
import { withUdpOptions } from '../udp-options.js';
import { DEFAULT_ADDRESSES } from './serve.js';

/** The demos, in teaching order. */
export const demos: readonly Example[] = examples;

const HELP = `
For example, option 1 of the menu, and a chat over a bad network:
  chatwire demo connect
  chatwire demo chat --transport udp --loss 0.2 --seed 7`;

interface DemoOptions extends FaultFlags, UdpFlags {
  readonly transport?: string;
  readonly trace?: boolean;
}

/** The command `demo`. */
export function demoCommand(): Command {
  const command = new Command('demo')
    .description('Run an example and tell it frame by frame.')
    .argument('[name]', `${names()}; without a name: a menu of them`)
    .option('-t, --transport <name>', `what carries the bytes: ${TRANSPORTS.join(', ')} (default ${DEFAULT_TRANSPORT})`)
    .option('--trace', 'as a ladder of what goes over the wire; `chatwire trace demo` has more to say about it')
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, options: DemoOptions) => {
      if (name !== undefined) return show(find(name), options);
      const chosen = await choose();
      if (chosen) await show(chosen, options);
    });
  return withFaultOptions(withUdpOptions(command));
}

/** Shows a demo as the command line asks for it. */
async function show(demo: Example, options: DemoOptions): Promise<void> {
  const { transport, trace } = options;
  const udp = udpFlagsIn(options);
  const refusal = whyNot(demo, transport, udp);
  if (refusal !== undefined) throw new UsageError(refusal);
  const faults = faultFlagsIn(options);
  if (trace) return tracedDemo(demo, { transport, faults, udp });
  await perform(demo, { transport, faults, udp });
}

/** One demo of a person's choice, as a ladder of its frames. */
export async function showChosen(): Promise<void> {
  const demo = await choose();
  if (demo) await tracedDemo(demo, { lanes: ['frames'] });
}

/** All demos in a row, over TCP but for those that need another transport. */
export async function tour(): Promise<void> {
  const say = (sentence: string) => console.log(fitWords(sentence, process.stdout));
  say(`The tour: ${demos.length} demos, each with a server of its own and real connections.`);
  say('An arrow is a frame; passwords and tokens are shown as •••.');
  for (const demo of demos) {
    console.log('\n');
    await tracedDemo(demo, { lanes: ['frames'] });
  }
  say('\n\nThat was the tour. To chat yourself, in two terminals:');
  console.log(`  npx chatwire serve\n  npx chatwire chat ${DEFAULT_ADDRESSES[0]}`);
}

function names(): string {
  return demos.map(({ name }) => name).join(', ');
}

function find(name: string): Example {
  const found = demos.find((demo) => demo.name === name);
  if (!found) throw new UsageError(`There is no demo "${name}"; there is ${names()}.`);
  return found;
}

/** Lets a person choose; nothing if the person would rather leave. */
async function choose(): Promise<Example | undefined> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    for (const { name, title } of demos) console.log(`${name.padEnd(10)} ${title}`);
    throw new UsageError('Without a terminal there is no menu; name one of these demos.');
  }
  return chooseFrom('Which demo?', demos);
}
