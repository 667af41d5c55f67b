/*
 * The real tshark, with Chatwire's plugin, over a capture file of a test's.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wiresharkPlugin } from '../../../tracer/export/wireshark/index.js';

/** A part of a packet that a filter can name. */
export interface Shown {
  /** The packet's number, from 1. */
  readonly packet: number;
  /** The filter's name. */
  readonly name: string;
  /** Its value, as tshark writes it, and its bytes. */
  readonly show: string;
  readonly hex: string;
}

/** What a run of a tool gave. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
}

/** Real sockets get ports that Wireshark may know something else by; a chat is known by how it begins. */
const HEURISTICS_FIRST = ['-o', 'tcp.try_heuristic_first:TRUE', '-o', 'udp.try_heuristic_first:TRUE'];

/** A folder with a capture file and the plugin in it. */
export class Capture {
  readonly folder = mkdtempSync(join(tmpdir(), 'chatwire-tshark-'));
  readonly file = join(this.folder, 'run.pcapng');
  readonly plugin = join(this.folder, 'chatwire.lua');

  readonly #settings: readonly string[];

  constructor(bytes: Uint8Array, { heuristicsFirst = true } = {}) {
    this.#settings = heuristicsFirst ? HEURISTICS_FIRST : [];
    writeFileSync(this.file, bytes);
    writeFileSync(this.plugin, wiresharkPlugin());
  }

  /** Runs tshark with the plugin. */
  tshark(...args: readonly string[]): Ran {
    return run('tshark', ['-r', this.file, '-n', '-X', `lua_script:${this.plugin}`, ...this.#settings, ...args]);
  }

  /** Fields of each packet, a row for each; several values of a field in one, between bars. */
  fields(names: readonly string[], ...more: readonly string[]): string[][] {
    const { stdout, stderr } = this.tshark(
      '-T',
      'fields',
      '-E',
      'separator=/t',
      '-E',
      'aggregator=|',
      ...names.flatMap((name) => ['-e', name]),
      ...more,
    );
    if (stderr.includes('Lua')) throw new Error(stderr);
    return stdout
      .split('\n')
      .slice(0, -1)
      .map((row) => row.split('\t'));
  }

  /** Everything that the plugin and the expert say of the packets, in their order. */
  shown(): readonly Shown[] {
    const { stdout, stderr } = this.tshark('-T', 'pdml');
    if (stderr.includes('Lua')) throw new Error(stderr);
    return stdout.split('<packet>').flatMap((text, packet) =>
      [...text.matchAll(/<(?:proto|field) name="((?:chatwire|_ws\.malformed|_ws\.lua)[^"]*)"([^>]*)>/g)].map(
        ([, name = '', attributes = '']) => ({
          ...{ packet, name },
          ...{ show: /show="([^"]*)"/.exec(attributes)?.[1] ?? '', hex: /value="([0-9a-f]*)"/.exec(attributes)?.[1] ?? '' },
        }),
      ),
    );
  }

  /** What Wireshark's Follow Stream has of a TCP stream: from the client, and from the server. */
  follow(stream: number): { readonly client: Uint8Array; readonly server: Uint8Array } {
    const { stdout } = this.tshark('-q', '-z', `follow,tcp,raw,${stream}`);
    const lines = stdout.split('\n').filter((line) => /^\t?[0-9a-f]+$/.test(line));
    const bytes = (those: readonly string[]) => new Uint8Array(Buffer.from(those.join('').replaceAll('\t', ''), 'hex'));
    return {
      client: bytes(lines.filter((line) => !line.startsWith('\t'))),
      server: bytes(lines.filter((line) => line.startsWith('\t'))),
    };
  }

  /** The text that Follow Stream shows of each TCP stream, in these forms: what stands between its head and its last line. */
  followBodies<Format extends string>(streams: number, formats: readonly Format[]): Readonly<Record<Format, readonly string[]>> {
    const numbers = Array.from({ length: streams }, (_, i) => i);
    const asked = formats.flatMap((format) => numbers.flatMap((i) => ['-z', `follow,tcp,${format},${i}`]));
    const { stdout } = this.tshark('-q', ...asked);
    const bodies = { ...Object.fromEntries(formats.map((format) => [format, Array<string>(streams).fill('')])) } as Record<
      Format,
      string[]
    >;
    const dialogue = /^Follow: tcp,(\w+)\nFilter: tcp.stream eq (\d+)\nNode 0: .*\nNode 1: .*\n([\s\S]*?)^={67}\n/gm;
    for (const [, format, stream, body = ''] of stdout.matchAll(dialogue)) bodies[format as Format][Number(stream)] = body;
    return bodies;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a tool to its end. */
export function run(tool: string, args: readonly string[]): Ran {
  const { stdout, stderr, status, error } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${tool} ended with ${status}: ${stderr}`);
  return { stdout, stderr };
}
