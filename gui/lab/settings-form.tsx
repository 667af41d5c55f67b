/*
 * The settings as a form. A change that may be takes hold at once, and the run begins anew; one that may not is told of
 * beside its field.
 */
import { signal } from '@preact/signals';
import { CHOICES, type ChoiceName, NUMBERS, type NumberName } from '../../lab/run/index.js';
import { Field } from '../design/field.js';
import { strings } from '../strings.js';
import { whatIsWrong } from './address.js';
import { change, settings } from './state.js';
import './settings-form.css';

const { lab } = strings;
const FIRST: readonly NumberName[] = ['window', 'loss', 'delayMs', 'kbit', 'seed'];
const MORE = (Object.keys(NUMBERS) as NumberName[]).filter((name) => !FIRST.includes(name));
/** Why what stands in a field was refused. */
const errors = signal<Partial<Record<NumberName, string>>>({});

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
  return (
    <Field
      label={lab.numbers[name]}
      name={name}
      type="number"
      min={least}
      max={most}
      step={isWhole ? 1 : 'any'}
      value={settings.value[name]}
      error={errors.value[name]}
      onChange={({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
        const wrong = whatIsWrong(name, currentTarget.value);
        const { [name]: _, ...others } = errors.value;
        errors.value = wrong === undefined ? others : { ...others, [name]: wrong };
        if (wrong === undefined) change({ [name]: Number(currentTarget.value) });
      }}
    />
  );
}
