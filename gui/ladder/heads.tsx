/*
 * The heads of the columns, which stay where they are while rows go by.
 */
import { spelledOut } from '../../tracer/render/spelled-out.js';
import { strings } from '../strings.js';
import type { Places } from './places.js';
import './heads.css';

/** The heads; `title` has a name that is too long for its place. */
export function Heads({ places }: { readonly places: Places }) {
  const { columns, lines, headWidth, left } = places;
  return (
    <div class="ladder-heads" aria-hidden="true">
      <span class="ladder-head-margin" style={{ width: `${left}px` }}>
        <span class="ladder-number">{strings.ladder.number}</span>
        <span class="ladder-time">{strings.ladder.ms}</span>
      </span>
      {columns.heads.map(({ name, actors }, i) => (
        <span
          key={name}
          class="ladder-head"
          title={actors.map((actor) => spelledOut(actor.name)).join(', ')}
          style={{ left: `${lines[i] ?? 0}px`, maxWidth: `${Math.floor(headWidth - 6)}px` }}
        >
          <bdi>{actors.length > 1 ? strings.ladder.shared(actors.length) : spelledOut(name)}</bdi>
        </span>
      ))}
    </div>
  );
}
