/*
 * Play, pause, step, back, restart, speed; and what happened last, in words.
 */

import { MOST_EVENTS } from '../../lab/run/index.js';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import { back, event, eventCount, isOver, isPlaying, now, restart, SPEEDS, speed, step, toggle } from './state.js';
import { sentenceOf } from './words.js';
import './play-bar.css';

const { lab } = strings;

/** The bar. */
export function PlayBar() {
  const isAtEnd = isOver.value && now.value >= event.value.at;
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
        {isAtEnd
          ? `${sentenceOf(event.value)} ${eventCount.value >= MOST_EVENTS ? lab.full(MOST_EVENTS) : lab.ended}`
          : sentenceOf(event.value)}
      </p>
    </section>
  );
}

function Clock() {
  return <output class="clock">{lab.at(lab.ms(now.value), eventCount.value)}</output>;
}
