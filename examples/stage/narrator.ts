/*
 * Tells a run frame by frame: who sends what, what comes back, a line a frame. It is fed by the clients' taps
 * and by nothing else, so what it tells has really been sent. The tracer's ladder can stand in its place.
 *
 * The beat: several sockets have no common order, so what happens between two beats is told by client: first
 * the one who acted, then the others, as they came on stage. A client's own frames stay in their order.
 */
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { cleanLine, type FrameTapEvent, type Tap } from '../../lib/index.js';
import { frameWords } from '../../lib/wire/words.js';
import { paint } from './paint.js';

/** So many of something. */
export interface Tally {
  readonly count: number;
  readonly what: string;
}

/** Whoever tells a run. */
export interface Teller extends Tap {
  /** What this is about. */
  title(title: string, sentence: string): void;
  /** Why the next step happens, or what the last one has shown. */
  explain(sentence: string): void;
  /** What was counted, a line each. */
  tally(rows: readonly Tally[]): void;
  /** A step is over: what was observed since the last one is told. */
  beat(): void;
  /** What a lesson has ready before it begins is being made, up to `skip()`. */
  prepare?(): void;
  /** Drops what was observed since the last beat. */
  skip(): void;
}

const COLUMNS = 80;
const NAME_COLUMNS = 8; // `client12`
const TYPE_COLUMNS = 8; // `PRESENCE`, `REJECTED`
const COUNT_COLUMNS = 5; // far more than a lesson sends

/** A teller that writes lines, none wider than 80 columns. */
export function narrator(write: (line: string) => void = console.log): Teller {
  const cast = new Set<string>();
  let seen: FrameTapEvent[] = [];
  let menuTold = false;

  const paragraph = (text: string) => {
    for (const line of wrapAnsi(text, COLUMNS).split('\n')) write(line);
  };

  function tell(event: FrameTapEvent): void {
    const sent = event.direction === 'sent';
    const who = pad(event.actor, NAME_COLUMNS);
    const arrow = sent ? paint.green('-->') : paint.cyan('<--');
    const before = `  ${paint.bold(who)} ${arrow} server  ${pad(event.type, TYPE_COLUMNS)}  `;
    const left = stringWidth(before);
    const lines = wrapAnsi(wordsOf(event), COLUMNS - left, { hard: true }).split('\n');
    const options = event.type === 'PROMPT' ? (event.fields.options as readonly string[]) : [];
    if (!menuTold) lines.push(...options.map((option, i) => `${i + 1}. ${option}`));
    menuTold ||= options.length > 0; // once is enough
    for (const [i, line] of lines.entries()) write(`${i === 0 ? before : ' '.repeat(left)}${line}`.trimEnd());
  }

  return {
    event(event) {
      if (event.layer !== 'frame') return;
      cast.add(event.actor);
      seen.push(event);
    },
    title(title, sentence) {
      write(paint.bold(title));
      write('='.repeat(stringWidth(title)));
      paragraph(sentence);
    },
    explain(sentence) {
      write('');
      paragraph(sentence);
    },
    tally(rows) {
      for (const { count, what } of rows) write(`  ${paint.bold(String(count).padStart(COUNT_COLUMNS))} ${what}`);
    },
    beat() {
      const first = seen[0]?.actor;
      const order = [...cast].sort((one, other) => Number(other === first) - Number(one === first));
      for (const actor of order) for (const event of seen) if (event.actor === actor) tell(event);
      seen = [];
    },
    skip() {
      seen = [];
    },
  };
}

/** A line at the plain-text door is its own words. */
function wordsOf(event: FrameTapEvent): string {
  return event.type === 'LINE' ? cleanLine(String(event.fields.text)) : frameWords(event);
}

function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}
