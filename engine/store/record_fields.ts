/**
 * What the fields of records may hold. A record may come from another machine,
 * and what it says stands on terminals and pages and is computed with: a date
 * that is none, or a time of 10³⁰⁸ seconds, would stop them all.
 *
 * @module
 */
import { isNumber, isString, shapeOf } from "../define/shape.ts";

/** Ten years: no stage runs for so long. */
const MOST_SECONDS = 10 * 365.25 * 24 * 3600;

/** Moments of days that every month has: a calendar takes five times as long, and an index has thousands of them. */
const CERTAIN =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Of a name, in UTF-16 units. */
const LONGEST = 1000;

/** Whether a value says in which format it is. */
export const hasFormat = shapeOf({ format: isNumber });

/** Whether a value is a moment as `toISOString()` writes it, of the years 0 to 9999, or the day alone. */
export function isMoment(value: unknown): value is string {
  if (!isString(value) || !/^\d{4}-/.test(value)) return false;
  if (CERTAIN.test(value)) return true;
  const time = Date.parse(value);
  if (!Number.isFinite(time)) return false;
  const written = new Date(time).toISOString();
  return value === written || value === written.slice(0, "2000-01-01".length);
}

/** Whether a value is a time that something can have taken, in seconds. */
export function isSeconds(value: unknown): value is number {
  return isNumber(value) && value >= 0 && value <= MOST_SECONDS;
}

/** Seconds from one moment to another, both in milliseconds; a clock may be set back or forth meanwhile. */
export function secondsBetween(start: number, end: number): number {
  return Math.min(Math.max(0, end - start) / 1000, MOST_SECONDS);
}

/** Whether a value is a size in bytes. */
export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Whether a value can be the name of a stage or of a field: one line of text. */
export function isName(value: unknown): value is string {
  return isString(value) && value !== "" && value.length <= LONGEST &&
    !/[\p{Cc}\u2028\u2029]/u.test(value) && value.isWellFormed();
}
