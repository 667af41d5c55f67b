/*
 * What a click on a packet does, the packets on their way as buttons (the picture for those who do not see it), and what
 * was done.
 */

import { INTERVENTIONS } from '../../lab/run/index.js';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import { handle } from './hand.js';
import { byMs, eventCount, flying, interventions, isPlaying, run, selected, tool, undo } from './state.js';
import { nameOf } from './words.js';
import './hands.css';

const { lab } = strings;
/** More are not listed one by one. */
const MOST_LISTED = 24;

/** The tools. */
export function Tools() {
  return (
    <fieldset class="tools">
      <legend>{lab.clickDoes}</legend>
      {INTERVENTIONS.map((does) => (
        <label key={does}>
          <input
            type="radio"
            name="tool"
            checked={tool.value === does}
            onChange={() => {
              tool.value = does;
            }}
          />{' '}
          {lab.tools[does]}
        </label>
      ))}
      <label>
        {lab.by}{' '}
        <input
          class="by"
          type="number"
          min="1"
          max="60000"
          value={byMs.value}
          onChange={({ currentTarget }) => {
            const wanted = currentTarget.valueAsNumber;
            byMs.value = Math.min(60_000, Math.max(1, Number.isFinite(wanted) ? Math.round(wanted) : 1));
            currentTarget.value = String(byMs.value);
          }}
        />
      </label>
    </fieldset>
  );
}

/** The packets that can be reached now. */
export function OnTheWay() {
  const packets = flying.value;
  return (
    <section class="on-the-way" aria-labelledby="on-the-way">
      <h2 id="on-the-way">{lab.onTheWay}</h2>
      {packets.length === 0 && <p>{lab.onTheWayNone}</p>}
      {packets.length > 0 && (isPlaying.value || packets.length > MOST_LISTED) && <p>{lab.onTheWayMany(packets.length)}</p>}
      {!isPlaying.value && (
        <ul>
          {packets.slice(0, MOST_LISTED).map((packet) => (
            <li key={packet.n} class={packet.n === selected.value ? 'chosen' : ''}>
              <span>{nameOf(packet)}</span>
              {INTERVENTIONS.map((does) => (
                <Button key={does} aria-label={`${lab.toolsShort[does]} ${nameOf(packet)}`} onClick={() => handle(does, packet.n)}>
                  {lab.toolsShort[does]}
                </Button>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What was done to packets in this run. */
export function Done() {
  const deeds = interventions.value;
  void eventCount.value; // by then more packets are known by name
  if (deeds.length === 0) return null;
  return (
    <section class="done" aria-labelledby="done">
      <h2 id="done">{lab.done}</h2>
      <ul>
        {deeds.map(({ does, packet, atMs }) => {
          const known = run.value.packets[packet - 1];
          return (
            <li key={`${does} ${packet} ${atMs}`}>{lab.didTo(lab.did[does], known ? nameOf(known) : lab.packet(packet), lab.ms(atMs))}</li>
          );
        })}
      </ul>
      <Button onClick={undo}>{lab.undo}</Button>
    </section>
  );
}
