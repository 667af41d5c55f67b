/*
 * `chatwire trace`: the tracer's commands; each stands in a file of its own and is loaded when it is asked for.
 */
import { Command } from 'commander';
import { loadAsked } from './asked.js';
import { withHelpCommand } from './help.js';

const commands = {
  demo: async () => (await import('./trace/demo.js')).traceDemoCommand(),
  show: async () => (await import('./trace/show.js')).showCommand(),
  replay: async () => (await import('./trace/replay.js')).replayCommand(),
  diff: async () => (await import('./trace/diff.js')).diffCommand(),
  proxy: async () => (await import('./trace/proxy.js')).proxyCommand(),
  'wireshark-plugin': async () => (await import('./trace/wireshark-plugin.js')).wiresharkPluginCommand(),
};

const HELP = `
For example, a recording that ships, and a run of your own as a figure:
  chatwire trace show tcp-handshake --why
  chatwire trace demo connect -o connect.svg`;

/** The command `trace`, with the one of its commands that is asked for, or with all of them. */
export async function traceCommand(asked?: string): Promise<Command> {
  const command = new Command('trace').description('See what goes over the wire: handshakes, segments and frames, as a ladder or a file.');
  command.addHelpText('after', HELP);
  for (const one of await loadAsked(commands, asked)) command.addCommand(one);
  return withHelpCommand(command, 'chatwire trace');
}
