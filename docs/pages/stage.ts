/*
 * What the pictures of the pages are taken on: the built server with a page and a trace, Debian's Chromium, and people
 * on other ways in, who say their part when it is asked of them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** A server that runs, and a browser. */
export interface Stage {
  /** Where the page is, with a `/` at its end. */
  readonly link: string;
  /** Where else the server listens, by scheme. */
  readonly at: ReadonlyMap<string, string>;
  open(path: string, options: BrowserContextOptions): Promise<Page>;
  /** Another person, at `chatwire chat` behind a pipe. */
  chat(address: string): Talker;
  close(): Promise<void>;
}

/** A program that is written to line by line. */
export interface Talker {
  say(line: string): void;
  /** Waits until it has printed a text. */
  hears(text: string): Promise<void>;
}

/** Sets it up. */
export async function setStage(): Promise<Stage> {
  const programs: ChildProcess[] = [];
  const talker = (...args: string[]): Talker & { readonly told: () => string } => {
    const program = spawn(process.execPath, [main, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    programs.push(program);
    let told = '';
    const watchers = new Set<() => void>();
    program.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      watchers.forEach((look) => void look());
    });
    return {
      told: () => told,
      say: (line) => program.stdin.write(`${line}\n`),
      hears: (text) =>
        new Promise((resolve) => {
          const look = () => {
            if (!told.includes(text)) return;
            watchers.delete(look);
            resolve();
          };
          watchers.add(look);
          look();
        }),
    };
  };
  const server = talker('serve', '--gui', '0', '--trace', '-l', 'tcp://127.0.0.1:0', '-l', 'udp://127.0.0.1:0');
  await server.hears('What happens:');
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  return {
    link: /The page: (\S+)/.exec(server.told())?.[1] as string,
    at: new Map([...server.told().matchAll(/^ {2}((\w+):\S+)\s+join:/gm)].map(([, address = '', scheme = '']) => [scheme, address])),
    async open(path, options) {
      const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
      await page.goto(new URL(path, /The page: (\S+)/.exec(server.told())?.[1]).href);
      return page;
    },
    chat: (address) => talker('chat', address),
    async close() {
      await browser.close();
      programs.forEach((program) => void program.kill());
    },
  };
}
