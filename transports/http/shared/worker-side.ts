/*
 * One stream down for all tabs, in a SharedWorker: the tabs send their own POSTs, and get here what comes down. A tab
 * that joins costs one GET given up and a new one for all; streams go on where they were.
 */
import { Downlink, type DownMember } from '../client/downlink.js';
import { sayReset } from '../client/last-word.js';
import type { Ground } from '../client/settings.js';
import type { Record } from '../wire/records.js';
import type { FromTab, TabPort, ToTab } from './messages.js';

/** Takes tabs in; returns what to call with each one's port. */
export function tabDesk(groundFor: (origin: string) => Ground): (port: TabPort) => void {
  const carriers: { readonly origin: string; readonly ground: Ground; readonly downlink: Downlink }[] = [];

  const carrierFor = (origin: string) => {
    const found = carriers.find((each) => each.origin === origin && !each.downlink.isFull);
    if (found) return found;
    const ground = groundFor(origin);
    const made = { origin, ground, downlink: new Downlink(ground) };
    carriers.push(made);
    return made;
  };

  return (port) => {
    const own = new Map<string, ReturnType<typeof carrierFor>>();
    const say = (message: ToTab, transfer: readonly ArrayBuffer[] = []) => port.postMessage(message, transfer);
    const remove = (session: string) => {
      own.get(session)?.downlink.remove(session);
      own.delete(session);
    };
    port.onmessage = ({ data }) => {
      const message = data as FromTab;
      if (message.do === 'remove') return remove(message.session);
      if (message.do === 'leave') {
        for (const [session, { ground }] of own) {
          remove(session);
          void sayReset(ground, session);
        }
        return;
      }
      const carrier = carrierFor(message.origin);
      own.set(message.session, carrier);
      const member = new TabMember(message, say, () => remove(message.session));
      void carrier.downlink.add(message.session, member).then(() => say({ session: message.session, what: 'begun' }));
    };
  };
}

/** A tab's connection, as far as the stream down is concerned. */
class TabMember implements DownMember {
  received: number;

  constructor(
    { session, offset }: { readonly session: string; readonly offset: number },
    private readonly say: (message: ToTab, transfer?: readonly ArrayBuffer[]) => void,
    private readonly over: () => void,
  ) {
    this.session = session;
    this.received = offset;
  }

  private readonly session: string;

  take(record: Record): void {
    const { session } = this;
    if (record.type === 'DATA') this.received = Math.max(this.received, record.offset + record.data.length);
    if (record.type === 'END') this.received = Math.max(this.received, record.offset + 1);
    this.say({ session, what: 'record', record }, record.type === 'DATA' ? [record.data.buffer as ArrayBuffer] : []);
    if (record.type === 'RESET') this.over();
  }

  breakRules({ message }: Error): void {
    this.say({ session: this.session, what: 'broken', why: message });
    this.over();
  }

  lost(cause: unknown): void {
    this.say({ session: this.session, what: 'lost', why: cause instanceof Error ? cause.message : '' });
    this.over();
  }
}
