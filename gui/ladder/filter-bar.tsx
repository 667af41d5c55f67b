/*
 * Which steps are shown: the questions of the tracer's filter, as fields.
 */
import { useId } from 'preact/hooks';
import type { Lane } from '../../tracer/join/index.js';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import { LANES, type LadderState, NOTHING_WANTED } from './state.js';
import './filter-bar.css';

const words = strings.ladder;

/** The fields. */
export function FilterBar({ state }: { readonly state: LadderState }) {
  const id = useId();
  void state.version.value;
  const { connection, actor, hidden, types, text } = state.wanted.value;
  const { connections, actors } = state.ladder;
  const isSeen = (lane: Lane) => state.lanes.includes(lane);
  const toggle = (lane: Lane) => state.want({ hidden: hidden.includes(lane) ? hidden.filter((one) => one !== lane) : [...hidden, lane] });
  return (
    <div class="ladder-filter">
      <Choice
        label={words.connection}
        value={connection}
        options={connections.map((one) => [one.id, `${one.id} ${one.scheme}`])}
        onChoice={(value) => state.want({ connection: value })}
      />
      <Choice
        label={words.actor}
        value={actor}
        options={actors.map((one) => [one.id, one.name])}
        onChoice={(value) => state.want({ actor: value })}
      />
      <fieldset>
        <legend>{words.lanes}</legend>
        {LANES.filter(isSeen).map((lane) => (
          <label key={lane} class={`lane-${lane}`}>
            <input type="checkbox" checked={!hidden.includes(lane)} onChange={() => toggle(lane)} /> {words.laneNames[lane]}
          </label>
        ))}
      </fieldset>
      <label for={`${id}-types`}>
        <span>{words.types}</span>
        <input
          id={`${id}-types`}
          size={10}
          autocomplete="off"
          placeholder={words.typesHint}
          value={types}
          onInput={({ currentTarget }) => state.want({ types: currentTarget.value })}
        />
      </label>
      <label for={`${id}-text`}>
        <span>{words.text}</span>
        <input
          id={`${id}-text`}
          size={12}
          type="search"
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => state.want({ text: currentTarget.value })}
        />
      </label>
      <label for={`${id}-time`}>
        <span>{words.time}</span>
        <select
          id={`${id}-time`}
          value={state.time.value}
          onChange={({ currentTarget }) => {
            state.time.value = currentTarget.value as 'relative' | 'delta';
          }}
        >
          <option value="relative">{words.relative}</option>
          <option value="delta">{words.delta}</option>
        </select>
      </label>
      <Button onClick={() => state.want(NOTHING_WANTED)}>{words.clear}</Button>
    </div>
  );
}

function Choice({
  label,
  value,
  options,
  onChoice,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChoice: (value: string) => void;
}) {
  const id = useId();
  return (
    <label for={id}>
      <span>{label}</span>
      <select id={id} value={value} onChange={({ currentTarget }) => onChoice(currentTarget.value)}>
        <option value="">{words.everything}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
