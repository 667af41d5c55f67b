/*
 * A TCP proxy that cuts: once armed, a connection through it is reset after so many bytes one way.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { parseHostPort } from '../../../lib/transport.js';

/** After how many bytes a connection is cut; undefined: never. Asked for at each new connection, and when it is armed. */
export type Cut = () => { readonly way: 'up' | 'down'; readonly after: number } | undefined;

/** A running proxy. */
export interface CuttingProxy {
  readonly address: string;
  /** How often it has cut. */
  readonly cuts: number;
  /** From here on, also for the connections that stand. */
  arm(cut: Cut): void;
  /** Cuts all connections, and leads elsewhere from here on. */
  lead(to: string): void;
  close(): void;
}

/** Starts one in front of an http: address. */
export async function cuttingProxy(first: string): Promise<CuttingProxy> {
  let to = first;
  const pairs = new Set<Pair>();
  let nextCut: Cut = () => undefined;
  let cuts = 0;

  interface Pair {
    readonly near: Socket;
    readonly far: Socket;
    left: Record<'up' | 'down', number>;
  }
  const arm = (pair: Pair) => {
    const cut = nextCut();
    pair.left = { up: Number.POSITIVE_INFINITY, down: Number.POSITIVE_INFINITY, ...(cut && { [cut.way]: cut.after }) };
  };

  const server = createServer({ noDelay: true }, (near) => {
    const { host, port } = parseHostPort(to);
    const far = connect({ host, port, noDelay: true });
    const pair: Pair = { near, far, left: { up: 0, down: 0 } };
    arm(pair);
    pairs.add(pair);
    const drop = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    const pass = (from: Socket, into: Socket, way: 'up' | 'down') => {
      from.on('data', (chunk: Buffer) => {
        if (pair.left[way] > chunk.length) {
          pair.left[way] -= chunk.length;
          into.write(chunk);
          return;
        }
        cuts += 1;
        into.write(chunk.subarray(0, pair.left[way]), () => {
          pairs.delete(pair);
          near.resetAndDestroy();
          far.resetAndDestroy();
        });
        from.pause();
      });
      from.on('end', drop).on('error', drop).on('close', drop);
    };
    pass(near, far, 'up');
    pass(far, near, 'down');
  });
  const cutAll = () => {
    for (const { near, far } of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get cuts() {
      return cuts;
    },
    arm(cut) {
      nextCut = cut;
      for (const pair of pairs) arm(pair);
    },
    lead(elsewhere) {
      to = elsewhere;
      cutAll();
    },
    close() {
      server.close();
      cutAll();
    },
  };
}
