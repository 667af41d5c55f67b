/*
 * One connection's dialogue: what both ends of it said, as the tracer's `--follow` prints it, below a head in words.
 */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { type FollowFormat, follow, followBody } from '../../tracer/select/index.js';
import { strings } from '../strings.js';
import type { LadderState } from './state.js';
import './dialogue.css';

const words = strings.ladder;
/** A connection may have said millions of words. */
const MOST_TURNS = 500;

/** The dialogue, as far as it has gone. */
export function Dialogue({ state, connection }: { readonly state: LadderState; readonly connection: string }) {
  const id = useId();
  const form = useSignal<FollowFormat>('ascii');
  if (state.pausedAt.value === undefined) void state.version.value;
  const dialogue = follow(state.ladder.story, connection);
  if (!dialogue) return null;
  const { clientAddress, serverAddress } = dialogue.connection;
  const isCut = dialogue.turns.length > MOST_TURNS;
  return (
    <div class="dialogue">
      <label for={id}>
        {words.form}{' '}
        <select
          id={id}
          value={form.value}
          onChange={({ currentTarget }) => {
            form.value = currentTarget.value as FollowFormat;
          }}
        >
          {Object.entries(words.dialogueForms).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p>{words.dialogueHead(form.value === 'ascii', clientAddress, serverAddress)}</p>
      {isCut && <p>{words.cutDialogue(MOST_TURNS)}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must be able to */}
      <pre tabIndex={0}>{followBody(dialogue.turns.slice(-MOST_TURNS), form.value)}</pre>
    </div>
  );
}
