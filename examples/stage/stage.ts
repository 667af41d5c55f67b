/*
 * The stage of an example: a real server on a real socket, clients with names, and somebody who tells what
 * happens. Only what the lessons need; the library by itself is shown by examples/library.ts.
 */
import { filter, firstValueFrom, Subject } from 'rxjs';
import { ChatClient, ChatServer, MemoryGroupLog, type Presence, parseAddress, type ServerLimits, type Tap } from '../../lib/index.js';
import { transportFor } from '../../lib/transport.js';
import type { RejectionCode } from '../../lib/wire/index.js';
import { type FaultFlags, type Faults, faultsInWords } from '../../transports/link/index.js';
import type { EngineSettings } from '../../transports/udp/index.js';
import { type Actor, actor } from './actor.js';
import { layCable } from './cable.js';
import { groupIds } from './group-ids.js';
import type { Tally, Teller } from './narrator.js';
import { layNetwork, type Machine, type NetworkCounts } from './network.js';
import { doorFor, placeFor } from './place.js';
import { traffic } from './traffic.js';
import { type Typist, typist } from './typist.js';

/** How long frames may take before something must be wrong, ms: on a good network, and where much is lost and backed off for. */
const PATIENCE_MS = { good: 10_000, bad: 120_000 } as const;

/** One lesson. */
export interface Example {
  /** What the command line calls it. */
  readonly name: string;
  readonly title: string;
  /** In one sentence, what it shows. */
  readonly tells: string;
  /** Limits of the server that the lesson needs smaller. */
  readonly limits?: Partial<ServerLimits>;
  /** True: the server has a plain-text door, too. */
  readonly textDoor?: true;
  /** The one transport over which there is something to see. */
  readonly transport?: string;
  /** The faults of the network that the lesson is about; others can be asked for. */
  readonly faults?: FaultFlags;
  run(stage: Stage): Promise<void>;
}

/** What a lesson has at hand. */
export interface Stage {
  /** A new client, once the server has asked it the opening question. */
  client(name: string): Promise<Actor>;
  /** Somebody who types lines at the plain-text door, once the server has asked the opening question. */
  typist(name: string): Promise<Typist>;
  /** A group that is there before the curtain rises, its members with it. Not told frame by frame. */
  group(group: { readonly id: string; readonly password: string; readonly members: readonly string[] }): Promise<readonly Actor[]>;
  /** Why the next step happens. */
  explain(sentence: string): void;
  /** Says what the steps have shown, if they have; otherwise the example fails. */
  shown(sentence: string, holds: boolean): void;
  /** With which codes the server has refused something so far. */
  rejections(): ReadonlySet<RejectionCode>;
  /** What has gone over the network so far. Counted over UDP, and with faults only. */
  network(): NetworkCounts;
  /** Tells numbers, which may be others in the next run. */
  tally(rows: readonly Tally[]): void;
}

/** What a stage is built from. */
export interface Materials {
  /** The name of one of the transports that can listen. */
  readonly transport: string;
  /** What goes wrong on the network; nothing: it is a good one. */
  readonly faults: Faults | undefined;
  /** How UDP's engine is set, if not as it comes. */
  readonly engine?: Partial<EngineSettings> | undefined;
  readonly teller: Teller;
  /** By which name or number of this computer clients dial, where the transport has hosts. Default: 127.0.0.1. */
  readonly hostName?: string | undefined;
  /** Default: this computer. A machine of another kind has the faults already. */
  readonly machine?: Machine | undefined;
  /** Somebody who watches the server and the clients: the tracer. */
  readonly watch?: Watch | undefined;
  /** Awaited once the server listens, before anybody dials: told where. */
  readonly ready?: Ready | undefined;
}

/** Told where the server listens, and where its plain-text door is, if it has one; the lesson begins when it is done. */
export type Ready = (address: string, door?: string) => Promise<void>;

/** Gives a tap to each who takes part. */
export type Watch = (participant: { readonly name: string; readonly role: 'server' | 'client' }) => Tap;

/** A stage, and how it is taken down. */
export interface Theatre extends Stage {
  close(): Promise<void>;
}

/**
 * Builds a stage.
 * @throws {TransportError} if the server cannot listen there, or the transport cannot have such faults
 */
