/**
 * Some examples of a set, and several sets as one.
 *
 * @module
 */
import type { AskedFeatures, AskedProperty, AskedSet } from "./asked_set.ts";

/** The examples at `indices`, in that order. */
export function takeExamples(
  set: AskedSet,
  indices: ArrayLike<number>,
): AskedSet {
  const of = <T>(values: ArrayLike<T>) =>
    Array.from(indices, (i) => values[i] as T);
  return {
    n: indices.length,
    features: mapped(set.features, (features) => rowsOf(features, indices)),
    properties: mapped(set.properties, (property) => ({
      ...property,
      values: Float64Array.from(of(property.values)),
    })),
    labels: set.labels === null ? null : Int32Array.from(of(set.labels)),
    classes: set.classes,
    groups: set.groups === null ? null : of(set.groups),
    names: set.names === null ? null : of(set.names),
    right: mapped(set.right, (right) => Uint8Array.from(of(right))),
  };
}

/** Groups of examples of several sets; null where no set has any. */
export function groupsOf(sets: readonly AskedSet[]): readonly string[] | null {
  if (sets.every(({ groups }) => groups === null)) return null;
  return sets.flatMap(({ n, groups }, set) =>
    groups ?? Array.from({ length: n }, (_, i) => `\0${set}\0${i}`)
  );
}

/** Whether groups of a set are among some others. */
export function haveGroupsInCommon(
  { groups }: AskedSet,
  others: readonly string[] | null,
): boolean {
  const names = new Set(others);
  return groups !== null && groups.some((name) => names.has(name));
}

/** The sets that have examples. */
export function filled(sets: readonly AskedSet[]): readonly AskedSet[] {
  return sets.filter(({ n }) => n > 0);
}

/**
 * All examples of some sets, one set after the other: what only some of them
 * have, as labels, is left out.
 *
 * @throws {RangeError} if there are no sets
 */
export function joinSets(sets: readonly AskedSet[]): AskedSet {
  const [first] = sets;
  if (first === undefined) {
    throw new RangeError("Cannot join sets: there are none");
  }
  const n = sets.reduce((sum, set) => sum + set.n, 0);
  const whole = <T>(of: (set: AskedSet) => readonly T[] | null) => {
    const parts = sets.map(of);
    return parts.some((part) => part === null)
      ? null
      : parts.flatMap((part) => part as readonly T[]);
  };
  const shared = <T>(
    record: Readonly<Record<string, T>>,
    of: (set: AskedSet) => object,
  ) =>
    Object.keys(record)
      .filter((name) => sets.every((set) => Object.hasOwn(of(set), name)));
  const labels = sets.map((set) => set.labels);
  return {
    n,
    features: Object.fromEntries(
      shared(first.features, ({ features }) => features).map((name) => [
        name,
        joinedFeatures(
          sets.map(({ features }) => features[name] as AskedFeatures),
        ),
      ]),
    ),
    properties: Object.fromEntries(
      shared(first.properties, ({ properties }) => properties).map((name) => {
        const parts = sets.map(({ properties }) =>
          properties[name] as AskedProperty
        );
        return [name, {
          ...parts[0] as AskedProperty,
          values: joinedArrays(
            parts.map(({ values }) => values),
            new Float64Array(n),
          ),
        }];
      }),
    ),
    labels: labels.some((part) => part === null)
      ? null
      : joinedArrays(labels as Int32Array[], new Int32Array(n)),
    classes: first.classes,
    groups: whole(({ groups }) => groups),
    names: whole(({ names }) => names),
    right: Object.fromEntries(
      shared(first.right, ({ right }) => right).map((name) => [
        name,
        joinedArrays(
          sets.map(({ right }) => right[name] as Uint8Array),
          new Uint8Array(n),
        ),
      ]),
    ),
  };
}

function mapped<T, U>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => U,
): Record<string, U> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, change(value)]),
  );
}

function rowsOf(
  { values, dimension }: AskedFeatures,
  indices: ArrayLike<number>,
): AskedFeatures {
  const rows = new Float32Array(indices.length * dimension);
  for (let i = 0; i < indices.length; i++) {
    const from = (indices[i] as number) * dimension;
    rows.set(values.subarray(from, from + dimension), i * dimension);
  }
  return { values: rows, dimension };
}

function joinedFeatures(parts: readonly AskedFeatures[]): AskedFeatures {
  const size = parts.reduce((sum, { values }) => sum + values.length, 0);
  return {
    values: joinedArrays(
      parts.map(({ values }) => values),
      new Float32Array(size),
    ),
    dimension: parts[0]?.dimension ?? 0,
  };
}

function joinedArrays<
  T extends Float32Array | Float64Array | Int32Array | Uint8Array,
>(parts: readonly T[], into: T): T {
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
  return into;
}
