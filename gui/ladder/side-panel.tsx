/*
 * What stands beside the ladder, or below it where it is narrow: a step, or a dialogue.
 */
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import { Dialogue } from './dialogue.js';
import { Inspector } from './inspector.js';
import type { LadderState } from './state.js';
import './side-panel.css';

const words = strings.ladder;

/** The panel; nothing, if nothing is chosen. */
export function SidePanel({ state, onClose }: { readonly state: LadderState; readonly onClose: () => void }) {
  const { value: panel } = state.panel;
  const element = useRef<HTMLElement>(null);
  const key = panel.kind === 'step' ? `${panel.step}` : panel.kind;
  useEffect(() => {
    if (!element.current) return;
    element.current.scrollTop = 0;
    // what led here may be gone, and the keyboard must not be lost with it
    if (document.activeElement === document.body) element.current.focus();
  }, [key]);
  if (panel.kind === 'none') return null;
  const step = panel.kind === 'step' ? state.stepOf(panel.step) : undefined;
  return (
    <aside
      class="ladder-panel"
      aria-label={panel.kind === 'step' ? words.step : words.dialogue(panel.connection)}
      ref={element}
      tabIndex={-1}
    >
      <div class="ladder-panel-head">
        <h2>{panel.kind === 'step' ? `${words.number}${panel.step}` : words.dialogue(panel.connection)}</h2>
        <Button look="quiet" aria-label={words.close} onClick={onClose}>
          ×
        </Button>
      </div>
      {step && <Inspector state={state} step={step} />}
      {panel.kind === 'dialogue' && <Dialogue state={state} connection={panel.connection} />}
    </aside>
  );
}
