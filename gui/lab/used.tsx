/*
 * How well the line is used: this run so far, the lab's measurement, and what the formula says.
 */
import { strings } from '../strings.js';
import { measured, PACKETS } from './measuring.js';
import { event, run, settings } from './state.js';
import './used.css';

const { lab } = strings;

/** The three numbers. */
export function Used() {
  const is = measured.value;
  const soFar = settings.value.everyMs > 0 ? undefined : run.value.utilisationAt(event.value);
  return (
    <section class="used" aria-labelledby="used">
      <h2 id="used">{lab.used}</h2>
      <dl>
        <Bar name={lab.soFar} value={soFar} />
        {is && (
          <Bar
            name={lab.measured(PACKETS)}
            value={'measured' in is ? is.measured : undefined}
            wait={'done' in is ? lab.measuring(Math.round(100 * is.done)) : undefined}
          />
        )}
        {is && <Bar name={lab.formula} value={is.theory} />}
      </dl>
      {!is && <p>{lab.noFormula}</p>}
    </section>
  );
}

function Bar({ name, value, wait }: { readonly name: string; readonly value: number | undefined; readonly wait?: string | undefined }) {
  return (
    <div class="used-row">
      <dt>{name}</dt>
      <dd>
        <meter min="0" max="1" value={value ?? 0} aria-label={name} />
        <span>{value === undefined ? (wait ?? lab.usedNone) : value.toFixed(3)}</span>
      </dd>
    </div>
  );
}
