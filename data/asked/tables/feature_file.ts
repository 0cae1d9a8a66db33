/**
 * Features that somebody has computed: a matrix in NumPy's format, or the one
 * array of a safetensors file.
 *
 * @module
 */
import type { AskedFeatures } from "../asked_set.ts";
import { isNpy, parseNpy } from "../../datasets/npy.ts";
import { floatArraysOf, numbersIn } from "../float_arrays.ts";
import type { TableSet } from "./predictions.ts";

/** Element types that are read, by NumPy's name; all of them little-endian. */
const TYPES = {
  "<f2": Float16Array,
  "<f4": Float32Array,
  "<f8": Float64Array,
} as const;

type Floats = Float16Array | Float32Array | Float64Array;

/** Features, or a line that says what is wrong with their file. */
export type ReadFeatures = AskedFeatures | string;

/** Features of both sets, and what messages call their files. */
export type FeaturesOfSets = Readonly<
  Record<
    TableSet,
    { readonly name: string; readonly features: ReadFeatures }
  >
>;

/**
 * Reads features, a row an example; there are none if the file is damaged, of
 * another order or type, no matrix, or has a number that is not finite, or not in
 * 32 bits.
 *
 * @param options.name of the file, for what is wrong with it
 */
export function readFeatures(
  bytes: Uint8Array,
  { name }: { readonly name: string },
): ReadFeatures {
  const read = isNpy(bytes) ? readNpy(bytes) : readSafetensors(bytes);
  return typeof read === "string"
    ? `Cannot read features ${name}: ${read}`
    : read;
}

/** Features, or why there are none. */
type Read = AskedFeatures | string;

function readNpy(file: Uint8Array): Read {
  const array = parseNpy(file, {
    types: TYPES,
    must:
      'floats of 16, 32 or 64 bits, little-endian (<f2, <f4, <f8); convert with x.astype("<f4")',
  });
  if (typeof array === "string") return array;
  const { type, shape, isFortran, bytes } = array;
  const dimension = dimensionOf(shape);
  if (typeof dimension === "string") return dimension;
  const data = numbersIn<Floats>(bytes, TYPES[type]);
  return featuresOf(isFortran ? byRows(data, dimension) : data, dimension);
}

/** A matrix row by row that lies column by column, as pandas saves it. */
function byRows(data: Floats, dimension: number): Floats {
  const n = data.length / dimension;
  const rows = data.slice();
  for (let k = 0; k < dimension; k++) {
    for (let i = 0; i < n; i++) {
      rows[i * dimension + k] = data[k * n + i] as number;
    }
  }
  return rows;
}

function readSafetensors(bytes: Uint8Array): Read {
  const arrays = floatArraysOf(bytes);
  if (arrays === undefined) {
    return "it is neither an .npy file nor a complete safetensors file";
  }
  const [array, ...more] = Object.values(arrays);
  if (array === undefined || more.length > 0) {
    return `it has ${Object.keys(arrays).length} arrays, and must have one`;
  }
  const { data, shape, type } = array;
  if (data === undefined) {
    return `its numbers are ${type}, and must be floats of 16, 32 or 64 bits (F16, BF16, F32, F64)`;
  }
  const dimension = dimensionOf(shape);
  if (typeof dimension === "string") return dimension;
  return featuresOf(data, dimension);
}

/** Number of columns, or why it is no matrix. */
function dimensionOf(shape: readonly number[]): number | string {
  const [n = 0, dimension = 0] = shape;
  if (shape.length !== 2 || n === 0 || dimension === 0) {
    return `its shape is [${
      shape.join(", ")
    }], and must be [examples, features]`;
  }
  return dimension;
}

/** Numbers as 32-bit floats, or which is none. */
function featuresOf(data: Floats, dimension: number): Read {
  const values = data instanceof Float32Array ? data : new Float32Array(data);
  return notFinite(data, { values, dimension }) ?? { values, dimension };
}

/** Which number is not finite, or is not as a 32-bit float, if one is not. */
function notFinite(
  data: Floats,
  { values, dimension }: AskedFeatures,
): string | undefined {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return undefined;
  const all = values.reduce(
    (n, value) => n + (Number.isFinite(value) ? 0 : 1),
    0,
  );
  return `row ${Math.floor(bad / dimension) + 1} has ${data[bad]} in column ${
    bad % dimension + 1
  }${Number.isFinite(data[bad]) ? ", more than 32-bit floats hold" : ""}${
    all === 1
      ? ""
      : all === 2
      ? ", and another number is not finite"
      : `, and ${all - 1} other numbers are not finite`
  }; leave out such rows here and in the predictions, or such columns`;
}
