/*
 * `chatwire trace proxy`: stands between programs that know nothing of it, and shows live what they say to each other.
 */
import chalk from 'chalk';
import { Command } from 'commander';
import { startProxy } from '../../../tracer/proxy/index.js';
import { faultsInWords } from '../../../transports/link/index.js';
import { node } from '../../../transports/node.js';
import { faultsIn, withFaultOptions } from '../../fault-options.js';
import { asWarning } from '../../screen/colours.js';
import { isBeyondLoopback } from '../../serving/listening.js';
import { holdPackets } from '../../stepping/hold-packets.js';
import { mustBeTerminal } from '../../stepping/keys.js';
import { type StatusArea, statusArea } from '../../stepping/status-area.js';
import { toldToStop } from '../../stopping.js';
import { liveTrace } from '../../tracing/live-trace.js';
import { withOutputOption } from '../../tracing/outputs.js';
import { printLine } from '../../tracing/printing.js';
import { withSecretsOption } from '../../tracing/secrets.js';
import { type ViewFlags, withViewOptions } from '../../tracing/view-options.js';

interface ProxyFlags extends ViewFlags {
  readonly listen: string;
  readonly to: string;
  readonly output?: readonly string[];
  readonly showSecrets?: boolean;
  readonly step?: boolean;
}

const HELP = `
For example, between a server at 4000 and whoever dials 4100:
  chatwire trace proxy --listen tcp://127.0.0.1:4100 --to tcp://127.0.0.1:4000
  chatwire trace proxy --listen udp://127.0.0.1:4100 --to udp://127.0.0.1:4000 --loss 0.2 -o lossy.pcapng`;

/** The command `trace proxy`. */
export function proxyCommand(): Command {
  const command = new Command('proxy')
    .description('Stand between a server and its clients, and show what goes through.')
    .requiredOption('--listen <address>', 'where clients come')
    .requiredOption('--to <address>', 'where the server listens')
    .option('--step', 'over udp: hold every packet until a key lets it go, kills, delays or copies it')
    .addHelpText('after', HELP)
    .action(proxy);
  return withFaultOptions(withSecretsOption(withOutputOption(withViewOptions(command, { live: true }))));
}

async function proxy(flags: ProxyFlags): Promise<void> {
  if (flags.step) mustBeTerminal();
  let area: StatusArea | undefined;
  const shown = (foot: () => readonly string[]) => {
    area = statusArea(foot);
    return area;
  };
  const did = (words: string) => trace.recorder.note(words, node.clock.now());
  const holding = flags.step ? holdPackets({ clock: node.clock, did, shown }) : undefined;
  const print = (line: string) => (area ? area.print(line) : printLine(line));
  const faults = faultsIn(flags);
  const notice = (sentence: string) => (holding ? print(asWarning(sentence)) : void process.stderr.write(`${asWarning(sentence)}\n`));
  const held = holding && { print, heldSinceMs: () => holding.holder.sinceMs };
  const trace = liveTrace({ ...flags, ...held, title: `${flags.listen} to ${flags.to}`, source: 'proxy' });
  const observer = trace.recorder.tap({ name: 'proxy', role: 'proxy' });
  const running = await startProxy({
    ...{ listen: flags.listen, to: flags.to, faults, observer, notice, clock: node.clock },
    ...(holding && { hold: holding.holder.hold }),
  }).catch((error) => {
    trace.discard();
    throw error;
  });
  const stop = toldToStop({ unread: true });
  print(`The proxy listens at ${chalk.bold(running.address)} and passes everything on to ${flags.to}.`);
  if (isBeyondLoopback(running.address)) notice(`Warning: the network can reach ${running.address}, and the server through it.`);
  if (faults) print(`The network in it ${faultsInWords(faults)}.`);
  print(chalk.dim('Ctrl-C ends it.'));
  trace.start();
  const ended = holding?.start();
  const broken = await Promise.race([stop, running.ended, trace.broken, ...(ended ? [ended] : [])]);
  await holding?.close();
  area = undefined;
  const secondThought = () => {
    trace.discard();
    process.exit(130);
  };
  process.once('SIGINT', secondThought);
  await running.close();
  process.off('SIGINT', secondThought);
  await trace.finish();
  if (broken) throw broken;
}
