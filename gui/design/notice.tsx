/*
 * A sentence that has to be seen: something went well, goes on, or went wrong. It is read aloud as it appears: trouble at
 * once, the rest when there is a pause.
 */
import type { ComponentChildren } from 'preact';
import { strings } from '../strings.js';
import { Button } from './button.js';
import './notice.css';

/** What a notice is about. */
export type NoticeKind = 'info' | 'good' | 'warn' | 'bad';

/** A notice; with `onClose` it can be put away. */
export function Notice({
  kind = 'info',
  onClose,
  children,
}: {
  readonly kind?: NoticeKind;
  readonly onClose?: (() => void) | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <div class="notice-text">{children}</div>
      {onClose && (
        <Button look="quiet" aria-label={strings.design.close} onClick={onClose}>
          ×
        </Button>
      )}
    </div>
  );
}
