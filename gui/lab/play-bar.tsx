/*
 * Play, pause, step, back, restart, speed; and what happened last, in words.
 */

import { MOST_EVENTS } from '../../lab/run/index.js';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import { back, event, eventCount, isOver, isPlaying, now, restart, run, SPEEDS, speed, step, toggle } from './state.js';
import { sentenceOf } from './words.js';
import './play-bar.css';

const { lab } = strings;
const MOST_SENTENCES = 4;

/** The bar. */
export function PlayBar() {
  const isAtEnd = isOver.value;
  return (
    <section class="play-bar" aria-label={lab.player}>
      <div class="play-buttons">
        <Button look="primary" onClick={toggle}>
          {isPlaying.value ? lab.pause : lab.play}
        </Button>
        <Button onClick={step} disabled={isAtEnd}>
          {lab.step}
        </Button>
        <Button onClick={back} disabled={now.value <= 0}>
          {lab.back}
        </Button>
        <Button onClick={restart}>{lab.restart}</Button>
        <label>
          {lab.speed}{' '}
          <select
            value={speed.value}
            onChange={({ currentTarget }) => {
              speed.value = Number(currentTarget.value);
            }}
          >
            {SPEEDS.map((factor) => (
              <option key={factor} value={factor}>
                {lab.speedOf(factor)}
              </option>
            ))}
          </select>
        </label>
        <Clock />
      </div>
      <p class="happened" role="status" aria-live={isPlaying.value ? 'off' : 'polite'}>
        {moment()}
        {isAtEnd && ` ${eventCount.value >= MOST_EVENTS ? lab.full(MOST_EVENTS) : lab.ended}`}
      </p>
    </section>
  );
}

/** All that happened at that moment, if it is not too much. */
function moment(): string {
  const { at } = event.value;
  const events = run.value.events.slice(Math.max(0, eventCount.value - MOST_SENTENCES), eventCount.value);
  const sentences = events.filter((one) => one.at === at).map(sentenceOf);
  return sentences.length < MOST_SENTENCES ? sentences.join(' ') : `… ${sentences.slice(-MOST_SENTENCES + 1).join(' ')}`;
}

function Clock() {
  return <output class="clock">{lab.at(lab.ms(now.value), eventCount.value)}</output>;
}
