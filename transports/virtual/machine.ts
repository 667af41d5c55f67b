/*
 * A whole machine in virtual time: the clock stands still until everything that can happen now has happened, the
 * randomness comes from a seed, the network is in memory. The same program on it does the same, to the byte and to the
 * nanosecond; an hour passes in a moment. It is no place for real secrets: who knows the seed knows them all.
 */
import { scryptSync } from 'node:crypto';
import type { PasswordHasher } from '../../lib/group/passwords.js';
import type { Host } from '../../lib/host.js';
import { VirtualClock } from '../../lib/virtual-clock.js';
import { type Faults, type LinkCounts, seeded } from '../link/index.js';
import { memory } from '../memory/index.js';
import type { DatagramNetwork } from '../udp/driver/network.js';
import { type EngineSettings, udpTransport } from '../udp/index.js';
import { virtualNetwork } from './network.js';
import { type Keeper, keptWire } from './wire.js';

/** What may be said of a machine. */
export interface VirtualMachineOptions {
  /** The same seed, the same run. Default 1. */
  readonly seed?: number;
  /** What goes wrong between the UDP engine and the network. */
  readonly faults?: Faults | undefined;
  readonly linkCounts?: LinkCounts | undefined;
  /** One way on the network, ms. Default 0.1. */
  readonly latencyMs?: number;
  /** What stands before the network and may meddle with it: a NAT, an attacker. Default: nothing. */
  readonly before?: ((network: DatagramNetwork) => DatagramNetwork) | undefined;
  /** How UDP's engine is set, if not as it comes. */
  readonly engine?: Partial<EngineSettings> | undefined;
  /** Holds packets before they go over the network; time stands still meanwhile, and the faults come behind. Default: nobody. */
  readonly keeper?: Keeper | undefined;
}

/** A machine in virtual time. */
export interface VirtualMachine {
  readonly host: Host & { readonly clock: VirtualClock };
  /**
   * Runs a program to its end, and lets time pass whenever it waits. It may wait for nothing but this machine.
   * @throws {Error} if nothing can happen any more, and the program still waits
   */
  run<T>(program: () => Promise<T>): Promise<T>;
}

/** Makes a machine. */
export function virtualMachine(options: VirtualMachineOptions = {}): VirtualMachine {
  const { seed = 1, faults, linkCounts, latencyMs, before, engine, keeper } = options;
  const clock = new VirtualClock(undefined, () => keeper?.holds ?? false);
  const random = seeded(seed);
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
  const wire = keeper && keptWire({ keeper, clock, faults, counts: linkCounts });
  const cable = virtualNetwork({ clock, before: wire, ...(latencyMs !== undefined && { latencyMs }) });
  const network = before ? before(cable) : cable;
  const udp = udpTransport({ ...engine, network, randomBytes, link: keeper ? undefined : faults, linkCounts });
  return {
    host: { clock, randomBytes, transports: [udp, memory], passwords: atOnce(randomBytes) },
    run: (program) => run(clock, program, keeper),
  };
}

async function run<T>(clock: VirtualClock, program: () => Promise<T>, keeper: Keeper | undefined): Promise<T> {
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  program().then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error }),
  );
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve)); // all promises that can settle have settled
    if (keeper?.holds) {
      await keeper.released();
      continue;
    }
    if (outcome) break;
    if (clock.endTurn()) continue;
    if (clock.next === Number.POSITIVE_INFINITY) throw new Error('Nothing can happen any more, and the program still waits.');
    clock.advance(clock.next - clock.now());
  }
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

/** Hashes within the call, and cheaply: virtual time does not pass meanwhile. */
function atOnce(randomBytes: (count: number) => Uint8Array): PasswordHasher {
  const scheme = 'scrypt$N=16,r=8,p=1';
  const hashed = (password: string, salt: Uint8Array) => scryptSync(password, salt, 32, { N: 16, r: 8, p: 1 });
  return {
    async hash(password) {
      const salt = randomBytes(16);
      return { scheme, salt, hash: hashed(password, salt) };
    },
    async verify(password, record) {
      return record !== undefined && hashed(password, record.salt).equals(record.hash);
    },
  };
}