export async function build(
  example: Example,
  { transport, faults, engine, teller, hostName, machine, watch, ready }: Materials,
): Promise<Theatre> {
  const network = layNetwork(faults, engine, machine);
  const texts = new Set<string>(); // connections
  const rejections = new Set<RejectionCode>();
  const patienceMs = faults || machine ? PATIENCE_MS.bad : PATIENCE_MS.good;
  const { serverTap, clientTap, settled } = traffic(network.host.clock, patienceMs, (connection) => texts.has(connection));
  const ids = groupIds(network.host);
  const maxGroups = example.limits?.maxGroups;
  const log = new MemoryGroupLog({ randomBytes: (count) => ids.randomBytes(count), ...(maxGroups !== undefined && { maxGroups }) });
  const server = new ChatServer(network.host, { ...example.limits, log, tap: all(serverTap, watch?.({ name: 'server', role: 'server' })) });
  server.events$.subscribe((event) => {
    if (event.type === 'connected' && event.codec === 'text') texts.add(event.session);
    if (event.type === 'rejected') rejections.add(event.code);
  });
  const asDialled = (bound: string) => (hostName === undefined ? bound : bound.replace(/\/\/.*(?=:\d+$)/, `//${hostName}`));
  const place = placeFor(transport, hostName);
  const doorPlace = example.textDoor && doorFor(transport, hostName);
  const bound = await server.listen(place.address);
  const boundDoor = doorPlace && (await server.listen(doorPlace.address));
  await ready?.(bound, boundDoor);
  const address = asDialled(bound);
  const door = boundDoor && asDialled(boundDoor);
  const clients: ChatClient[] = [];
  const presence$ = new Subject<Presence>();
  let raised = true; // the curtain
  let settles = true; // a step is over when all that was sent has been read
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    const outcome = await act();
    if (settles) await settled();
    if (raised) teller.beat();
    return outcome;
  };
  const unsettled = async (act: () => Promise<unknown>): Promise<void> => {
    settles = false;
    try {
      await act();
    } finally {
      settles = true;
    }
  };
  const tapFor = (name: string) => all(teller, clientTap, watch?.({ name, role: 'client' }));
  async function client(name: string): Promise<Actor> {
    const cable = layCable(network.host);
    const chat = new ChatClient(cable.host, address, { actor: name, tap: tapFor(name), reconnect: { firstDelayMs: 0 } });
    clients.push(chat);
    chat.presence$.subscribe((change) => presence$.next(change));
    await step(() => firstValueFrom(chat.state$.pipe(filter((state) => state.name !== 'connecting'))));
    return actor(name, { client: chat, cable, presence$, step, unsettled });
  }

  async function typistAtDoor(name: string): Promise<Typist> {
    if (door === undefined) throw new Error(`The example "${example.name}" asks for no plain-text door.`);
    const { host } = network;
    const { scheme, address: plain } = parseAddress(door);
    const tap = tapFor(name);
    const connection = await transportFor(host.transports, scheme).dial(plain, { tap, clock: host.clock });
    return typist(name, { connection, clock: host.clock, tap, step });
  }

  const alsoAt = door === undefined ? '' : ` Its plain-text door listens at ${door}.`;
  teller.title(example.title, `${example.tells} The server listens at ${address}.${alsoAt}`);
  if (faults) teller.explain(`The network between them ${faultsInWords(faults)}.`);
  return {
    client,
    typist: typistAtDoor,
    async group({ id, password, members }) {
      raised = false;
      teller.prepare?.();
      ids.next(id);
      const actors: Actor[] = [];
      for (const name of members) {
        const member = await client(name);
        await (actors.length === 0 ? member.creates(password) : member.joins(id, password));
        actors.push(member);
      }
      teller.skip();
      raised = true;
      return actors;
    },
    explain: (sentence) => teller.explain(sentence),
    shown(sentence, holds) {
      if (!holds) throw new Error(`The example "${example.name}" did not show this: ${sentence}`);
      teller.explain(`Shown: ${sentence}`);
    },
    rejections: () => rejections,
    network: () => network.counts(),
    tally: (rows) => teller.tally(rows),
    async close() {
      raised = false;
      await Promise.all(clients.map((each) => each.exit()));
      await server.close();
      place.clear();
      doorPlace?.clear();
    },
  };
}

/** One tap for several. */
function all(...taps: readonly (Tap | undefined)[]): Tap {
  return {
    event(event) {
      for (const tap of taps) tap?.event(event);
    },
  };
}
