/*
 * The picture of the packets: time to the right, the sender above, the receiver below, a line for each packet whose slope
 * is its delay. What has landed is drawn once and then only moved along with all others; each frame touches what flies.
 */
import { type Flight, type Run, type RunPacket, shareAt } from '../../lab/run/index.js';
import { strings } from '../strings.js';
import { nameOf, shortNameOf } from './words.js';

const SVG = 'http://www.w3.org/2000/svg';
/** How much of the width is past; the rest is where the names of what flies have room. */
const PAST = 0.86;
const EDGE = 30;
const LEFT = 12;
/** Room for a letter of a name, and between two names, in rem, so that they do not touch. */
const LETTER_REM = 0.5;
const BETWEEN_REM = 0.5;
/** Lines that left the picture on the left are forgotten after so much of its width. */
const KEPT = 1.2;

interface Drawn {
  readonly flight: Flight;
  readonly group: SVGGElement;
  readonly line: SVGPolylineElement;
  readonly head: SVGCircleElement;
  isDone: boolean;
}

/** What the picture is of. */
export interface View {
  readonly run: Run;
  readonly now: number;
  readonly spanMs: number;
  readonly selected: number;
}

/** Its size in pixels, and that of the type. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly rem: number;
}

/** Draws into an SVG element. */
export class Picture {
  readonly #svg: SVGSVGElement;
  readonly #scroll = element('g', { class: 'scroll' });
  readonly #nowLine = element('line', { class: 'now' });
  readonly #edges = [element('line', { class: 'edge' }), element('line', { class: 'edge' })];
  readonly #drawn = new Map<Flight, Drawn>();
  #view: View | undefined;
  #size: PictureSize = { width: 0, height: 0, rem: 0 };
  /** Packets before this one were looked at. */
  #seen = 0;
  #namedUntil = { down: Number.NEGATIVE_INFINITY, up: Number.NEGATIVE_INFINITY };

