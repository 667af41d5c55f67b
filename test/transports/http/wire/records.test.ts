/*
 * Records and the headers of requests: what is written is read, in whatever pieces it comes, and what is none is told.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RecordError, RecordReader } from '../../../../transports/http/wire/read.js';
import { MAX_DATA_BYTES, type Record } from '../../../../transports/http/wire/records.js';
import { readResumptions, writeResumptions } from '../../../../transports/http/wire/requests.js';
import { RecordWriter } from '../../../../transports/http/wire/write.js';

const test = suite('http: records');

const offset = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const anyRecord: fc.Arbitrary<Record> = fc.oneof(
  fc.record({ type: fc.constant('DATA' as const), offset, data: fc.uint8Array({ maxLength: 300 }) }),
  fc.record({ type: fc.constant('END' as const), offset }),
  fc.record({ type: fc.constant('ACK' as const), received: offset, limit: offset }),
  fc.record({
    type: fc.constant('RESET' as const),
    code: fc.constantFrom('aborted', 'protocol', 'timeout', 'unknown'),
    text: fc.string({ unit: 'grapheme' }),
  }),
  fc.record({ type: fc.constant('PING' as const) }),
);

test('what is written is read, in pieces of any size', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat({ max: 63 }), anyRecord)), fc.integer({ min: 1, max: 500 }), (records, pieceBytes) => {
      const writer = new RecordWriter();
      for (const [channel, record] of records) writer.write(channel, record);
      const reader = new RecordReader();
      const read: unknown[] = [];
      for (let at = 0; at < writer.length; at += pieceBytes) {
        for (const { channel, record } of reader.read(writer.bytes.subarray(at, at + pieceBytes))) read.push([channel, { ...record }]);
      }
      assert.equal(
        read,
        records.map(([channel, record]) => [channel, { ...record }]),
      );
    }),
  );
});

test('the largest record fits', () => {
  const data = new Uint8Array(MAX_DATA_BYTES).fill(7);
  const [read] = new RecordReader().read(new RecordWriter().write(0, { type: 'DATA', offset: 1, data }).bytes);
  assert.equal(read?.record, { type: 'DATA', offset: 1, data });
});

test('whatever comes, there are records or a RecordError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        new RecordReader().read(bytes);
      } catch (error) {
        assert.instance(error, RecordError);
      }
    }),
    { numRuns: 2000 },
  );
});

test('the sessions of a GET are read as they were written; anything else is told', () => {
  const list = [
    { session: 'abcdefghijklmnop_-123456', offset: 0 },
    { session: 'ABCDEFGHIJKLMNOP', offset: 123_456_789 },
  ];
  assert.equal(readResumptions(writeResumptions(list)), list);
  for (const bad of ['', 'abc.1', 'abcdefghijklmnop', 'abcdefghijklmnop.-1', 'abcdefghijklmnop.1.2', 'abcdefghijklmnop.1,']) {
    assert.is(readResumptions(bad), undefined, bad);
  }
});

test.run();
