/*
 * Three clients dial a server that is busy and accepts nobody; then it wakes up. Taps at all four, and beside them what ss
 * says of the listening socket and what a capture sees of the kernels, as far as this machine lets us.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { filter, firstValueFrom } from 'rxjs';
import { ChatClient, type TapEvent, TransportError } from '../../../lib/index.js';
import { clockSkewMs } from '../../../tracer/below/clock-skew.js';
import { knownEnds } from '../../../tracer/below/known-ends.js';
import { type Captured, capturePackets } from '../../../tracer/capture/index.js';
import { kernelLane } from '../../../tracer/kernel/index.js';
import { memorySink, type ParticipantTap, recorder } from '../../../tracer/record/index.js';
import type { Trace } from '../../../tracer/trace/trace.js';
import { node } from '../../../transports/node.js';
import type { FromBusyServer } from './busy-server.js';
import { queueInWords } from './queue.js';
import { sharedClock, zeroHere } from './shared-clock.js';

const ENDING = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const SERVER = fileURLToPath(new URL(`./busy-server.${ENDING}`, import.meta.url));

/** The run, traced. */
export async function runBusyServer(madeBy: string): Promise<Trace> {
  const zeroMs = zeroHere();
  const clock = sharedClock(zeroMs);
  const startedAtMs = clock.now();
  const sink = memorySink();
  const recording = recorder({ title: 'backlog over tcp', source: 'taps', madeBy, startedAtMs, sink });
  const seen: { readonly tap: ParticipantTap | undefined; readonly at: number; readonly event: TapEvent | string }[] = [];
  const say = (sentence: string) => void seen.push({ tap: undefined, at: clock.now(), event: sentence });

  const server = fork(SERVER, [String(zeroMs)], { stdio: ['pipe', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
  const ended = once(server, 'exit');
  let stopCapture = async (): Promise<Captured | undefined> => undefined;
  const serverTap = recording.tap({ name: 'server', role: 'server' });
  try {
    const { address } = (await told(server)) as Extract<FromBusyServer, { readonly address: unknown }>;
    const port = Number(/\d+$/.exec(address)?.[0]);
    const skewMs = clockSkewMs(() => clock.now());
    const capture = await capturePackets({ ports: [port] });
    if (!('unavailable' in capture)) stopCapture = () => capture.stop();
    say(`Ann, Bar and Foo dial a server that is busy, and accepts nobody. It listens at ${address}.`);
    if ('unavailable' in capture) say(`Without the kernels’ packets: ${capture.unavailable}`);

    const clients: ChatClient[] = [];
    const dial = (name: string) => {
      const tap = recording.tap({ name, role: 'client' });
      return new Promise<void>((resolve, reject) => {
        const observed = (event: TapEvent) => {
          seen.push({ tap, at: event.at, event });
          if (event.layer !== 'transport') return;
          if (event.what.name === 'open') resolve();
          if (event.what.name === 'closed') reject(new TransportError('closed', event.what.error ?? `${name}’s connection is over.`));
        };
        clients.push(new ChatClient({ ...node, clock }, address, { actor: name, tap: { event: observed }, reconnect: false }));
      });
    };
    for (const name of ['Ann', 'Bar']) {
      await dial(name);
      await turn(); // and has said HELLO
    }
    say(await queueInWords(port));
    const foo = dial('Foo');
    foo.catch(() => {}); // awaited below
    await turn(); // connect() has been called, and its SYN is gone
    say(await queueInWords(port));
    say('Now the server’s program has time again, and calls accept().');
    server.stdin?.end('!');
    await foo;
    const states = await Promise.all(
      clients.map(({ state$ }) => firstValueFrom(state$.pipe(filter(({ name }) => name === 'asked' || name === 'closed')))),
    );
    if (states.some(({ name }) => name === 'closed')) throw new TransportError('closed', 'A client of the lesson was not served.');
    say('Shown: all three are served, two of them after they had been connected to nobody.');

    await Promise.all(clients.map((client) => client.exit()));
    const captured = await stopCapture();
    stopCapture = async () => undefined;
    server.send('close');
    const { seen: atServer } = (await told(server)) as Extract<FromBusyServer, { readonly seen: unknown }>;
    for (const event of atServer) seen.push({ tap: serverTap, at: event.at, event });

    seen.sort((one, other) => one.at - other.at); // stable
    for (const { tap, at, event } of seen) {
      if (typeof event === 'string') recording.note(event, at);
      else tap?.event(event);
    }
    recording.flush();
    const ends = knownEnds(sink.events);
    const below = captured ? kernelLane({ packets: captured.packets, ends, startedAtMs, skewMs, showSecrets: false }).events : [];
    const events = [...sink.events, ...below].sort((one, other) => one.at - other.at);
    return { header: recording.header, events };
  } finally {
    server.kill();
    await Promise.all([ended, stopCapture()]);
  }
}

/** What the server says next; an error if it ends instead. */
async function told(server: ChildProcess): Promise<FromBusyServer> {
  const over = new AbortController();
  const end = once(server, 'exit', { signal: over.signal }).then(() => {
    throw new TransportError('aborted', 'The server of the lesson has ended too early.');
  });
  try {
    const [said] = (await Promise.race([once(server, 'message', { signal: over.signal }), end])) as [FromBusyServer];
    return said;
  } finally {
    over.abort();
    end.catch(() => {});
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
