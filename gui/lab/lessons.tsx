/*
 * The lessons: one click, and the settings are those of it; below them what to look at.
 */
import { PRESETS, type PresetName } from '../../lab/run/index.js';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import { lesson, show } from './state.js';
import './lessons.css';

const { lab } = strings;
const names = Object.keys(PRESETS) as PresetName[];

/** The row of lessons, and the words of the one that is shown. */
export function Lessons() {
  const shown = lesson.value;
  return (
    <section class="lessons" aria-labelledby="lessons">
      <h2 id="lessons" class="unseen">
        {lab.lessons}
      </h2>
      <div class="lesson-row">
        {names.map((name) => (
          <Button key={name} aria-pressed={name === shown} onClick={() => show(name)}>
            {lab.lesson[name][0]}
          </Button>
        ))}
      </div>
      {shown && (
        <p class="look-at" role="status">
          <strong>{lab.lookAt}:</strong> {lab.lesson[shown][1]}
        </p>
      )}
    </section>
  );
}
