/*
 * The link to this run, and its events as a file, for whoever wants to look at them with other tools.
 */
import { toJsonLines } from '../../lab/run/index.js';
import { Button } from '../design/button.js';
import { CopyLink } from '../design/copy-link.js';
import { strings } from '../strings.js';
import { toHash } from './address.js';
import { eventCount, interventions, run, settings } from './state.js';

const { lab } = strings;

/** Both buttons. */
export function Save() {
  const link = `${location.href.split('#')[0]}${toHash(settings.value, interventions.value)}`;
  return (
    <>
      <CopyLink link={link}>{lab.share}</CopyLink>
      <Button onClick={save}>{lab.save}</Button>
    </>
  );
}

function save(): void {
  const events = run.peek().events.slice(0, eventCount.peek());
  const address = URL.createObjectURL(
    new Blob([toJsonLines(settings.peek(), interventions.peek(), events)], { type: 'application/jsonl' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = `lab-${settings.peek().arq}-${settings.peek().seed}.jsonl`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
