/**
 * Checks of parsed JSON that cost nothing to load. The engine reads its own
 * files with them, and so a run that changes nothing starts without a schema
 * library, which would take as long as everything else that it does.
 *
 * @module
 */
import type { Json } from "./hash.ts";

/** Whether a value has some shape. */
export type Check<T> = (value: unknown) => value is T;

/** Whether a value is a string. */
export function isString(value: unknown): value is string {
  return typeof value === "string";
}

/** Whether a value is a finite number. */
export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** Whether a value is `true`. */
export function isTrue(value: unknown): value is true {
  return value === true;
}

/** Whether a value is a SHA-256 digest in hexadecimal. */
export function isDigest(value: unknown): value is string {
  return isString(value) && /^[0-9a-f]{64}$/.test(value);
}

/** Whether a value is one that JSON can hold. */
export function isJson(value: unknown): value is Json {
  return value === null || typeof value === "boolean" || isString(value) ||
    isNumber(value) || listOf(isJson)(value) || recordOf(isJson)(value);
}

/** A check for one of some strings. */
export function oneOf<const T extends string>(
  ...values: readonly T[]
): Check<T> {
  return (value): value is T => isString(value) && values.includes(value as T);
}

/** A check for `null`, or what another check is for. */
export function nullOr<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

/** A check for a field that may be left out. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value);
}

/** A check for a list whose elements pass another check. */
export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] =>
    Array.isArray(value) && value.every((part) => check(part));
}

/** A check for a record with any names, whose values pass another check. */
export function recordOf<T>(
  check: Check<T>,
): Check<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => {
    if (!isObject(value)) return false;
    for (const name of Object.keys(value)) {
      if (!check(value[name])) return false;
    }
    return true;
  };
}

/** A check for a record with these fields, and perhaps others. */
export function shapeOf<T>(
  fields: { readonly [Name in keyof T]-?: Check<T[Name]> },
): Check<T> {
  const checks = Object.entries<Check<unknown>>(fields);
  return (value): value is T => {
    if (!isObject(value)) return false;
    for (const [name, check] of checks) {
      if (!check(Object.hasOwn(value, name) ? value[name] : undefined)) {
        return false;
      }
    }
    return true;
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
