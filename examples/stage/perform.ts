/*
 * Performs an example: on its own from the shell, by `chatwire demo`, or as part of the tour.
 */
import { existsSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { TransportError } from '../../lib/index.js';
import { FAULT_FLAGS, type FaultFlags, faultFlagsIn, parseFaults } from '../../transports/link/index.js';
import { parseUdpFlags, UDP_FLAGS, type UdpFlags, udpFlagsIn } from '../../transports/udp/index.js';
import { narrator, type Teller } from './narrator.js';
import type { Machine } from './network.js';
import { TRANSPORTS } from './place.js';
import { build, type Example, type Ready, type Watch } from './stage.js';

/** The transport that is used if none is asked for. */
export const DEFAULT_TRANSPORT = 'tcp';

/** How an example is performed. */
export interface Performance {
  /** One of {@link TRANSPORTS}. Default: the one that the example needs, or {@link DEFAULT_TRANSPORT}. */
  readonly transport?: string | undefined;
  /** What goes wrong on the network, beside what the example itself asks for. Default: nothing. */
  readonly faults?: FaultFlags | undefined;
  /** How UDP repairs losses and adapts its rate. Default: as it comes. */
  readonly udp?: UdpFlags | undefined;
  /** Tells it. Default: on the screen. */
  readonly teller?: Teller | undefined;
  /** By which name or number of this computer clients dial, where the transport has hosts. Default: 127.0.0.1. */
  readonly hostName?: string | undefined;
  /** Default: this computer. A machine of another kind has the faults already. */
  readonly machine?: Machine | undefined;
  /** Somebody who watches the server and the clients: the tracer. */
  readonly watch?: Watch | undefined;
  /** Awaited once the server listens, before anybody dials. */
  readonly ready?: Ready | undefined;
  /** Awaited when the lesson is over, before the server closes: what is still on its way may arrive. */
  readonly afterwards?: (() => Promise<void>) | undefined;
}

/**
 * Performs an example and tells it.
 * @throws {TransportError} `unsupported` if the faults make no sense or the transport cannot have them; others, if it cannot listen
 */
export async function perform(
  example: Example,
  { transport, faults, udp = {}, teller = narrator(), hostName, machine, watch, ready, afterwards }: Performance = {},
): Promise<void> {
  const network = parseFaults({ ...example.faults, ...faults });
  const stage = await build(example, {
    transport: transport ?? example.transport ?? DEFAULT_TRANSPORT,
    faults: network,
    engine: parseUdpFlags(udp, network),
    teller,
    hostName,
    machine,
    watch,
    ready,
  });
  try {
    await example.run(stage);
    await afterwards?.();
  } finally {
    await stage.close();
  }
}

/** Why the example cannot be performed over a transport, in a sentence; nothing if it can. */
export function whyNot(example: Example, transport: string | undefined, udp: UdpFlags = {}): string | undefined {
  const [flag] = Object.keys(udp);
  if (flag !== undefined && (transport ?? example.transport ?? DEFAULT_TRANSPORT) !== 'udp')
    return `--${flag} is for UDP alone: add --transport udp.`;
  if (transport === undefined) return undefined;
  if (!TRANSPORTS.includes(transport)) return `There is no transport "${transport}" here; there is ${TRANSPORTS.join(', ')}.`;
  if (example.transport === undefined || example.transport === transport) return undefined;
  return `The example "${example.name}" needs ${example.transport}: over ${transport} nothing gets lost that anybody could see; leave out --transport.`;
}

/**
 * Performs an example if its file was started from the shell: `npx tsx examples/connect.ts --transport tcp`.
 * Exit codes: 0 shown, 1 it could not run, 2 the command line is wrong.
 */
export async function performIfStarted(moduleUrl: string, example: Example): Promise<void> {
  const [, started = '', ...args] = process.argv;
  if (!existsSync(started) || pathToFileURL(realpathSync(started)).href !== moduleUrl) return;
  const asked = readOptions(args);
  const refusal = asked ? whyNot(example, asked.transport, asked.udp) : USAGE;
  if (!asked || refusal !== undefined) {
    console.error(refusal);
    process.exitCode = 2;
    return;
  }
  process.stdout.on('error', leaveAtBrokenPipe);
  try {
    await perform(example, asked);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    console.error(error.message);
    process.exitCode = error.code === 'unsupported' ? 2 : 1;
  }
}

/** What to write, if something else was. */
const USAGE = `An example takes --transport ${TRANSPORTS.join('|')}, for a bad network ${dashed(FAULT_FLAGS)}, and over udp ${dashed(UDP_FLAGS)}.`;

function dashed(flags: readonly { readonly name: string }[]): string {
  return flags.map(({ name }) => `--${name}`).join(', ');
}

/** Whoever reads the telling has enough of it: `npx tsx examples/connect.ts | head`. */
function leaveAtBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

type TextOption = { readonly type: 'string'; readonly multiple: boolean };

function readOptions(
  args: string[],
): { readonly transport?: string | undefined; readonly faults: FaultFlags; readonly udp: UdpFlags } | undefined {
  const flags: Record<string, TextOption> = {};
  for (const { name, repeatable } of FAULT_FLAGS) flags[name] = { type: 'string', multiple: repeatable };
  for (const { name } of UDP_FLAGS) flags[name] = { type: 'string', multiple: false };
  try {
    const { values } = parseArgs({ args, options: { ...flags, transport: { type: 'string' } } });
    return { transport: values.transport, faults: faultFlagsIn(values), udp: udpFlagsIn(values) };
  } catch {
    return undefined;
  }
}
