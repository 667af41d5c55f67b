/*
 * The frames for docs/protocol.md, from the table in lib/wire/frames.ts: all at a glance, and each on its own with its
 * bytes drawn, its fields explained, and an example.
 */
import type { Field } from '../../lib/wire/fields.js';
import { FRAME_BY_TYPE, FRAMES, type FrameType, type Sender } from '../../lib/wire/frames.js';
import { example } from './examples.js';
import { kindOf, secrecy, withParts } from './field-kinds.js';
import { layout } from './layout.js';
import { block, code, paragraphs, table } from './markdown.js';

const TYPES = Object.keys(FRAMES) as FrameType[];
const WAY: Record<Sender, string> = { client: 'client → server', server: 'server → client', both: 'both ways' };

const typeCode = (type: FrameType): string => `0x${FRAMES[type].code.toString(16).padStart(2, '0')}`;
const fieldsOf = (type: FrameType): [string, Field][] => Object.entries<Field>(FRAMES[type].fields);

/** All frames at a glance. */
export function frameTable(): string {
  return table(
    ['Code', 'Frame', 'Way', 'Fields', 'What it says'],
    TYPES.map((type) => [
      code(typeCode(type)),
      `[${type}](#${type.toLowerCase()})`,
      WAY[FRAMES[type].from],
      fieldsOf(type)
        .map(([name]) => code(name))
        .join(', ') || 'none',
      FRAMES[type].doc,
    ]),
  );
}

/** Each frame on its own. */
export function frameSections(): string {
  return paragraphs(...TYPES.map(section));
}

function section(type: FrameType): string {
  const fields = fieldsOf(type).flatMap(([name, field]) => withParts(name, field));
  return paragraphs(
    `### ${type}`,
    `${code(typeCode(type))}, ${WAY[FRAMES[type].from]}. ${FRAMES[type].doc}`,
    block(layout(FRAME_BY_TYPE[type])),
    fields.length === 0
      ? 'It has no fields.'
      : table(
          ['Field', 'Kind', 'What it is'],
          fields.map(([path, field]) => [code(path), kind(field), field.doc]),
        ),
    'For example:',
    block(example(type)),
  );
}

function kind(field: Field): string {
  const secret = secrecy(field);
  return secret ? `${kindOf(field)}, **${secret}**` : kindOf(field);
}
