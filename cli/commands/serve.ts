/*
 * `chatwire serve`: a chat server on any number of addresses, and what happens on it, live, line by line.
 * SIGTERM and Ctrl-C part with everybody in order; a second Ctrl-C drops whatever is left.
 */
import chalk from 'chalk';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ChatServer, type ChatServerOptions } from '../../lib/index.js';
import { faultyNode } from '../../transports/faulty-node.js';
import { type Faults, faultsInWords } from '../../transports/link/index.js';
import type { EngineSettings } from '../../transports/udp/index.js';
import { UsageError } from '../failure.js';
import { faultsIn, withFaultOptions, withoutFaults } from '../fault-options.js';
import { fitWords } from '../fit-words.js';
import { asWarning } from '../screen/colours.js';
import { eventLine } from '../serving/event-line.js';
import { isBeyondLoopback, joinHints } from '../serving/listening.js';
import { type PageOptions, pageOf } from '../serving/page.js';
import { SHORTEST_TOKEN } from '../serving/pages/trace-access.js';
import { toldToStop } from '../stopping.js';
import { endedConnections } from '../tracing/below/ended-connections.js';
import { liveTrace } from '../tracing/live-trace.js';
import { printLine, printLines } from '../tracing/printing.js';
import { viewOf } from '../tracing/view-options.js';
import { engineIn, withoutUdpFlags, withUdpOptions } from '../udp-options.js';

/** Where the server listens if nobody says where: frames at one port, lines of text at the next. */
export const DEFAULT_ADDRESSES = ['tcp://127.0.0.1:4000', 'text+tcp://127.0.0.1:4001'] as const;

const HELP = `
Without --listen: ${DEFAULT_ADDRESSES.join(' and ')}.

For example, two transports whose members share groups; and a page with a live ladder, beside the usual addresses:
  chatwire serve --listen tcp://127.0.0.1:4000 --listen udp://127.0.0.1:4000
  chatwire serve --gui 8080 --trace`;

/** What may be said on the command line. */
export interface ServeOptions extends PageOptions {
  readonly listen?: readonly string[];
  readonly showMessages?: boolean;
  readonly maxConnections?: number;
  readonly maxGroups?: number;
  readonly createsPerMinute?: number;
  readonly messagesPerSecond?: number;
  readonly trace?: boolean;
  readonly kernel?: boolean;
  readonly syscalls?: boolean;
}

/** The command `serve`. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Run a chat server.')
    .option('-l, --listen <address>', 'where to listen; may be given several times', collect)
    .option('--gui <port>', 'the chat as a page for browsers, at this port of this machine', portNumber)
    .option('--gui-host <host>', 'where others find the page: an address of this machine, its name, or 0.0.0.0 for all of its addresses')
    .option('--show-messages', 'show what is said, not only how long it is')
    .option('--trace', 'a live ladder of all connections beside what happens')
    .option(
      '--trace-token <token>',
      'the page shows the ladder only to those who have it; made and printed if others reach the page',
      tokenText,
    )
    .option('--kernel', 'with --trace, over tcp: each connection that ends once more, with the packets between the kernels')
    .addOption(new Option('--syscalls').hideHelp())
    .option('--max-connections <number>', 'the next one gets a polite goodbye (default 10000)', wholeNumber)
    .option('--max-groups <number>', 'groups that may exist at once (default 10000)', wholeNumber)
    .option('--creates-per-minute <number>', 'groups that one address may create in a minute (default 120)', wholeNumber)
    .option('--messages-per-second <number>', 'what one member may say on the average (default 20)', wholeNumber)
    .addHelpText('after', HELP)
    .action((options: ServeOptions) => {
      const faults = faultsIn(options);
      const engine = engineIn(options, { addresses: options.listen ?? DEFAULT_ADDRESSES, faults });
      return serve(withoutUdpFlags(withoutFaults(options)), faults, engine);
    });
  return withFaultOptions(withUdpOptions(command));
}

/**
 * Serves until it is told to stop; resolves when everybody has been parted with. The faults happen to what is sent and
 * to what comes, since the clients may be on a good network.
 */
