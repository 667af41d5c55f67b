/*
 * A labelled field of a form, with a hint below it and, if something was refused, the sentence that says why. A screen
 * reader reads both with the field.
 */
import type { InputHTMLAttributes, LooseInputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';
import './field.css';

/** What a field is told. */
export interface FieldProps extends Omit<LooseInputHTMLAttributes<HTMLInputElement>, 'label' | 'role'> {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Why what stands in it was refused. */
  readonly error?: string | undefined;
}

/** A field; whatever an input takes goes through. */
export function Field({ label, hint, error, ...more }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  // which roles go with which type is for those who give a role
  const input = more as InputHTMLAttributes<HTMLInputElement>;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        dir="auto"
        autocomplete="off"
        {...input}
        {...(described && { 'aria-describedby': described })}
        id={id}
        aria-invalid={error !== undefined}
      />
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
