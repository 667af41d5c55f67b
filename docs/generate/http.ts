/*
 * The parts of docs/http.md that follow from the program: the requests, the records, and the limits as they are when
 * nobody says otherwise.
 */
import type { Field } from '../../lib/wire/fields.js';
import { HIGH_WATER_MARK } from '../../transports/http/connection.js';
import { WINDOW_BYTES } from '../../transports/http/engine/channel.js';
import { withDefaults } from '../../transports/http/server/options.js';
import { MAX_CHANNELS, MAX_DATA_BYTES, RECORDS } from '../../transports/http/wire/records.js';
import { HEADERS, PATHS, SESSION_ID_BYTES, VERSION } from '../../transports/http/wire/requests.js';
import type { Parts } from './document.js';
import { kindOf } from './field-kinds.js';
import { code, table } from './markdown.js';

/** Every generated part of docs/http.md. */
export const HTTP_PARTS: Parts = {
  requests: () =>
    table(
      ['Request', 'Headers', 'Body', 'Answer'],
      [
        [
          code(`POST ${PATHS.open}`),
          code(`${HEADERS.version}: ${VERSION}`),
          'none',
          `201; ${code(HEADERS.session)} (${SESSION_ID_BYTES * 8} random bits in base64url), ${code(HEADERS.client)}, ${code(HEADERS.server)}: both addresses`,
        ],
        [
          code(`POST ${PATHS.up}`),
          `${code(HEADERS.version)}, ${code(HEADERS.session)}`,
          'records',
          '200, records: an ACK, or the RESET that ended it',
        ],
        [
          code(`GET ${PATHS.down}`),
          `${code(HEADERS.version)}, ${code(HEADERS.sessions)}: ${code('ID.OFFSET, ID.OFFSET')} …`,
          'none',
          '200, records for as long as it lasts',
        ],
      ],
    ),
  records: () =>
    table(
      ['Code', 'Record', 'Fields', 'What it says'],
      Object.entries(RECORDS).map(([type, { code: number, doc, fields }]) => [
        code(number),
        code(type),
        Object.entries<Field>(fields)
          .map(([name, field]) => `${code(name)} (${kindOf(field)}): ${field.doc}`)
          .join('; ') || 'none',
        doc,
      ]),
    ),
  limits: () => {
    const { pages: _, allowedHosts: __, ...limits } = withDefaults({});
    const fixed: [string, number][] = [
      ['bytes that wait at a receiver to be read, at most', WINDOW_BYTES],
      ['bytes without acknowledgement at which `send()` says false', HIGH_WATER_MARK],
      ['data in one record, bytes', MAX_DATA_BYTES],
      ['connections that one GET carries', MAX_CHANNELS],
    ];
    const written = (value: number) => value.toLocaleString('en-US');
    return table(
      ['Limit', 'Value'],
      [
        ...Object.entries(limits).map(([name, value]) => [code(name), written(value)]),
        ...fixed.map(([name, value]) => [name, written(value)]),
      ],
    );
  },
};
