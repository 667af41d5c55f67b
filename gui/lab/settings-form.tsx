/*
 * The settings as a form. A change that may be takes hold at once, and the run begins anew; one that may not is told of
 * beside its field, where it stands until it is right or all settings are others.
 */
import { CHOICES, type ChoiceName, NUMBERS, type NumberName } from '../../lab/run/index.js';
import { Field } from '../design/field.js';
import { strings } from '../strings.js';
import { whatIsWrong } from './address.js';
import { change, enter, refused, settings } from './state.js';
import './settings-form.css';

const { lab } = strings;
const FIRST: readonly NumberName[] = ['window', 'loss', 'delayMs', 'kbit', 'seed'];
const MORE = (Object.keys(NUMBERS) as NumberName[]).filter((name) => !FIRST.includes(name));

/** The form. */
export function SettingsForm() {
  return (
    <section class="settings" aria-labelledby="settings">
      <h2 id="settings">{lab.settings}</h2>
      <form onSubmit={(submitted) => submitted.preventDefault()}>
        {(Object.keys(CHOICES) as ChoiceName[]).map((name) => (
          <Choice key={name} name={name} />
        ))}
        {FIRST.map((name) => (
          <NumberField key={name} name={name} />
        ))}
        <details>
          <summary>{lab.more}</summary>
          {MORE.map((name) => (
            <NumberField key={name} name={name} />
          ))}
        </details>
      </form>
    </section>
  );
}

function Choice({ name }: { readonly name: ChoiceName }) {
  return (
    <div class="field">
      <label for={`set-${name}`}>{lab.choices[name]}</label>
      <select id={`set-${name}`} value={settings.value[name]} onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}>
        {CHOICES[name].map((choice) => (
          <option key={choice} value={choice}>
            {lab.options[choice]}
          </option>
        ))}
      </select>
    </div>
  );
}

function NumberField({ name }: { readonly name: NumberName }) {
  const { least, most, isWhole } = NUMBERS[name];
  const wrong = refused.value[name];
  return (
    <Field
      label={lab.numbers[name]}
      name={name}
      type="number"
      min={least}
      max={most}
      step={isWhole ? 1 : 'any'}
      value={wrong ?? settings.value[name]}
      error={wrong === undefined ? undefined : whatIsWrong(name, wrong)}
      onChange={({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => enter(name, currentTarget.value)}
    />
  );
}
