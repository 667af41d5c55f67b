/*
 * `chatwire trace demo`: a demo as a ladder of what really went over the wire, or as a file.
 */
import { Command, Option } from 'commander';
import { DEFAULT_TRANSPORT, examples, TRANSPORTS, whyNot } from '../../../examples/index.js';
import { faultFlagsIn } from '../../../transports/link/index.js';
import { udpFlagsIn } from '../../../transports/udp/index.js';
import { UsageError } from '../../failure.js';
import { withFaultOptions } from '../../fault-options.js';
import { mustBeTerminal } from '../../stepping/keys.js';
import { stepDemo } from '../../stepping/step-demo.js';
import { withOutputOption } from '../../tracing/outputs.js';
import { withSecretsOption } from '../../tracing/secrets.js';
import { type TracedDemo, tracedDemo } from '../../tracing/traced-demo.js';
import { withViewOptions } from '../../tracing/view-options.js';
import { withUdpOptions } from '../../udp-options.js';

interface TraceDemoFlags extends TracedDemo {
  readonly step?: boolean;
}

const HELP = `
For example, over UDP, with the reason of each step; and over TCP with what the kernels do, as root:
  chatwire trace demo handshake --transport udp --why
  chatwire trace demo handshake --kernel --syscalls`;

/** The command `trace demo`. */
export function traceDemoCommand(): Command {
  const names = examples.map(({ name }) => name).join(', ');
  const command = new Command('demo')
    .description('Run a demo and show what goes over the wire, or write it to files.')
    .argument('<name>', names)
    .addOption(new Option('-t, --transport <name>', `what carries the bytes: ${TRANSPORTS.join(', ')} (default ${DEFAULT_TRANSPORT})`))
    .option('--kernel', 'with the packets between the kernels, captured by tcpdump or dumpcap: needs root, or the right to capture')
    .option('--syscalls', 'with the system calls on its sockets, and whether each blocks, by strace')
    .option(
      '--host <name>',
      'by which name or number of this computer clients dial: with localhost and --syscalls one sees the lookup (default 127.0.0.1)',
    )
    .option('--step', 'over udp, in virtual time: hold every packet until a key lets it go, kills, delays or copies it')
    .addHelpText('after', HELP)
    .action(async (name: string, { step, ...options }: TraceDemoFlags) => {
      const example = examples.find((one) => one.name === name);
      if (!example) throw new UsageError(`There is no demo "${name}"; there is ${names}.`);
      const refusal = whyNot(example, options.transport ?? (step ? 'udp' : undefined), udpFlagsIn(options));
      if (refusal !== undefined) throw new UsageError(refusal);
      const asked = { ...options, faults: faultFlagsIn(options), udp: udpFlagsIn(options) };
      if (options.host !== undefined) mustHaveHosts(options.transport ?? example.transport);
      if (!step) return tracedDemo(example, asked);
      mustFitSteps(options);
      mustBeTerminal();
      await stepDemo(example, asked);
    });
  return withFaultOptions(withUdpOptions(withSecretsOption(withOutputOption(withViewOptions(command)))));
}

/**
 * Says that a transport has no hosts.
 * @throws {UsageError} with a sentence
 */
function mustHaveHosts(transport: string = DEFAULT_TRANSPORT): void {
  if (transport !== 'tcp' && transport !== 'udp') throw new UsageError(`--host is for tcp and udp: over ${transport} nobody dials a host.`);
}

/**
 * Says what cannot be stepped through.
 * @throws {UsageError} with a sentence
 */
function mustFitSteps({ transport = 'udp', kernel, syscalls, host, table, hex }: TracedDemo): void {
  if (transport !== 'udp') {
    throw new UsageError(
      `Packets can be held over udp only, so leave out --transport ${transport}: a stream has bytes, and the kernel sends them as it likes.`,
    );
  }
  if (kernel || syscalls)
    throw new UsageError(`--${kernel ? 'kernel' : 'syscalls'} and --step do not go together: in virtual time there is no kernel below.`);
  if (host !== undefined) throw new UsageError('--host and --step do not go together: in virtual time there are no names.');
  if (table || hex)
    throw new UsageError(`--${table ? 'table' : 'hex'} and --step do not go together: write it with -o, and look at it later.`);
}
