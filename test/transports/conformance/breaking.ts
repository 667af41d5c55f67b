/*
 * The tools to break a transport in one place: a connection, a listener or a transport that does everything as the
 * original does, but for what is given beside it.
 */
import { map } from 'rxjs';
import type { Connection, DialOptions, Listener, Transport } from '../../../lib/transport.js';

/** Changes to a thing: the members that differ. */
export type Changes<T> = Partial<{ -readonly [K in keyof T]: T[K] }>;

/** What is broken, where. Each is given the original and answers what differs. */
export interface Break {
  connection?(inner: Connection): Changes<Connection>;
  listener?(inner: Listener): Changes<Listener>;
  transport?(inner: Transport): Changes<Transport>;
}

/** The same object but for the changes; methods of the original keep their own `this`. */
export function changed<T extends object>(inner: T, changes: Changes<T>): T {
  return new Proxy(inner, {
    get(target, key) {
      const source: object = key in changes ? changes : target;
      const value: unknown = Reflect.get(source, key, source);
      return typeof value === 'function' ? (value.bind(source) as unknown) : value;
    },
  });
}

/** The transport with every connection, listener and itself broken as said. */
export function broken(sound: Transport, { connection = () => ({}), listener = () => ({}), transport = () => ({}) }: Break): Transport {
  const breakConnection = (inner: Connection) => changed(inner, connection(inner));
  const wrapped: Transport = {
    scheme: sound.scheme,
    reset: sound.reset,
    dial: async (address: string, options?: DialOptions) => breakConnection(await sound.dial(address, options)),
    async listen(address, options) {
      const inner = await sound.listen!(address, options);
      const connections$ = inner.connections$.pipe(map(breakConnection));
      const half = changed(inner, { connections$ });
      return changed(half, listener(half));
    },
  };
  return changed(wrapped, transport(wrapped));
}
