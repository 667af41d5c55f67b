/*
 * Both ends' windows: a line of segments each, with brackets around those that may be on their way.
 */

import type { RunEvent } from '../../lab/run/index.js';
import { strings } from '../strings.js';
import { event, settings } from './state.js';
import './windows.css';

const { lab } = strings;
/** What a cell looks like; the words for it are those of the legend. */
type Look = keyof typeof lab.cells | 'shut';

/** Cells in a row; narrow screens show fewer of them. */
const CELLS = 44;
const FIN = 'FIN';
/** Cells before the window. */
const BEFORE = 4;
/** Bytes of the smallest full packet: so many more of the congestion window let one more segment go. */
const PACKET_BYTES = 1177;

/** Segments before this one may be sent, as things stand. */
export function limitOf({ sender }: RunEvent, counts: 'span' | 'outstanding'): number {
  const { base, next, unacked, arqWindow, cwnd, inFlight, credit } = sender;
  const byArq = counts === 'span' ? base + arqWindow : next + arqWindow - unacked.length;
  const byCongestion = next + Math.floor((cwnd - inFlight) / PACKET_BYTES);
  return Math.max(next, Math.min(byArq, byCongestion, credit));
}

/** The number of the run's last segment, which is the FIN: it takes a number, too. Without end there is none. */
function lastOf(segments: number): number {
  return segments === 0 ? Number.POSITIVE_INFINITY : segments;
}

/** The sender's. */
export function SenderWindow() {
  const { sender } = event.value;
  const { counts, segments } = settings.value;
  const limit = limitOf(event.value, counts);
  const last = lastOf(segments);
  const unacked = new Set(sender.unacked);
  const look = (n: number): Look => {
    if (unacked.has(n)) return 'flying';
    if (n < sender.next) return 'acked';
    if (n > last) return 'room';
    return n < limit ? 'open' : 'shut';
  };
  const { timeouts, retransmitted, state } = sender;
  const timer = sender.timers.loss ?? sender.timers.handshake;
  return (
    <div class="window">
      <div class="window-head">
        <h3>{lab.sender}</h3>
        <p>{lab.senderFacts({ state, timer: timer === undefined ? lab.noTimer : lab.timerAt(lab.ms(timer)), timeouts, retransmitted })}</p>
      </div>
      <Row
        from={sender.base}
        window={[sender.base, limit]}
        last={last}
        look={look}
        label={lab.senderRow(sender.base, sender.unacked, Math.min(limit - 1, last))}
      />
    </div>
  );
}

/** The receiver's. */
export function ReceiverWindow() {
  const { receiver } = event.value;
  const early = new Set(receiver.early);
  const last = lastOf(settings.value.segments);
  const latest = Math.min(last, receiver.early.at(-1) ?? receiver.next);
  const look = (n: number): Look => {
    if (n < receiver.next) return 'received';
    if (early.has(n)) return 'early';
    return n === receiver.next ? 'wanted' : 'shut';
  };
  return (
    <div class="window">
      <div class="window-head">
        <h3>{lab.receiver}</h3>
        <p>{lab.receiverFacts(receiver)}</p>
      </div>
      <Row
        from={receiver.next}
        window={[receiver.next, latest + 1]}
        last={last}
        look={look}
        label={lab.receiverRow(receiver.next, receiver.early)}
      />
    </div>
  );
}

/** Past the last segment there are only the places that the window has for more. */
function Row({
  from,
  window: [begin, end],
  last,
  look,
  label,
}: {
  readonly from: number;
  readonly window: readonly [number, number];
  readonly last: number;
  readonly look: (n: number) => Look;
  readonly label: string;
}) {
  const first = Math.max(0, from - BEFORE);
  const cells = Array.from({ length: CELLS }, (_, index) => first + index).filter((n) => n <= last || n < end);
  return (
    <div class="window-row" role="img" aria-label={label}>
      {cells.map((n) => {
        const names = [
          'cell',
          `cell-${look(n)}`,
          n === begin && 'cell-begin',
          n === end - 1 && 'cell-end',
          n >= begin && n < end && 'cell-within',
        ];
        return (
          <span key={n} class={names.filter(Boolean).join(' ')} aria-hidden="true">
            {n < last ? n : n === last && FIN}
          </span>
        );
      })}
    </div>
  );
}
