/*
 * What a field is called in tables and drawings.
 */
import type { Field } from '../../lib/wire/fields.js';

/** The kind of a field, for a table. */
export function kindOf(field: Field): string {
  switch (field.kind) {
    case 'list':
      return `list of ${kindOf(field.of)}`;
    case 'record':
      return `(${Object.entries(field.fields)
        .map(([name, member]) => `${name} ${kindOf(member)}`)
        .join(', ')})`;
    case 'choice':
      return 'u8, a choice';
    default:
      return field.kind;
  }
}

/** The bytes of a field, for a drawing. */
export function bytesOf(name: string, field: Field): string {
  switch (field.kind) {
    case 'list':
      return `${name} count u16, items`;
    case 'record':
      return Object.entries(field.fields)
        .map(([member, each]) => bytesOf(member, each))
        .join(', ');
    case 'choice':
      return `${name} u8`;
    case 'str':
    case 'bytes':
      return `${name === '' ? '' : `${name} `}length u16, ${name === '' ? 'bytes' : name}`;
    default:
      return `${name} ${field.kind}`;
  }
}

/** A field and all that it contains, each under its path. */
export function withParts(path: string, field: Field): (readonly [path: string, field: Field])[] {
  const members = field.kind === 'list' && field.of.kind === 'record' ? Object.entries(field.of.fields) : [];
  return [[path, field], ...members.flatMap(([name, member]) => withParts(`${path}[].${name}`, member))];
}

/** When a field is a secret; empty if never. */
export function secrecy({ secret }: Field): string {
  if (secret === undefined) return '';
  return secret === true ? 'secret' : `secret if ${secret.when} is ${secret.is}`;
}
