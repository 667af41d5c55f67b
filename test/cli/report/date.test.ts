/* The date of the report: the command line's, SOURCE_DATE_EPOCH's, or today's. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { UsageError } from '../../../cli/failure.js';
import { reportDate } from '../../../cli/report/date.js';

test('a day from the command line wins over SOURCE_DATE_EPOCH', () => {
  assert.equal(reportDate('2023-01-01', '1700000000'), {
    year: 2023,
    month: 1,
    day: 1,
    text: '1 January 2023',
    secondsSince1970: 1672531200,
  });
  assert.is(reportDate(undefined, '1700000000').text, '14 November 2023');
  assert.ok(reportDate(undefined, '').year >= 2023);
});

test('what is no date is refused', () => {
  for (const day of ['2023-13-01', '1.1.2023', 'today'])
    assert.throws(
      () => reportDate(day),
      (error: unknown) => error instanceof UsageError,
    );
  assert.throws(() => reportDate(undefined, 'yesterday'), /seconds since 1970/);
});

test.run();
