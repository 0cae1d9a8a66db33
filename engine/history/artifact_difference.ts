/**
 * What may differ between two artifacts of one format: numbers that moved, and
 * everything else; and what does between two values of JSON.
 *
 * @module
 */
import type { Json } from "../define/hash.ts";
import { VALUE } from "../define/ref.ts";

/** One difference between two artifacts. */
export type ArtifactDifference =
  | {
    /** A number in JSON that differs. */
    readonly kind: "number";
    /** Where in the artifact, e.g. `fit.slope`. */
    readonly path: string;
    readonly before: number;
    readonly after: number;
  }
  | {
    /** An array in which numbers differ. */
    readonly kind: "array";
    readonly path: string;
    /** How many elements of the array moved. */
    readonly moved: number;
    /** How many elements the array has. */
    readonly of: number;
    /** The element that moved furthest, in the first artifact. */
    readonly before: number;
    readonly after: number;
  }
  | {
    /** Anything else that differs. */
    readonly kind: "other";
    readonly path: string;
    /** The value in the first artifact, unless it was added. */
    readonly before?: string;
    /** The value in the second artifact, unless it was removed. */
    readonly after?: string;
  };

/** A difference of an artifact, which is a field of a result. */
export type FieldDifference = ArtifactDifference & { readonly field: string };

/**
 * How far a number moved: the difference over the larger of the two, or over 1
 * where both are smaller. So it is a relative error of large numbers and an
 * absolute one of small ones.
 */
export function deviation(before: number, after: number): number {
  if (Object.is(before, after) || before === after) return 0;
  const scale = Math.max(1, Math.abs(before), Math.abs(after));
  const moved = Math.abs(before - after) / scale;
  return Number.isNaN(moved) ? Infinity : moved;
}

/** The largest deviation of a number; infinite if anything else differs. */
export function largestDeviation(
  differences: readonly ArtifactDifference[],
): number {
  let largest = 0;
  for (const one of differences) {
    const moved = one.kind === "other"
      ? Infinity
      : deviation(one.before, one.after);
    largest = Math.max(largest, moved);
  }
  return largest;
}

/** Where in a result a difference is, e.g. `history[3].loss`; the field of a result that has no other is not named. */
export function placeInResult(
  { field, path }: { readonly field: string; readonly path: string },
): string {
  if (path === "") return field;
  if (field === VALUE) return path;
  return path.startsWith("[") ? `${field}${path}` : `${field}.${path}`;
}

/** The differences between two values of JSON, below a path; rows of a table are compared by the texts that they begin with, wherever they stand. */
export function* jsonDifferences(
  before: Json | undefined,
  after: Json | undefined,
  path: string,
): Iterable<ArtifactDifference> {
  if (typeof before === "number" && typeof after === "number") {
    if (before !== after) yield { kind: "number", path, before, after };
  } else if (Array.isArray(before) && Array.isArray(after)) {
    const rows = [rowsOf(before), rowsOf(after)] as const;
    // Where as many rows have other texts, those in one place are one row.
    const isSame = before.length === after.length;
    if (
      rows[0] !== undefined && rows[1] !== undefined &&
      (!isSame || [...rows[0].keys()].every((name) => rows[1]?.has(name)))
    ) {
      yield* rowDifferences([rows[0], rows[1]], path);
      return;
    }
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      yield* jsonDifferences(before[i], after[i], `${path}[${i}]`);
    }
  } else if (isRecord(before) && isRecord(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const name of [...names].sort()) {
      const at = path === "" ? name : `${path}.${name}`;
      yield* jsonDifferences(before[name], after[name], at);
    }
  } else if (before !== after) {
    yield {
      kind: "other",
      path,
      ...(before === undefined ? {} : { before: short(before) }),
      ...(after === undefined ? {} : { after: short(after) }),
    };
  }
}

/** Rows by the texts that they begin with. */
type Rows = ReadonlyMap<string, Json>;

/** The rows of a table; nothing where one begins with no text, or with those of another. */
function rowsOf(values: readonly Json[]): Rows | undefined {
  const rows = new Map<string, Json>();
  for (const row of values) {
    if (!Array.isArray(row) || typeof row[0] !== "string") return undefined;
    const end = row.findIndex((cell) => typeof cell !== "string");
    rows.set(row.slice(0, end < 0 ? row.length : end).join(", "), row);
  }
  return rows.size === values.length && rows.size > 0 ? rows : undefined;
}

/** The differences between rows of one name; and that common ones stand in another order. */
function* rowDifferences(
  [before, after]: readonly [Rows, Rows],
  path: string,
): Iterable<ArtifactDifference> {
  const common = (rows: Rows, others: Rows) =>
    [...rows.keys()].filter((name) => others.has(name));
  const [a, b] = [common(before, after), common(after, before)];
  if (a.some((name, i) => name !== b[i])) {
    yield { kind: "other", path, before: short(a), after: short(b) };
  }
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    yield* jsonDifferences(
      before.get(name),
      after.get(name),
      `${path}[${name}]`,
    );
  }
}

function isRecord(
  value: Json | undefined,
): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** So many characters of a value are shown. */
const SHOWN = 60;

function short(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}
