/*
 * PlantUML itself draws what we export, and draws what we meant, however nasty the names are.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { plantuml } from '../../../tracer/export/plantuml.js';
import { needsTool } from '../../tool.js';
import { story as anyStory } from '../arbitrary-story.js';
import { isGolden } from '../golden.js';
import { actor, arrow, GROUP, LOSSY, note, told } from '../told.js';
import { readPlantUml } from './read-plantuml.js';

const test = suite('plantuml');
const withPlantUml = needsTool('plantuml') ? test : test.skip;

const SPECIAL =
  'a#b; c & <d> % "e" $f `g` \\n {i} @enduml **k** //l// __m__ --n-- ~~o~~ [[http://p q]] <img:/etc/passwd> %date() !include /etc/passwd \' <U+0041> &#66; •••';

test('the stories are as kept', () => {
  for (const [name, story] of Object.entries({ lossy: LOSSY, group: GROUP })) isGolden(`${name}.puml`, plantuml(story, { why: true }));
});

test('it is ASCII, and no text begins a line or can end one', () => {
  const known = /^(@startuml|@enduml|title |hide footbox$|participant "|p\d+ (->|->x|-->) p\d+ : |r?note over p\d+(, p\d+)? : |== )/;
  fc.assert(
    fc.property(anyStory, fc.boolean(), (story, why) => {
      const diagram = plantuml(story, { why });
      assert.match(diagram, /^[\x20-\x7e\n]*$/);
      for (const line of diagram.trimEnd().split('\n')) assert.match(line, known);
    }),
  );
});

withPlantUml('PlantUML draws any story', async () => {
  const stories = [LOSSY, GROUP, ...fc.sample(anyStory, 10), told([], []), told([], [note(0, SPECIAL)])];
  const drawn = await readPlantUml(stories.flatMap((story) => [plantuml(story), plantuml(story, { why: true })]));
  for (const texts of drawn) assert.not.match(texts.join(' '), /Syntax Error/i);
  const words = (drawn[0] ?? []).join(' ').replaceAll('\u00a0', ' ');
  for (const word of ['SYN', 'handshake', '↻ again (probe), first in 9', '× lost']) assert.ok(words.includes(word), word);
});

withPlantUml('names and words come out as they went in', async () => {
  const story = told([actor(SPECIAL, 'client', 'a'), actor('server', 'server', 'b')], [arrow('a->b', 0, 'SAY', SPECIAL)]);
  const [texts = []] = await readPlantUml([plantuml(story)]);
  const bare = (text: string): string => text.replace(/\s/g, '');
  const words = bare(texts.join(''));
  assert.is(words.split(bare(SPECIAL)).length - 1, 2, words);
});

test.run();
