/*
 * `chatwire trace`: the tracer's commands; each stands in a file of its own.
 */
import { Command } from 'commander';
import { traceDemoCommand } from './trace/demo.js';
import { diffCommand } from './trace/diff.js';
import { proxyCommand } from './trace/proxy.js';
import { replayCommand } from './trace/replay.js';
import { showCommand } from './trace/show.js';
import { wiresharkPluginCommand } from './trace/wireshark-plugin.js';

/** The command `trace`, with all of them. */
export function traceCommand(): Command {
  const command = new Command('trace').description('See what goes over the wire: handshakes, segments and frames, as a ladder or a file.');
  for (const one of [traceDemoCommand(), showCommand(), replayCommand(), diffCommand(), proxyCommand(), wiresharkPluginCommand()])
    command.addCommand(one);
  return command;
}
