/*
 * The proxy for datagrams: it passes each on as it is, so the two ends shake hands with each other through it, and
 * acknowledge and repeat as if it were not there. It terminates nothing and knows no connections, only clients: each has
 * a socket of its own towards the server (flow.ts), by which the server tells them apart.
 */
import type { Timer } from '../../lib/clock.js';
import { Deadlines } from '../../lib/deadlines.js';
import { parseAddress } from '../../lib/transport.js';
import { type Fate, type Line, type LinkSide, layLine } from '../../transports/link/index.js';
import { node } from '../../transports/node.js';
import { localAddress, nodeNetwork, placeOf, written } from '../../transports/udp/driver/sockets.js';
import { explainUdp, troubleOf } from '../../transports/udp/driver/trouble.js';
import { namesIn } from '../../transports/udp/wire/decode.js';
import { Flow, type FlowEvents, widen } from './flow.js';
import type { ProxyOptions, RunningProxy } from './options.js';
import { refusalOf } from './refusal.js';

/** A datagram that was taken in, for a client or from it. */
interface OnItsWay {
  readonly flow: Flow;
  /** As it came in, whatever has become of it. */
  readonly datagram: Uint8Array;
  /** When it came in, ms. */
  readonly atMs: number;
  fate?: Fate | undefined;
  /** Whether it has come out, for the first time. */
  isOut?: boolean;
}

/**
 * Listens and passes on.
 * @throws {TransportError} if it cannot listen, or a name is not known
 */
export async function relayDatagrams(options: ProxyOptions): Promise<RunningProxy> {
  const { faults, hold, observer, notice = () => {}, maxClients = 1024, idleMs = 120_000, clock = node.clock } = options;
  const [asked, target] = [parseAddress(options.listen).address, parseAddress(options.to).address];
  const explained = (doing: 'dial' | 'listen', address: string) => (cause: unknown) => {
    throw explainUdp(doing, address, cause);
  };
  const place = await placeOf(target).catch(explained('dial', target));
  const near = await placeOf(asked)
    .then((found) => nodeNetwork.bound(found))
    .catch(explained('listen', asked));
  widen(near);
  const [local, server] = [localAddress(near), written(place.host, place.port)];

  const flows = new Map<string, Flow>();
  const idle = new Deadlines<Flow>();
  let idleTimer: Timer | undefined;
  let open = true;
  let saidFull = false;
  let end: (error?: Error) => void = () => {};
  const ended = new Promise<Error | undefined>((resolve) => {
    end = resolve;
  });

  const way = (side: LinkSide, send: (datagram: Uint8Array, flow: Flow) => void): Line<OnItsWay> => {
    const tell = ({ flow, datagram, fate }: OnItsWay) => flow.observer?.sent(side, datagram, clock.now(), fate);
    const line = layLine<OnItsWay>({
      ...{ faults, side, namesIn, clock },
      entered(_, one, fate) {
        one.fate = fate;
        if (fate?.fate === 'lost') tell(one);
      },
      deliver(datagram, one) {
        if (!one.isOut) tell(one); // a second copy is told with the first
        one.isOut = true;
        send(datagram, one.flow);
      },
    });
    if (!hold) return line;
    return {
      close: () => line.close(),
      push(datagram, one) {
        const whileOpen = (act: () => void) => () => void (open && act());
        hold({
          ...{ from: side, datagram, atMs: one.atMs },
          pass: () => (open ? line.push(datagram, one) : undefined),
          drop: whileOpen(() => tell({ ...one, fate: { fate: 'lost' } })),
          twice: whileOpen(() => {
            tell({ ...one, fate: { fate: 'duplicated' } });
            send(datagram, one.flow);
            send(datagram, one.flow);
          }),
        });
        return undefined; // what becomes of it is decided later
      },
    };
  };
  const up = way('client', (datagram, flow) => flow.send(datagram));
  const down = way('server', (datagram, flow) => void near.send(datagram, flow.port, flow.host, ignore));

  const events: FlowEvents = {
    opened(flow, farLocal) {
      flow.observer = observer?.relay({ client: { local, remote: flow.remote }, server: { local: farLocal, remote: server } });
    },
    asked(flow, datagram, arrivedAt) {
      flow.observer?.received('client', datagram, arrivedAt);
      up.push(datagram, { flow, datagram, atMs: arrivedAt });
    },
    answered(flow, datagram) {
      flow.heardAt = clock.now();
      flow.refusals = 0;
      flow.observer?.received('server', datagram, flow.heardAt);
      down.push(datagram, { flow, datagram, atMs: flow.heardAt });
    },
    troubled(flow, cause) {
      const { kind } = troubleOf(cause);
      if (kind !== 'refused') {
        if (kind === 'broken') forget(flow);
        return; // else it is as if the datagram were lost
      }
      flow.refusals += 1;
      if (flow.refusals === 1) notice(`${flow.remote} cannot be served: ${explainUdp('dial', server, cause).message}`);
      const refusal = flow.newest && refusalOf(flow.newest, flow.refusals);
      if (!refusal) return;
      flow.observer?.sent('server', refusal, clock.now());
      near.send(refusal, flow.port, flow.host, ignore);
    },
  };

  function flowOf(host: string, port: number): Flow | undefined {
    const key = `${host}|${port}`;
    const known = flows.get(key);
    if (known) return known;
    if (flows.size >= maxClients) {
      if (!saidFull) notice(`${written(host, port)} was turned away: ${maxClients} clients go through already.`);
      saidFull = true;
      return undefined;
    }
    const flow = new Flow({ host, port }, place, clock.now(), events);
    flows.set(key, flow);
    idle.schedule(flow, clock.now() + idleMs);
    if (!idleTimer) watchIdle();
    return flow;
  }

  function forget(flow: Flow): void {
    if (!flows.delete(`${flow.host}|${flow.port}`)) return;
    idle.cancel(flow);
    flow.close();
    saidFull = false;
  }

  function watchIdle(): void {
    const { next } = idle;
    idleTimer = undefined;
    if (!open || next === Number.POSITIVE_INFINITY) return;
    idleTimer = clock.setTimer(Math.max(0, next - clock.now()), () => {
      const now = clock.now();
      for (let flow = idle.takeDue(now); flow; flow = idle.takeDue(now)) {
        if (flow.heardAt + idleMs > now) idle.schedule(flow, flow.heardAt + idleMs);
        else forget(flow);
      }
      watchIdle();
    });
  }

  near.on('message', (datagram, from) => {
    const flow = flowOf(from.address, from.port);
    if (!flow) return;
    flow.heardAt = clock.now();
    flow.take(datagram, flow.heardAt);
  });
  near.on('error', (cause) => {
    if (troubleOf(cause).kind === 'broken') end(explainUdp('listen', local, cause));
  });
  near.once('close', () => end());

  return {
    address: local,
    get clients() {
      return flows.size;
    },
    ended,
    async close() {
      if (!open) return;
      open = false;
      idleTimer?.cancel();
      up.close();
      down.close();
      for (const flow of [...flows.values()]) forget(flow);
      const closed = new Promise<void>((resolve) => near.once('close', () => resolve()));
      near.close();
      await closed;
    },
  };
}

/** A datagram that cannot be sent is lost; whoever waits for it sends it again. */
function ignore(): void {}
