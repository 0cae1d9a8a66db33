/**
 * What is known of the examples of one set of a question: of the reference
 * set, of held-out reference examples, or of the shifted set.
 *
 * @module
 */
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import {
  type NamedArray,
  safetensors,
} from "../../engine/define/safetensors.ts";

/** One kind of features of all examples of a set: what a network or a formula makes of each. */
export interface AskedFeatures {
  /** Values, all finite: [n, dimension], row-major. */
  readonly values: Float32Array;
  /** Number of features of an example. */
  readonly dimension: number;
}

/** A simple property of all examples of a set. */
export interface AskedProperty {
  /** Value of each example, NaN where it is unknown; a position in `categories` where there are some: [n]. */
  readonly values: Float64Array;
  /** Names of the values of a property that is no quantity, such as a file type; null for quantities. The same list in all sets. */
  readonly categories: readonly string[] | null;
  /** Whether it is of the file and not of what it shows, so that no classifier sees it. */
  readonly ofFile?: true | undefined;
}

/** What is known of the examples of one set. Rows of all members are in the same order. */
export interface AskedSet {
  /** Number of examples. */
  readonly n: number;
  /** Features by kind, the same kinds and dimensions in all sets: "network" and "pixels" of images, what the user gave otherwise. */
  readonly features: Readonly<Record<string, AskedFeatures>>;
  /** Simple properties by name, the same names in all sets: "brightness", "hue", "width", "bytes", "file type" … */
  readonly properties: Readonly<Record<string, AskedProperty>>;
  /** Class of each example, a position in `classes`: [n]; null where no labels are known. */
  readonly labels: Int32Array | null;
  /** Names of the classes, the same list in all sets; empty where no set has labels. */
  readonly classes: readonly string[];
  /** Name of the group of each example (scene, patient, video): examples of one are never on both sides of a split. Null where each is its own. */
  readonly groups: readonly string[] | null;
  /** What each example is called, as a path below its folder or an identifier: [n]; null where rows have no names. */
  readonly names: readonly string[] | null;
  /** By model: 1 where its prediction is right, 0 where it is wrong: [n]. Empty where there are no predictions or no labels. */
  readonly right: Readonly<Record<string, Uint8Array>>;
}

/** What a set holds besides arrays. */
interface Words {
  readonly n: number;
  readonly classes: readonly string[];
  readonly groups: readonly string[] | null;
  readonly names: readonly string[] | null;
  readonly categories: Readonly<Record<string, readonly string[] | null>>;
  /** Names of the properties that are of files; left out where none is. */
  readonly ofFiles?: readonly string[];
}

/**
 * Checks that a set holds as many of everything as it has examples.
 *
 * @throws {TypeError} if it does not, a feature is not finite, or a label is none of the classes
 */
function checkAskedSet(set: AskedSet, purpose: string): AskedSet {
  const { n, features, properties, labels, classes, groups, names, right } =
    set;
  const fail = (why: string): never => {
    throw new TypeError(`Cannot ${purpose} a set of ${n} examples: ${why}`);
  };
  for (const [name, { values, dimension }] of Object.entries(features)) {
    if (values.length !== n * dimension) {
      fail(
        `its features "${name}" are ${values.length} numbers, not ${n} × ${dimension}`,
      );
    }
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      fail(
        `features "${name}" of example ${
          Math.floor(bad / dimension) + 1
        } are not finite`,
      );
    }
  }
  const lengths: Readonly<Record<string, number | undefined>> = {
    labels: labels?.length,
    groups: groups?.length,
    names: names?.length,
    ...lengthsOf("property", properties, ({ values }) => values.length),
    ...lengthsOf("predictions of", right, ({ length }) => length),
  };
  for (const [what, length] of Object.entries(lengths)) {
    if (length !== undefined && length !== n) {
      fail(`it has ${length} of ${what}`);
    }
  }
  const stray = labels?.findIndex((label) => classes[label] === undefined);
  if (labels !== null && stray !== undefined && stray >= 0) {
    fail(
      `label ${labels[stray]} of example ${
        stray + 1
      } is none of the ${classes.length} classes`,
    );
  }
  return set;
}

