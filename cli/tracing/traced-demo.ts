/*
 * A demo, traced: real server, real clients, and a tap at each; shown when it is over, or written to files. What a lesson
 * has ready before it begins (its groups) is in the trace, but not in the picture.
 */
import chalk from 'chalk';
import { type Example, record } from '../../examples/index.js';
import { tell } from '../../tracer/join/index.js';
import { withoutPreparation } from '../../tracer/select/index.js';
import type { FaultFlags } from '../../transports/link/index.js';
import type { UdpFlags } from '../../transports/udp/index.js';
import { recordBelow } from './below/record-below.js';
import { MADE_BY } from './made-by.js';
import { tellMissingLanes } from './missing-lanes.js';
import { writeOutputs } from './outputs.js';
import { printBytes, printLine, printStory } from './printing.js';
import { warnOfSecrets } from './secrets.js';
import { figureOf, type ViewFlags } from './view-options.js';

/** How a demo is traced. */
export interface TracedDemo extends ViewFlags {
  readonly transport?: string | undefined;
  readonly faults?: FaultFlags;
  readonly udp?: UdpFlags;
  /** By which name of this computer clients dial. */
  readonly host?: string;
  readonly output?: readonly string[];
  readonly showSecrets?: boolean;
  /** With the kernels' packets, and with system calls. */
  readonly kernel?: boolean;
  readonly syscalls?: boolean;
}

/** Performs a demo, and shows its trace or writes it. */
export async function tracedDemo(example: Example, options: TracedDemo = {}): Promise<void> {
  const { transport, faults, udp, host: hostName, output, showSecrets = false, hex, kernel = false, syscalls = false, ...flags } = options;
  warnOfSecrets(showSecrets);
  const trace =
    kernel || syscalls
      ? await recordBelow(example, { transport, faults, udp, hostName, showSecrets, kernel, syscalls })
      : await record(example, { transport, faults, udp, hostName, madeBy: MADE_BY, showSecrets });
  const story = tell(trace);
  const shown = withoutPreparation(story, trace.header);
  tellMissingLanes('This run', story, options);
  if (output) return writeOutputs(output, { trace, story, shown, view: figureOf(options) });
  printLine(chalk.bold(example.title));
  printStory(shown, flags);
  if (hex) printBytes(story, { ...flags, hex });
}
