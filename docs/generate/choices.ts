/*
 * The values of every choice, each once even if several frames have it, with what the server says to a person.
 */
import { FAREWELLS, REFUSALS } from '../../lib/session/questions.js';
import type { ChoiceField, Field } from '../../lib/wire/fields.js';
import { FRAMES } from '../../lib/wire/frames.js';
import { withParts } from './field-kinds.js';
import { code, paragraphs, table } from './markdown.js';

const SENTENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'REJECTED.code': {
    ...REFUSALS,
    'bad-name': 'What is wrong with the name.',
    'bad-password': 'What is wrong with the password.',
    'bad-message': 'What is wrong with the message.',
  },
  'BYE.code': FAREWELLS,
};

/** Every choice and its values. */
export function choiceValues(): string {
  const placesOf = new Map<ChoiceField, string[]>();
  for (const [type, { fields }] of Object.entries(FRAMES)) {
    for (const [path, field] of Object.entries<Field>(fields).flatMap(([name, each]) => withParts(name, each))) {
      if (field.kind === 'choice') placesOf.set(field, [...(placesOf.get(field) ?? []), `${type}.${path}`]);
    }
  }
  return paragraphs(...[...placesOf].map(([field, places]) => section(field, places)));
}

function section(field: ChoiceField, places: readonly string[]): string {
  const sentences = SENTENCES[places[0] ?? ''];
  const rows = Object.entries(field.values).map(([name, value]) => [
    String(value),
    code(name),
    ...(sentences ? [sentences[name] ?? ''] : []),
  ]);
  return paragraphs(
    `${places.map(code).join(', ')}: ${field.doc}.`,
    table(['Value', 'Name', ...(sentences ? ['What the server says'] : [])], rows),
  );
}
