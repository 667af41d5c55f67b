/* `chatwire trace wireshark-plugin`: prints the dissector, to be put into Wireshark's folder of plugins. */
import { Command } from 'commander';
import { wiresharkPlugin } from '../../../tracer/export/wireshark/index.js';

const HELP = `
Put it into Wireshark's folder of personal Lua plugins (Help > About > Folders names it):
  mkdir -p ~/.local/lib/wireshark/plugins
  chatwire trace wireshark-plugin > ~/.local/lib/wireshark/plugins/chatwire.lua`;

/** The command `trace wireshark-plugin`. */
export function wiresharkPluginCommand(): Command {
  return new Command('wireshark-plugin')
    .description('Print the Lua dissector by which Wireshark reads the frames and packets.')
    .addHelpText('after', HELP)
    .action(() => void process.stdout.write(wiresharkPlugin()));
}
