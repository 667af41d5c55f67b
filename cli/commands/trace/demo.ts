/*
 * `chatwire trace demo`: a demo as a ladder of what really went over the wire, or as a file.
 */
import { Command, Option } from 'commander';
import { DEFAULT_TRANSPORT, examples, TRANSPORTS, whyNot } from '../../../examples/index.js';
import { faultFlagsIn } from '../../../transports/link/index.js';
import { udpFlagsIn } from '../../../transports/udp/index.js';
import { UsageError } from '../../failure.js';
import { withFaultOptions } from '../../fault-options.js';
import { withOutputOption } from '../../tracing/outputs.js';
import { withSecretsOption } from '../../tracing/secrets.js';
import { type TracedDemo, tracedDemo } from '../../tracing/traced-demo.js';
import { withViewOptions } from '../../tracing/view-options.js';
import { withUdpOptions } from '../../udp-options.js';

/** The command `trace demo`. */
export function traceDemoCommand(): Command {
  const names = examples.map(({ name }) => name).join(', ');
  const command = new Command('demo')
    .description('Run a demo and show what goes over the wire, or write it to files.')
    .argument('<name>', names)
    .addOption(new Option('-t, --transport <name>', `what carries the bytes: ${TRANSPORTS.join(', ')} (default ${DEFAULT_TRANSPORT})`))
    .option('--kernel', 'with the packets between the kernels, captured by tcpdump or dumpcap: needs root, or the right to capture')
    .option('--syscalls', 'with the system calls on its sockets, and whether each blocks, by strace')
    .action(async (name: string, options: TracedDemo) => {
      const example = examples.find((one) => one.name === name);
      if (!example) throw new UsageError(`There is no demo "${name}"; there is ${names}.`);
      const refusal = whyNot(example, options.transport, udpFlagsIn(options));
      if (refusal !== undefined) throw new UsageError(refusal);
      await tracedDemo(example, { ...options, faults: faultFlagsIn(options), udp: udpFlagsIn(options) });
    });
  return withFaultOptions(withUdpOptions(withSecretsOption(withOutputOption(withViewOptions(command)))));
}
