/*
 * The options for a bad network, the same for every command that talks: made from the table of transports/link, shown
 * together in the help, and read by parseFaults().
 */
import { type Command, Option } from 'commander';
import { FAULT_FLAGS, type Faults, faultFlagsIn, parseFaults } from '../transports/link/index.js';

const HEADING = 'A bad network on purpose (udp: all of it; else --delay, --rate and --seed):';

/** Gives a command the options. */
export function withFaultOptions(command: Command): Command {
  for (const { name, value, does, repeatable } of FAULT_FLAGS) {
    const option = new Option(`--${name} <${value}>`, does).helpGroup(HEADING);
    if (repeatable) option.argParser((one: string, before: readonly string[] = []) => [...before, one]);
    command.addOption(option);
  }
  return command;
}

/**
 * The faults that were asked for; nothing if none were.
 * @throws {TransportError} `unsupported`, naming the option and how to write it
 */
export function faultsIn(options: object): Faults | undefined {
  return parseFaults(faultFlagsIn(options));
}

/** What else the command line says. */
export function withoutFaults<Options extends object>(options: Options): Options {
  const faults = faultFlagsIn(options);
  return Object.fromEntries(Object.entries(options).filter(([name]) => !(name in faults))) as Options;
}
