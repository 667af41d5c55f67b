/*
 * What the lines of the picture and the cells of the windows mean, and how the picture is used.
 */
import { strings } from '../strings.js';
import './legends.css';

const { lab } = strings;

/** Both legends, and a sentence of help. */
export function Legends() {
  return (
    <div class="legends">
      <ul class="stage-legend" aria-hidden="true">
        {Object.entries(lab.legend).map(([look, text]) => (
          <li key={look} class={`legend-${look}`}>
            {text}
          </li>
        ))}
      </ul>
      <ul class="window-legend" aria-hidden="true">
        {Object.entries(lab.cells).map(([look, text]) => (
          <li key={look}>
            <span class={`cell cell-${look}`} />
            {text}
          </li>
        ))}
      </ul>
      <p class="stage-help" id="stage-help">
        {lab.stageHelp}
      </p>
    </div>
  );
}
