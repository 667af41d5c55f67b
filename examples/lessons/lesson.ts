/*
 * What a lesson is: an example that is performed and traced, what to look at before, and three questions at its end. An
 * answer is read from the trace of that very run, and names the rows of the ladder that say so; none is written down here.
 */
import type { ArrowStep, Lane, MarkStep, Story } from '../../tracer/join/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import type { EngineSettings } from '../../transports/udp/index.js';
import type { ArqName } from '../../transports/udp/wire/packets.js';
import type { Example } from '../stage/stage.js';
import type { World } from './world.js';

/** What a lesson is performed over. */
export interface Setting {
  readonly transport: string;
  /** Over UDP: how losses are repaired. */
  readonly arq: ArqName;
  /** Over TCP: the packets of the kernels are looked at, too. Of a run that is over: they were captured. */
  readonly kernel: boolean;
}

/** What the trace says, and where. */
export interface Answer {
  readonly says: string;
  /** Numbers of steps, as the ladder shows them. */
  readonly rows: readonly number[];
}

/** A question, and how its answer is read from the run. */
export interface Question {
  readonly asks: string;
  /** @throws {NotSeenError} if the run does not show it. */
  readonly answer: (story: Story, trace: Trace) => Answer;
}

/** An example of the chat that is performed: over UDP in virtual time, with the faults that it names; else on this computer. */
export interface OfTheChat {
  /** What meddles with the network is over UDP alone. */
  readonly example: Example | ((world: World) => Example);
}

/** A run without a chat, which a lesson performs and traces itself. */
export interface OfItsOwn {
  readonly perform: (madeBy: string) => Promise<Trace>;
}

/** A lesson. */
export type Lesson = (OfTheChat | OfItsOwn) & LessonPlan;

/** What is the same of all lessons. */
export interface LessonPlan {
  readonly name: string;
  readonly title: string;
  /** What to look at, in two to four sentences. */
  readonly look: (setting: Setting) => string;
  /** Over what it can be performed; the first if nobody chooses. */
  readonly transports: readonly string[];
  /** The ways of repairing losses that can be compared; the first if nobody chooses. Default: `sack` alone. */
  readonly arqs?: readonly ArqName[];
  /** How UDP's engine is set for it, beside the ARQ. */
  readonly engine?: Partial<EngineSettings>;
  /** The one client whose connections it is about. Default: all. */
  readonly actor?: string;
  /** The lanes that it is about. Default: all. */
  readonly lanes?: readonly Lane[];
  /** The states of a connection that it is about; others are not shown. Default: all of the connections, none of the sessions. */
  readonly states?: readonly string[];
  /** Which steps it is about; sentences are always shown. Default: all. */
  readonly keeps?: (step: ArrowStep | MarkStep, story: Story) => boolean;
  /** Whether the end of the connections belongs to it, too. Default: it is over with the example's last sentence. */
  readonly tillTheEnd?: boolean;
  /** Three of them. */
  readonly questions: (setting: Setting) => readonly Question[];
}

/** A run that does not show what a question asks about: as when it was broken off. */
export class NotSeenError extends Error {
  override readonly name = 'NotSeenError';
}