export async function serve(options: ServeOptions = {}, faults?: Faults, engine?: Partial<EngineSettings>): Promise<void> {
  const { listen: asked = DEFAULT_ADDRESSES, showMessages = false, trace: traced = false, ...others } = options;
  const { gui, guiHost, traceToken, kernel = false, syscalls = false, ...limits } = others;
  mustBeSeen({ traced, kernel, syscalls });
  const page = pageOf(
    { ...(gui !== undefined && { gui }), ...(guiHost !== undefined && { guiHost }), ...(traceToken && { traceToken }) },
    traced,
  );
  const listen = page ? [...asked, page.address] : asked;
  for (const address of listen) {
    if (/^(text\+)?memory:/.test(address))
      throw new UsageError(`${address} exists within one program only; listen at tcp://127.0.0.1:4000.`);
  }
  const below = kernel
    ? endedConnections({ view: () => ({ ...viewOf({}), lanes: ['frames', 'kernel', 'states'] }), print: ended })
    : undefined;
  const trace = traced
    ? liveTrace({ title: 'a chat server', source: 'taps', lanes: ['frames', 'segments'], beside: below, elsewhere: page?.elsewhere })
    : undefined;
  const tap = trace?.recorder.tap({ name: 'server', role: 'server' });
  const server = new ChatServer(faultyNode(faults, { linkOn: 'both', engine, instead: page?.transport }), {
    ...(limits satisfies ChatServerOptions),
    ...(tap && { tap }),
  });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const sayFitting = (sentence: string) => say(fitWords(sentence, process.stdout));
  let open = 0;
  server.events$.subscribe((event) => {
    if (event.type === 'connected') open++;
    if (event.type === 'closed') open--;
    say(eventLine(event, new Date(), { showMessages }));
  });
  const addresses = await listenAll(server, listen);
  const lacking = trace && (await below?.start(addresses, trace.recorder.header));
  if (lacking !== undefined) warn(`Without the kernels’ packets: ${lacking}`);
  const width = Math.max(...addresses.map((address) => address.length));
  say('The chat server listens at');
  for (const address of addresses) {
    const [here, ...others] = joinHints(address);
    say(`  ${chalk.bold(address.padEnd(width))}  join: ${here}`);
    for (const other of others) say(`  ${' '.repeat(width)}  others: ${other}`);
  }
  page?.links(addresses.at(-1) as string).forEach((line) => void say(line));
  const exposed = addresses.filter(isBeyondLoopback);
  if (exposed.length > 0) {
    warn(`Warning: the network can reach ${exposed.join(' and ')}, and can read all traffic there, passwords included.`);
  }
  const stopped = toldToStop();
  if (faults) sayFitting(`The network from here on ${faultsInWords(faults)}.`);
  if (trace) sayFitting(chalk.dim('The ladder is what this server sees: of what it sends, nobody watches the arrival.'));
  say(chalk.dim('Ctrl-C closes it. What happens:'));
  trace?.start();

  await stopped;
  const secondThought = () => process.exit(130);
  process.once('SIGINT', secondThought);
  say(open === 0 ? 'closing' : `closing: parting with ${open} connection${open === 1 ? '' : 's'}; Ctrl-C again drops what is left`);
  await server.close();
  await trace?.finish();
  page?.close();
  const missing = await below?.stop();
  if (missing !== undefined) process.stderr.write(`${missing}\n`);
  process.off('SIGINT', secondThought);
  say('closed');
}

function warn(sentence: string): void {
  process.stderr.write(`${fitWords(asWarning(sentence), process.stderr)}\n`);
}

/** Prints what a connection was, once it has ended. */
function ended(lines: readonly string[]): void {
  printLine(chalk.bold('A connection has ended. With the packets between the kernels:'));
  printLines(lines);
}

/**
 * Says what cannot be seen of a server that goes on.
 * @throws {UsageError} with a sentence
 */
function mustBeSeen({ traced, kernel, syscalls }: Readonly<Record<'traced' | 'kernel' | 'syscalls', boolean>>): void {
  if (syscalls) {
    throw new UsageError(
      'strace can look at a program that it has started, and would make a server that goes on several times as slow: `chatwire trace demo chat --syscalls` shows the calls of one.',
    );
  }
  if (kernel && !traced) throw new UsageError('--kernel adds packets to a trace: write --trace --kernel.');
}

/** All of the addresses, or none. */
async function listenAll(server: ChatServer, addresses: readonly string[]): Promise<readonly string[]> {
  try {
    const resolved: string[] = [];
    for (const address of addresses) resolved.push(await server.listen(address));
    return resolved;
  } catch (error) {
    await server.close({ graceMs: 0 });
    throw error;
  }
}

function collect(address: string, before: readonly string[] = []): readonly string[] {
  return [...before, address];
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 up.');
  return Number(text);
}

function tokenText(text: string): string {
  if (!/^[\w-]+$/.test(text) || text.length < SHORTEST_TOKEN)
    throw new InvalidArgumentError(`It must be at least ${SHORTEST_TOKEN} letters, digits, "-" or "_", since it stands in a link.`);
  return text;
}

function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('It must be a port, 1 to 65535, or 0 for a free one.');
  return Number(text);
}
