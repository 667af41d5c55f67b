/*
 * The two sessions for docs/protocol.md, from their tables: what is asked, the states, the events, and the diagrams.
 */
import { readFileSync } from 'node:fs';
import { CLIENT_STATES } from '../../lib/session/client-states.js';
import { MENU_OPTIONS, promptFrame, REFUSALS } from '../../lib/session/questions.js';
import { ALWAYS, SERVER_STATES, type ServerState, serverState } from '../../lib/session/server-states.js';
import { FRAMES, type Question } from '../../lib/wire/frames.js';
import { block, code, table } from './markdown.js';

/** What moves from state to state: events by the state that they lead to. */
type Ways = Readonly<Record<string, string>>;

const STATES = Object.keys(SERVER_STATES) as ServerState[];

/** The questions, in the server's words. */
export function questions(): string {
  const names = Object.keys(FRAMES.PROMPT.fields.question.values).filter((name): name is Question => name !== 'none');
  return table(
    ['Question', 'Text', 'Options'],
    names.map((name) => {
      const { text, options } = promptFrame(0, name);
      return [code(name), text, options.map((option, i) => `${i + 1}. ${option}`).join('<br>')];
    }),
  );
}

/** The server's states. */
export function serverStates(): string {
  return table(
    ['State', 'Asks', 'What it means', 'Leads to'],
    STATES.map((state) => {
      const { asks, waits, doc, on } = serverState(state);
      return [code(state), asks ? code(asks) : waits ? '*waits*' : '', doc, told(on)];
    }),
  );
}

/** What the events of the server's table mean, as server-states.ts says it. */
export function serverEvents(): string {
  const source = readFileSync(new URL('../../lib/session/server-states.ts', import.meta.url), 'utf8');
  const comments = [...source.matchAll(/^ {2}\| '([^']+)'(?:;)?(?: \/\/ (.*))?$/gm)];
  const events = [...comments].map(([, event, comment]) => [event ?? '', comment ?? meaning(event ?? '')] as const);
  return table(
    ['Event', 'What it means'],
    events.map(([event, text]) => [code(event), text]),
  );
}

function meaning(event: string): string {
  const option = MENU_OPTIONS[Number(/^choice (\d)$/.exec(event)?.[1]) - 1];
  const refusal = (REFUSALS as Readonly<Record<string, string>>)[event.replace(' ', '-')];
  const text = option ?? refusal;
  if (!text) throw new Error(`Nothing says what the event "${event}" means.`);
  return text;
}

/** The server's states as a diagram. */
export function serverDiagram(): string {
  const ends = Object.entries(ALWAYS).map(([event, state]) => `  note right of ${state} : ${event} leads here from every state`);
  const begins = ['  [*] --> greeting : frames', '  [*] --> menu : text'];
  return diagram([...begins, ...STATES.flatMap((state) => arrows(state, serverState(state).on)), '  closing --> [*]', ...ends]);
}

/** The client's states. */
export function clientStates(): string {
  return table(
    ['State', 'What it means', 'Frames that are right there'],
    Object.entries(CLIENT_STATES).map(([state, { doc, on }]) => [code(state), doc, told(on)]),
  );
}

/** The client's states as a diagram. */
export function clientDiagram(): string {
  const states = Object.entries(CLIENT_STATES);
  return diagram(['  [*] --> opening : HELLO', ...states.flatMap(([state, { on }]) => arrows(state, on)), '  closed --> [*]']);
}

function diagram(lines: readonly string[]): string {
  return block(['stateDiagram-v2', ...lines], 'mermaid');
}

/** An arrow for each state that is led to, with all events that lead there. */
function arrows(state: string, on: Ways): string[] {
  return byTarget(on).map(([target, events]) => `  ${state} --> ${target} : ${events.join(', ')}`);
}

function told(on: Ways): string {
  return byTarget(on)
    .map(([target, events]) => `${events.map(code).join(', ')} → ${code(target)}`)
    .join('<br>');
}

function byTarget(on: Ways): [target: string, events: string[]][] {
  const targets = new Map<string, string[]>();
  for (const [event, target] of Object.entries(on)) targets.set(target, [...(targets.get(target) ?? []), event]);
  return [...targets];
}