function lengthsOf<T>(
  what: string,
  record: Readonly<Record<string, T>>,
  lengthOf: (value: T) => number,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(record).map((
      [name, value],
    ) => [`${what} "${name}"`, lengthOf(value)]),
  );
}

/**
 * Codec of sets: a safetensors file with `features.NAME` [n, dimension] of
 * 32-bit floats, `properties.NAME` [n] of 64-bit floats, `labels` [n] of 32
 * bits and `right.NAME` [n] of 8 bits; names, groups, classes, categories
 * and which properties are of files as JSON in its metadata.
 *
 * @throws {TypeError} if a set holds more or less of something than it has examples
 */
export const askedSet: Codec<AskedSet> = define(import.meta.url, "askedSet", {
  name: "asked set",

  encode(set) {
    const { n, features, properties, labels, right } = checkAskedSet(
      set,
      "encode",
    );
    const arrays: [string, NamedArray][] = [];
    for (const [name, { values, dimension }] of Object.entries(features)) {
      arrays.push([`features.${name}`, {
        shape: [n, dimension],
        data: values,
      }]);
    }
    for (const [name, { values }] of Object.entries(properties)) {
      arrays.push([`properties.${name}`, { shape: [n], data: values }]);
    }
    for (const [name, data] of Object.entries(right)) {
      arrays.push([`right.${name}`, { shape: [n], data }]);
    }
    if (labels !== null) arrays.push(["labels", { shape: [n], data: labels }]);
    const ofFiles = Object.entries(properties)
      .flatMap(([name, { ofFile }]) => ofFile === true ? [name] : []);
    const words: Words = {
      n,
      classes: set.classes,
      groups: set.groups,
      names: set.names,
      categories: Object.fromEntries(
        Object.entries(properties).map((
          [name, { categories }],
        ) => [name, categories]),
      ),
      ...ofFiles.length === 0 ? {} : { ofFiles },
    };
    return safetensors.encode({
      arrays: Object.fromEntries(arrays),
      metadata: { set: JSON.stringify(words) },
    });
  },

  decode(bytes) {
    const { arrays, metadata } = safetensors.decode(bytes);
    const { n, classes, groups, names, categories, ofFiles = [] } = JSON.parse(
      metadata["set"] ?? "{}",
    ) as Words;
    const labels = arrays["labels"]?.data ?? null;
    if (
      n === undefined || !(labels === null || labels instanceof Int32Array)
    ) {
      throw new TypeError(
        'Cannot decode a set: the file needs metadata "set", and labels of 32 bits if any',
      );
    }
    const features = named(arrays, "features", Float32Array);
    return checkAskedSet({
      n,
      features: Object.fromEntries(
        Object.entries(features).map(([name, { data, shape }]) => [
          name,
          { values: data, dimension: shape[1] ?? 0 },
        ]),
      ),
      properties: Object.fromEntries(
        Object.entries(named(arrays, "properties", Float64Array)).map((
          [name, { data }],
        ) => [name, {
          values: data,
          categories: categories[name] ?? null,
          ...ofFiles.includes(name) ? { ofFile: true } : {},
        }]),
      ),
      labels,
      classes,
      groups,
      names,
      right: Object.fromEntries(
        Object.entries(named(arrays, "right", Uint8Array)).map((
          [name, { data }],
        ) => [name, data]),
      ),
    }, "decode");
  },
});

/** The arrays whose names begin with `prefix.`, by the rest of their names. */
function named<T extends NamedArray["data"]>(
  arrays: Readonly<Record<string, NamedArray>>,
  prefix: string,
  type: new (length: number) => T,
): Record<string, { readonly data: T; readonly shape: readonly number[] }> {
  const found: [string, { data: T; shape: readonly number[] }][] = [];
  for (const [name, { data, shape }] of Object.entries(arrays)) {
    if (!name.startsWith(`${prefix}.`)) continue;
    if (!(data instanceof type)) {
      throw new TypeError(
        `Cannot decode a set: array "${name}" is not of ${type.name}`,
      );
    }
    found.push([name.slice(prefix.length + 1), { data, shape }]);
  }
  return Object.fromEntries(found);
}
