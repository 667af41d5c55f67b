/*
 * The ladder with which README.md opens: one message over a network that loses datagrams, from the lossy take.
 */
import { type Step, type Story, svg, tell, withoutPreparation } from '../../tracer/index.js';
import { inVirtualTime, TAKES } from './takes.js';

const TITLE = 'One message to two members. A fifth of all datagrams is lost, no word of it';

/** Draws it. */
export async function drawOpening(): Promise<string> {
  const take = TAKES.find(({ name }) => name === 'udp-lossy');
  if (!take) throw new Error('There is no take of a bad network.');
  const trace = await inVirtualTime(take);
  return svg(oneMessage(withoutPreparation(tell(trace), trace.header)), { title: TITLE, lanes: ['frames', 'segments'] });
}

/** The steps from what somebody says to what is said next. */
function oneMessage(story: Story): Story {
  const says = (step: Step) => step.kind === 'arrow' && step.label === 'SAY';
  const first = story.steps.findIndex(says);
  const steps = story.steps.slice(
    first,
    story.steps.findIndex((step, i) => i > first && says(step)),
  );
  return { ...story, steps: steps.filter(({ kind }) => kind !== 'note') };
}
