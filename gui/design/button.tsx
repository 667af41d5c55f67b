/*
 * A button: the one that a form is for (`primary`), an ordinary one, or one that stays in the background (`quiet`).
 */
import type { ButtonHTMLAttributes } from 'preact';
import './button.css';

/** A button; whatever a button takes goes through. It submits nothing unless `type="submit"` is said. */
export function Button({
  look = 'plain',
  class: more,
  ...rest
}: { readonly look?: 'primary' | 'plain' | 'quiet' } & ButtonHTMLAttributes<HTMLButtonElement>) {
  const names = ['button', `button-${look}`, more].filter(Boolean).join(' ');
  return <button type="button" {...rest} class={names} />;
}
