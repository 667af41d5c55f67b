/*
 * The options for how UDP repairs losses and adapts its rate, the same for every command that may talk over UDP: made
 * from the table of transports/udp, and refused where no UDP is in sight.
 */
import { type Command, Option } from 'commander';
import type { Faults } from '../transports/link/index.js';
import { type EngineSettings, parseUdpFlags, UDP_FLAGS, udpFlagsIn } from '../transports/udp/index.js';
import { UsageError } from './failure.js';

const HEADING = 'How UDP repairs losses (the client chooses; what a server says is its offer to clients that do not):';

/** Gives a command the options. */
export function withUdpOptions(command: Command): Command {
  for (const { name, value, does } of UDP_FLAGS) command.addOption(new Option(`--${name} <${value}>`, does).helpGroup(HEADING));
  return command;
}

/**
 * How the engine is to be set; nothing if nothing was said.
 * @throws {UsageError} if none of the addresses is one of UDP
 * @throws {TransportError} `unsupported`, naming the option and what may be said
 */
export function engineIn(
  options: object,
  { addresses, faults }: { readonly addresses: readonly string[]; readonly faults: Faults | undefined },
): Partial<EngineSettings> | undefined {
  const flags = udpFlagsIn(options);
  const engine = parseUdpFlags(flags, faults);
  if (engine && !addresses.some((address) => /^(text\+)?udp:/.test(address))) {
    throw new UsageError(`--${Object.keys(flags)[0]} is for UDP alone: use an address like udp://127.0.0.1:4000.`);
  }
  return engine;
}

/** What else the command line says. */
export function withoutUdpFlags<Options extends object>(options: Options): Options {
  const flags = udpFlagsIn(options);
  return Object.fromEntries(Object.entries(options).filter(([name]) => !(name in flags))) as Options;
}
