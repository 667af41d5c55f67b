/*
 * One step, taken apart: what it is and why, on which layers, and its bytes beside their fields.
 */
import type { Step } from '../../tracer/join/index.js';
import { remarksOn, timeText, wordsBehind } from '../../tracer/layout/index.js';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import { Bytes } from './bytes.js';
import { nameOf } from './row-text.js';
import type { LadderState } from './state.js';
import { Words } from './words.js';
import './inspector.css';

const words = strings.ladder;

/** The step. */
export function Inspector({ state, step }: { readonly state: LadderState; readonly step: Step }) {
  const name = nameOf(state.ladder.actors);
  if (step.kind === 'note')
    return (
      <p class="step-words" dir="auto">
        <Words text={step.words} />
      </p>
    );
  const connection = state.connectionOf(step.connection);
  const repeated = step.kind === 'arrow' ? step.repeats?.step : undefined;
  // it may be older than what is kept
  const first = repeated !== undefined && state.stepOf(repeated) ? repeated : undefined;
  const goTo = (number: number) => {
    const row = state.ladder.book.rowOf(number);
    if (row !== undefined) state.row.value = row;
    state.panel.value = { kind: 'step', step: number };
  };
  return (
    <div class="step">
      <p class="step-who">
        <bdi>
          <Words text={step.kind === 'mark' ? name(step.actor) : `${name(step.from)} → ${name(step.to)}`} />
        </bdi>
      </p>
      <p class="step-words">
        <strong class={`lane-${step.lane}`}>{step.label}</strong>{' '}
        <bdi>
          <Words text={wordsBehind(step)} />
        </bdi>{' '}
        {step.kind === 'arrow' && <span class="step-remarks">{remarksOn(step).join(' ')}</span>}
      </p>
      <dl>
        {step.why !== '' && (
          <>
            <dt>{words.why}</dt>
            <dd>{step.why}</dd>
          </>
        )}
        <dt>{words.when}</dt>
        <dd>{whenOf(step)}</dd>
        <dt>{words.layers}</dt>
        <dd>{layersOf(step, connection)}</dd>
      </dl>
      <div class="step-ways">
        {first !== undefined && <Button onClick={() => goTo(first)}>{words.first(first)}</Button>}
        {connection && (
          <Button
            onClick={() => {
              state.want({ connection: connection.id });
              state.panel.value = { kind: 'dialogue', connection: connection.id };
            }}
          >
            {words.follow(connection.id)}
          </Button>
        )}
      </div>
      {step.kind === 'arrow' && step.bytes.length > 0 && <Bytes step={step} connection={connection} />}
    </div>
  );
}

function whenOf(step: Step): string {
  if (step.kind !== 'arrow') return words.at(timeText(step.at));
  const { sentAt, receivedAt } = step;
  return [
    sentAt === undefined ? '' : words.sent(timeText(sentAt)),
    receivedAt === undefined ? '' : words.received(timeText(receivedAt)),
    sentAt === undefined || receivedAt === undefined ? '' : words.took(timeText(receivedAt - sentAt)),
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** From above to below: what is said, what carries it, and between whom. */
function layersOf(step: Exclude<Step, { kind: 'note' }>, connection: ReturnType<LadderState['connectionOf']>): string {
  const parts: string[] = [words.laneNames[step.lane], step.kind === 'arrow' ? (step.phase ?? '') : '', words.basis[step.basis]];
  if (connection) {
    const { id, scheme, codec, clientAddress, serverAddress } = connection;
    parts.push(`${id}: ${codec} over ${scheme}`, [clientAddress, serverAddress].filter((text) => text !== '').join(' ↔ '));
  }
  return parts.filter((text) => text !== '').join(' · ');
}
