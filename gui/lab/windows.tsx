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

/** The sender's. */
export function SenderWindow() {
  const { sender } = event.value;
  const limit = limitOf(event.value, settings.value.counts);
  const unacked = new Set(sender.unacked);
  const look = (n: number): Look => {
    if (unacked.has(n)) return 'flying';
    if (n < sender.next) return 'acked';
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
      <Row from={sender.base} window={[sender.base, limit]} look={look} label={lab.senderRow(sender.base, sender.unacked, limit)} />
    </div>
  );
}

/** The receiver's. */
export function ReceiverWindow() {
  const { receiver } = event.value;
  const early = new Set(receiver.early);
  const last = receiver.early.at(-1) ?? receiver.next;
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
      <Row from={receiver.next} window={[receiver.next, last + 1]} look={look} label={lab.receiverRow(receiver.next, receiver.early)} />
    </div>
  );
}

function Row({
  from,
  window: [begin, end],
  look,
  label,
}: {
  readonly from: number;
  readonly window: readonly [number, number];
  readonly look: (n: number) => Look;
  readonly label: string;
}) {
  const first = Math.max(0, from - BEFORE);
  const cells = Array.from({ length: CELLS }, (_, index) => first + index);
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
            {n}
          </span>
        );
      })}
    </div>
  );
}

/** What the looks of the cells mean. */
export function CellLegend() {
  return (
    <ul class="window-legend" aria-hidden="true">
      {Object.entries(lab.cells).map(([look, text]) => (
        <li key={look}>
          <span class={`cell cell-${look}`} />
          {text}
        </li>
      ))}
    </ul>
  );
}
