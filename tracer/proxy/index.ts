/*
 * A proxy between unmodified programs: it carries what they say to each other, makes the network worse if asked to,
 * and lets a tap see both legs.
 */
import { parseAddress, TransportError } from '../../lib/transport.js';
import { relayDatagrams } from './datagrams.js';
import type { ProxyOptions, RunningProxy } from './options.js';
import { carryStreams } from './streams.js';

export { createHolder, type Deed, type Holder, type HolderOptions, type Stop } from './holder.js';
export type { ProxyObserver, ProxyOptions, RelayObserver, RunningProxy } from './options.js';
export { STOPS } from './stops.js';

/**
 * Starts a proxy.
 * @throws {TransportError} if it cannot listen; `unsupported` if the two addresses, or the faults, do not go together
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const [{ scheme: near, address: here }, { scheme: far, address: there }] = [parseAddress(options.listen), parseAddress(options.to)];
  const byNumber = (address: string): string => address.replace('//localhost:', '//127.0.0.1:');
  if (byNumber(here) === byNumber(there) && !here.endsWith(':0')) {
    throw new TransportError('unsupported', `The proxy would dial itself at ${there} without end: let it listen at another address.`);
  }
  for (const scheme of [near, far]) {
    if (scheme === 'memory') throw new TransportError('unsupported', 'memory: exists within one program only; nothing can stand between.');
  }
  if (near === 'udp' && far === 'udp') return relayDatagrams(options);
  if (near === 'udp' || far === 'udp') {
    throw new TransportError(
      'unsupported',
      'Datagrams are passed on as they are, so that both ends shake hands with each other: with udp: on one side, write udp: on the other, too.',
    );
  }
  if (options.hold) {
    throw new TransportError(
      'unsupported',
      'Packets can be held over udp: only; a stream has bytes, and the kernel sends them as it likes.',
    );
  }
  return carryStreams(options);
}
