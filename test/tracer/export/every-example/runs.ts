/*
 * Every example once over a transport, recorded masked and with its secrets: what all exports are held to. Passwords are
 * replaced by longer ones that nothing else looks like, for four digits can be found in any port.
 */
import { examples } from '../../../../examples/index.js';
import type { Actor } from '../../../../examples/stage/actor.js';
import type { Teller } from '../../../../examples/stage/narrator.js';
import { perform } from '../../../../examples/stage/perform.js';
import type { Example, Stage } from '../../../../examples/stage/stage.js';
import type { Typist } from '../../../../examples/stage/typist.js';
import type { Tap } from '../../../../lib/trace.js';
import { tell } from '../../../../tracer/join/index.js';
import type { Story } from '../../../../tracer/join/story.js';
import { memorySink, recorder } from '../../../../tracer/record/index.js';
import type { Trace } from '../../../../tracer/trace/trace.js';
import { node } from '../../../../transports/node.js';

/** A trace, told. */
export interface RealRun {
  readonly trace: Trace;
  readonly story: Story;
}

/** An example's run, seen twice. */
export interface ExampleRun {
  readonly name: string;
  readonly masked: RealRun;
  readonly shown: RealRun;
}

/** The runs of all examples. */
export interface EveryRun {
  readonly each: readonly ExampleRun[];
  /** All of them, masked, as one trace. */
  readonly all: RealRun;
}

/** In every password. */
export const PASSWORD_MARK = 'zephyrquoll';

const silent: Teller = { event() {}, title() {}, explain() {}, tally() {}, beat() {}, skip() {} };

/** Performs the examples one after the other; one that needs another transport is left out. */
export async function everyRun(transport: string): Promise<EveryRun> {
  const startedAtMs = node.clock.now();
  const newRecord = (title: string, showSecrets: boolean) => {
    const sink = memorySink();
    const record = recorder({ title, source: 'taps', madeBy: 'a test', startedAtMs, showSecrets, sink });
    const finished = (): RealRun => {
      record.flush();
      const trace = { header: record.header, events: sink.events };
      return { trace, story: tell(trace) };
    };
    return { record, finished };
  };
  const all = newRecord(`examples over ${transport}`, false);
  const each: ExampleRun[] = [];
  for (const example of examples) {
    if (example.transport !== undefined && example.transport !== transport) continue;
    const title = `${example.name} over ${transport}`;
    const [masked, shown] = [newRecord(title, false), newRecord(title, true)];
    const records = [all.record, masked.record, shown.record];
    await perform(withMarkedPasswords(example), {
      transport,
      teller: silent,
      watch: (participant) => toAll(records.map((record) => record.tap(participant))),
    });
    each.push({ name: example.name, masked: masked.finished(), shown: shown.finished() });
  }
  return { each, all: all.finished() };
}

function toAll(taps: readonly Tap[]): Tap {
  return {
    event(event) {
      for (const tap of taps) tap.event(event);
    },
  };
}

function withMarkedPasswords(example: Example): Example {
  return { ...example, run: (stage) => example.run(markedStage(stage)) };
}

/** An empty one stays empty: it is there to be refused. */
function marked(password: string): string {
  return password === '' ? '' : `${PASSWORD_MARK} ${password}`;
}

function markedStage(stage: Stage): Stage {
  return {
    ...stage,
    client: async (name) => markedActor(await stage.client(name)),
    typist: async (name) => markedTypist(await stage.typist(name)),
    group: async (group) => (await stage.group({ ...group, password: marked(group.password) })).map(markedActor),
  };
}

function markedTypist(typist: Typist): Typist {
  return { ...typist, joins: (group, password) => typist.joins(group, marked(password)) };
}

function markedActor(actor: Actor): Actor {
  return new Proxy(actor, {
    get(target, name: keyof Actor) {
      if (name === 'joins') return (group: string, password: string) => target.joins(group, marked(password));
      if (name === 'creates') return (password: string) => target.creates(marked(password));
      if (name !== 'answers') return target[name];
      return (value: string) => {
        const { state } = target;
        const isPassword = state.name === 'asked' && state.prompt.question === 'password';
        return target.answers(isPassword ? marked(value) : value);
      };
    },
  });
}