  constructor(svg: SVGSVGElement) {
    this.#svg = svg;
    svg.replaceChildren(...this.#edges, this.#scroll, this.#nowLine);
  }

  /** Draws a moment. Begins anew if it is of another run, another size, or earlier than the last one. */
  draw(view: View, size: PictureSize): void {
    const last = this.#view;
    const isOther = !last || last.run !== view.run || last.spanMs !== view.spanMs || view.now < last.now;
    const { width, height, rem } = this.#size;
    if (isOther || size.width !== width || size.height !== height || size.rem !== rem) this.#clear(view, size);
    this.#view = view;
    const { run, now, spanMs, selected } = view;
    const perMs = (size.width * PAST) / spanMs;
    const nowX = Math.min(LEFT + now * perMs, size.width * PAST);
    this.#scroll.setAttribute('transform', `translate(${nowX - now * perMs} 0)`);
    set(this.#nowLine, { x1: nowX, x2: nowX });
    for (; (run.packets[this.#seen]?.sentAt ?? Number.POSITIVE_INFINITY) <= now; this.#seen += 1) {
      const packet = run.packets[this.#seen] as RunPacket;
      if (packet.sentAt >= now - KEPT * spanMs) this.#add(packet, perMs);
    }
    for (const drawn of this.#drawn.values()) {
      const { flight, group } = drawn;
      for (const other of flight.packet.flights)
        if (!this.#drawn.has(other) && (other.path[0]?.at ?? 0) <= now) this.#addFlight(other, perMs, false);
      if (!drawn.isDone) this.#move(drawn, now, perMs);
      group.classList.toggle('selected', flight.packet.n === selected && !drawn.isDone);
      const end = flight.path.at(-1)?.at ?? 0;
      if (end < now - KEPT * spanMs) {
        group.remove();
        this.#drawn.delete(flight);
      }
    }
  }

  /** The packet under a pointer, by its place; nothing if there is none that flies. */
  static packetAt(target: EventTarget | null): number | undefined {
    const group = target instanceof Element ? target.closest('.flies[data-packet]') : null;
    return group instanceof SVGElement ? Number(group.dataset.packet) : undefined;
  }

  #clear({ now, spanMs, run }: View, size: PictureSize): void {
    this.#size = size;
    this.#scroll.replaceChildren();
    this.#drawn.clear();
    this.#namedUntil = { down: Number.NEGATIVE_INFINITY, up: Number.NEGATIVE_INFINITY };
    this.#seen = Math.max(
      0,
      run.packets.findIndex(({ sentAt }) => sentAt >= now - KEPT * spanMs),
    );
    this.#svg.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
    for (const [index, edge] of this.#edges.entries()) {
      const y = index === 0 ? EDGE : size.height - EDGE;
      set(edge, { x1: 0, x2: size.width, y1: y, y2: y });
    }
    set(this.#nowLine, { y1: EDGE - 8, y2: size.height - EDGE + 8 });
  }

  #add(packet: RunPacket, perMs: number): void {
    const [flight] = packet.flights;
    if (!flight) return;
    const way = packet.from === 'receiver' ? 'up' : 'down';
    const x = packet.sentAt * perMs;
    const name = labelOf(packet);
    const isNamed = x >= this.#namedUntil[way];
    if (isNamed) this.#namedUntil[way] = x + (name.length * LETTER_REM + BETWEEN_REM) * this.#size.rem;
    this.#addFlight(flight, perMs, isNamed);
  }

  #addFlight(flight: Flight, perMs: number, isNamed: boolean): void {
    const { packet } = flight;
    const group = element('g', { class: `packet ${lookOf(packet)}`, 'data-packet': packet.n });
    const line = element('polyline', { class: 'line' });
    const head = element('circle', { class: 'head', r: 8 });
    const title = element('title', {});
    title.textContent = nameOf(packet);
    group.append(title, line, head);
    if (isNamed) {
      const isUp = packet.from === 'receiver';
      const name = element('text', { class: 'name', x: packet.sentAt * perMs, y: isUp ? this.#size.height - 10 : 16 });
      name.textContent = labelOf(packet);
      group.append(name);
    }
    this.#scroll.append(group);
    this.#drawn.set(flight, { flight, group, line, head, isDone: false });
  }

  #move(drawn: Drawn, now: number, perMs: number): void {
    const { flight, group, line, head } = drawn;
    const share = shareAt(flight, now);
    const until = share === undefined ? flight.path : [...flight.path.filter(({ at }) => at < now), { at: now, share }];
    line.setAttribute('points', until.map(({ at, share: there }) => `${round(at * perMs)},${round(this.#y(flight, there))}`).join(' '));
    const last = until.at(-1);
    if (last) set(head, { cx: round(last.at * perMs), cy: round(this.#y(flight, last.share)) });
    group.classList.toggle('flies', share !== undefined && (flight.end === undefined || flight.end === 'arrived'));
    if (share !== undefined) return;
    drawn.isDone = true;
    head.remove();
    if (flight.end === undefined || flight.end === 'arrived' || !last) return;
    group.classList.add('gone');
    const [x, y] = [round(last.at * perMs), round(this.#y(flight, last.share))];
    group.append(element('path', { class: 'cross', d: `M${x - 6} ${y - 6}l12 12m0 -12l-12 12` }));
  }

  #y({ packet }: Flight, share: number): number {
    const way = this.#size.height - 2 * EDGE;
    return packet.from === 'receiver' ? EDGE + (1 - share) * way : EDGE + share * way;
  }
}

/** What stands beside a line: what is in it, and why again. */
function labelOf(packet: RunPacket): string {
  const cause = packet.again.find((one) => one.cause !== 'bundled')?.cause;
  return cause ? `${shortNameOf(packet)} ${strings.lab.againShort[cause]}` : shortNameOf(packet);
}

function lookOf({ from, to, type, again, frames }: RunPacket): string {
  if (from === 'attacker' || to === 'elsewhere') return 'forged';
  if (type !== 'OPEN' || frames.some(({ type: frame }) => frame === 'CLOSE')) return 'handshake';
  if (again.some(({ cause }) => cause !== 'bundled')) return 'again';
  return frames.some(({ segment }) => segment !== undefined) ? 'data' : 'ack';
}

function element<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number>,
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name);
  set(made, attributes);
  return made;
}

function set(of: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) of.setAttribute(name, String(value));
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
