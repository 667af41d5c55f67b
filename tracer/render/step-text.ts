/*
 * What a row says, in pieces: the label that stands on an arrow, and the words and remarks that stand on it if they fit,
 * and beside or below it if not.
 */
import type { ArrowStep, JoinedConnection, MarkStep } from '../join/story.js';
import { type Columns, type Phase, remarksOn, wordsBehind } from '../layout/index.js';
import { type Fit, widthOf } from './fit-text.js';
import type { Style } from './paint.js';

/** A piece of text in one style. */
export interface Piece {
  readonly text: string;
  readonly style: Style;
}

/** Names connections where their ends do not: where two actors have several. */
export type TagOf = (connection: string) => string | undefined;

/** Tells which connections need their name shown. */
export function tagging(connections: readonly JoinedConnection[]): TagOf {
  const pairs = new Map<string, number>();
  const pair = ({ client, server }: JoinedConnection): string => JSON.stringify([client, server]);
  for (const one of connections) pairs.set(pair(one), (pairs.get(pair(one)) ?? 0) + 1);
  const tagged = new Set(connections.filter((one) => (pairs.get(pair(one)) ?? 0) > 1).map(({ id }) => id));
  return (connection) => (tagged.has(connection) ? connection : undefined);
}

/** The label of an arrow or a mark, with its place in a phase and its connection. */
export function labelPieces(step: ArrowStep | MarkStep, phase: Phase | undefined, tag: string | undefined, fit: Fit): readonly Piece[] {
  const style: Style = step.kind === 'arrow' && step.outcome === 'lost' ? 'trouble' : step.lane;
  const faint = [phase?.part, tag].filter((text) => text !== undefined).map((text): Piece => ({ text: fit(text), style: 'faint' }));
  return [{ text: fit(step.label), style }, ...faint];
}

/** What else is said: the ends where a column is shared, the words, and the remarks. */
export function tailPieces(step: ArrowStep | MarkStep, columns: Columns, fit: Fit): readonly Piece[] {
  const pieces: Piece[] = [];
  const shared = sharedEnds(step, columns);
  if (shared !== '') pieces.push({ text: fit(shared), style: 'strong' });
  const words = wordsBehind(step);
  if (words !== '') pieces.push({ text: fit(words), style: 'plain' });
  if (step.kind === 'arrow') {
    for (const remark of remarksOn(step)) pieces.push({ text: fit(remark), style: remark.startsWith('↻') ? 'again' : 'trouble' });
  }
  return pieces;
}

/** Who it is, where several actors share a column. */
function sharedEnds(step: ArrowStep | MarkStep, { heads, of }: Columns): string {
  const ids = step.kind === 'mark' ? [step.actor] : [step.from, step.to];
  const isShared = ids.map((id) => (heads[of.get(id) ?? -1]?.actors.length ?? 0) !== 1);
  if (!isShared.includes(true)) return '';
  const names = ids.map((id) => heads.flatMap(({ actors }) => actors).find((actor) => actor.id === id)?.name ?? id);
  return names.length === 2 && !isShared.includes(false) ? names.join(' → ') : (names.find((_, i) => isShared[i]) ?? '');
}

/** The columns that pieces take in a row, one blank between any two. */
export function piecesWidth(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + widthOf(text) + 1, -1);
}
