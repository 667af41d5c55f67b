/*
 * The lines of arrows in a figure: whole, sloping, dashed, doubled, broken; and the link from a repetition to the first.
 */
import type { ArrowStep } from '../../join/story.js';
import type { ArrowRow } from '../../layout/index.js';
import { px, textAt } from './markup.js';

/** An arrow in its place. */
export interface PlacedArrow {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  /** The height at which it arrives. */
  readonly until: number;
  readonly arrives: ArrowRow['arrives'];
  readonly step: ArrowStep;
}

const TIP = 9;
const HALF_TIP = 4.5;
/** The part of its way after which a lost arrow breaks off. */
export const LOST_AT = 0.72;
const LINK_REACH = 26;
const LINK_GAP = 5;

/** Draws an arrow's line, its head, and what befell it. */
export function drawArrow({ from, to, y, until, arrives, step }: PlacedArrow): string {
  const { lane, outcome, basis } = step;
  const own = outcome === 'lost' || outcome === 'corrupted' ? 'trouble' : lane;
  if (arrives === 'never') return broken(from, to, y, own);
  const angle = Math.atan2(until - y, to - from);
  const [endX, endY] = [to - Math.cos(angle) * 2, until - Math.sin(angle) * 2];
  const [neckX, neckY] = [endX - Math.cos(angle) * TIP * 0.8, endY - Math.sin(angle) * TIP * 0.8];
  const path = `M${px(from)} ${px(y)}L${px(neckX)} ${px(neckY)}`;
  const dashed = outcome === 'unseen' || basis !== 'observed' ? ' dashed' : '';
  const line =
    outcome === 'duplicate'
      ? `<path class="line wide ${own}" d="${path}"/><path class="line gap" d="${path}"/>`
      : `<path class="line${dashed} ${own}" d="${path}"/>`;
  return line + tip(endX, endY, angle, own) + (outcome === 'corrupted' ? spoilt(from, to, y, until) : '');
}

function tip(x: number, y: number, angle: number, own: string): string {
  const corner = (side: number): string => {
    const backX = x - Math.cos(angle) * TIP - Math.sin(angle) * HALF_TIP * side;
    const backY = y - Math.sin(angle) * TIP + Math.cos(angle) * HALF_TIP * side;
    return `${px(backX)} ${px(backY)}`;
  };
  return `<path class="tip ${own}" d="M${px(x)} ${px(y)}L${corner(1)}L${corner(-1)}z"/>`;
}

function broken(from: number, to: number, y: number, own: string): string {
  const end = from + (to - from) * LOST_AT;
  const cross = `M${px(end - 6)} ${px(y - 6)}l12 12m0-12l-12 12`;
  return `<path class="line ${own}" d="M${px(from)} ${px(y)}H${px(end)}${cross}"/>`;
}

function spoilt(from: number, to: number, y: number, until: number): string {
  const part = 0.86;
  return `<g class="say">${textAt(from + (to - from) * part, y + (until - y) * part + 4.5, '≠', { class: 'label trouble', anchor: 'middle' })}</g>`;
}

/** A curve beside a life line from a repetition up to what it repeats. */
export function drawLink(x: number, y: number, first: number, toLeft: boolean): string {
  const side = toLeft ? -1 : 1;
  const out = x + side * LINK_REACH;
  const end = x + side * LINK_GAP;
  const curve = `M${px(x + side * 2)} ${px(y)}C${px(out)} ${px(y)} ${px(out)} ${px(first + LINK_GAP)} ${px(end)} ${px(first + 1)}`;
  const head = `M${px(end + side * 5.5)} ${px(first + 1)}L${px(end - side)} ${px(first)}L${px(end)} ${px(first + 7)}z`;
  return `<path class="link" d="${curve}"/><path class="tip again" d="${head}"/>`;
}
