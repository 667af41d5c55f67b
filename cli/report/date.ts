/*
 * The date of the report: today, or what SOURCE_DATE_EPOCH says (https://reproducible-builds.org/specs/source-date-epoch).
 */
import { UsageError } from '../failure.js';

/** A day, as the template takes it. */
export interface ReportDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** As a person reads it. */
  readonly text: string;
  readonly secondsSince1970: number;
}

/**
 * The date of the report.
 * @param given as on the command line, `2023-01-01`
 * @throws {UsageError} if that is no day
 */
export function reportDate(given: string | undefined, epoch: string | undefined = process.env.SOURCE_DATE_EPOCH): ReportDate {
  const moment = given === undefined ? (epoch === undefined || epoch === '' ? new Date() : new Date(Number(epoch) * 1000)) : dayOf(given);
  if (Number.isNaN(moment.getTime())) throw new UsageError(`SOURCE_DATE_EPOCH must be seconds since 1970; "${epoch}" is not.`);
  const text = moment.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return {
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth() + 1,
    day: moment.getUTCDate(),
    text,
    secondsSince1970: Math.floor(moment.getTime() / 1000),
  };
}

function dayOf(given: string): Date {
  const moment = new Date(`${given}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(given) || Number.isNaN(moment.getTime()))
    throw new UsageError(`A date is written 2023-01-01; "${given}" is not.`);
  return moment;
}
