/*
 * What a row says: in pieces for the eye, and for a screen reader what the eye sees by their place. The words are those of the terminal.
 */
import type { Actor, JoinedConnection, Step } from '../../tracer/join/index.js';
import { type Columns, type Row, remarksOn, wordsBehind } from '../../tracer/layout/index.js';

/** A piece of a row's text, and what it is. */
export interface Piece {
  readonly text: string;
  readonly look: 'label' | 'faint' | 'words' | 'again' | 'trouble' | 'ends';
}

/** Names connections where their ends do not: where two actors have several. */
export type TagOf = (connection: string) => string | undefined;

/** Tells which connections need their name shown. */
export function tagging(connections: readonly JoinedConnection[]): TagOf {
  const ids = new Map<string, string[]>();
  for (const { client, server, id } of connections) {
    const pair = JSON.stringify([client, server]);
    ids.set(pair, [...(ids.get(pair) ?? []), id]);
  }
  const tagged = new Set([...ids.values()].filter(({ length }) => length > 1).flat());
  return (connection) => (tagged.has(connection) ? connection : undefined);
}

/** The pieces, in the order of reading. */
export function piecesOf(row: Row, columns: Columns, actors: readonly Actor[], tagOf: TagOf): readonly Piece[] {
  const { step } = row;
  if (step.kind === 'note') return [{ text: step.words, look: 'words' }];
  if (row.kind === 'arrival') return [];
  const pieces: Piece[] = [{ text: step.label, look: 'label' }];
  const add = (text: string | undefined, look: Piece['look']) => {
    if (text !== undefined && text !== '') pieces.push({ text, look });
  };
  add(row.kind === 'arrow' ? row.phase?.part : undefined, 'faint');
  add(tagOf(step.connection), 'faint');
  add(sharedEnds(step, columns, actors), 'ends');
  // what went wrong stands before the words, which may be cut; that nobody watched the arrival is the ordinary case at a server
  const remarks = step.kind === 'arrow' ? remarksOn(step) : [];
  const isQuiet = (remark: string) => remark.startsWith('?');
  for (const remark of remarks) if (!isQuiet(remark)) add(remark, remark.startsWith('↻') ? 'again' : 'trouble');
  add(wordsBehind(step), 'words');
  for (const remark of remarks) if (isQuiet(remark)) add(remark, 'faint');
  return pieces;
}

/** What the eye sees by the place of an arrow or a mark, in words: between whom it goes, and that it arrives. */
export function placeInWords({ kind, step }: Row, actors: readonly Actor[]): string {
  if (step.kind === 'note') return '';
  const name = nameOf(actors);
  if (step.kind === 'mark') return `${name(step.actor)}: `;
  return `${name(step.from)} → ${name(step.to)}: ${kind === 'arrival' ? `${step.label} arrives` : ''}`;
}

/** Names by id. */
export function nameOf(actors: readonly Actor[]): (id: string) => string {
  return (id) => actors.find((actor) => actor.id === id)?.name ?? id;
}

/** Who it is, where several share a column. */
function sharedEnds(step: Exclude<Step, { kind: 'note' }>, { heads, of }: Columns, actors: readonly Actor[]): string {
  const ids = step.kind === 'mark' ? [step.actor] : [step.from, step.to];
  const shared = ids.filter((id) => (heads[of.get(id) ?? -1]?.actors.length ?? 0) !== 1);
  return shared.map(nameOf(actors)).join(' → ');
}
