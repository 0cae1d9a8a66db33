/**
 * Weights of one's own: a safetensors file with the arrays of a network.
 *
 * @module
 */
import { someOf } from "../../../engine/define/listed.ts";
import { type FloatArray, floatArraysOf } from "../float_arrays.ts";
import type { NetworkLayout } from "./network_layout.ts";

/** Element types that are read. */
const TYPES = ["F32", "F16", "BF16"];

const NUMBERS = "(numbers must be F32, F16 or BF16: x.float() converts)";

/** So many arrays of a kind are named in a line. */
const MOST_NAMED = 8;

/** What is most often wrong with a shape: other programs have the axes of kernels in another order. */
const KERNELS = "(kernels are [height, width, in, out])";

/** Weights of a network without its head. */
export interface FoundWeights {
  readonly kind: "weights";
  readonly weights: Readonly<
    Record<
      string,
      { readonly shape: readonly number[]; readonly data: Float32Array }
    >
  >;
  /** Names of the arrays of the head, where the file has some: they are left out. */
  readonly head: readonly string[];
}

/** Weights, or a line for each thing that is wrong with their file. */
export type ReadWeights =
  | FoundWeights
  | { readonly kind: "refused"; readonly problems: readonly string[] };

/**
 * Reads weights, of 32-bit floats or of 16 bits, which are widened.
 *
 * @param options.name of the file, for problems
 * @param options.layout what must be there; nothing else may be but the head
 */
export function readWeightsFile(
  bytes: Uint8Array,
  { name, layout }: { readonly name: string; readonly layout: NetworkLayout },
): ReadWeights {
  const file = floatArraysOf(bytes);
  const problems = file === undefined
    ? ["it is not a complete safetensors file"]
    : [...misfits(file, layout), ...badNumbers(file, layout)];
  if (file === undefined || problems.length > 0) {
    return {
      kind: "refused",
      problems: problems.map((state) => `Cannot use weights ${name}: ${state}`),
    };
  }
  return {
    kind: "weights",
    weights: Object.fromEntries(
      Object.entries(layout.arrays).map(([name, shape]) => [
        name,
        { shape, data: Float32Array.from(file[name]?.data ?? []) },
      ]),
    ),
    head: layout.head.filter((name) => Object.hasOwn(file, name)),
  };
}

type Arrays = Readonly<Record<string, FloatArray>>;

/** What is missing, what has another shape and what is too much, in one line if anything is. */
function misfits(
  file: Arrays,
  { arrays, head }: NetworkLayout,
): readonly string[] {
  const missing: string[] = [];
  const others: string[] = [];
  for (const [name, shape] of Object.entries(arrays)) {
    const found = Object.hasOwn(file, name) ? file[name]?.shape : undefined;
    if (found === undefined) missing.push(name);
    else if (String(found) !== String(shape)) {
      others.push(`${name} is ${inBrackets(found)}, not ${inBrackets(shape)}`);
    }
  }
  const unused = Object.keys(file).filter((name) =>
    !Object.hasOwn(arrays, name) && !head.includes(name)
  );
  const states = [
    ...missing.length === 0 ? [] : [`it lacks ${someOf(missing, MOST_NAMED)}`],
    ...stateOf(others, { one: KERNELS }),
    ...stateOf(unused, { one: "is not used", more: "are not used" }),
  ];
  return states.length === 0 ? [] : [
    `${states.join("; ")}; docs/guide/ask.md has the names and shapes`,
  ];
}

function inBrackets(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/** Types that are not read and numbers that no network has, in a line each. */
function badNumbers(
  file: Arrays,
  { arrays }: NetworkLayout,
): readonly string[] {
  const used = Object.entries(file)
    .filter(([name]) => Object.hasOwn(arrays, name));
  const namesOf = (isBad: (data: Float32Array | Float64Array) => boolean) =>
    used.flatMap(([name, { data }]) =>
      data !== undefined && isBad(data) ? [name] : []
    );
  const typed = used.flatMap(([name, { type }]) =>
    TYPES.includes(type) ? [] : [`${name} is ${type}`]
  );
  const wild = namesOf((data) => !data.every(Number.isFinite));
  const below = namesOf((data) => data.some((value) => value < 0))
    .filter((name) => name.endsWith(".variance"));
  return [
    ...stateOf(typed, { one: NUMBERS }),
    ...stateOf(wild, {
      one: "has numbers that are not finite",
      more: "have numbers that are not finite",
    }),
    ...stateOf(below, {
      one: "has numbers below 0",
      more: "have numbers below 0",
    }),
  ];
}

/** What is wrong with some arrays, if there are any. */
function stateOf(
  names: readonly string[],
  { one, more = one }: { readonly one: string; readonly more?: string },
): readonly string[] {
  return names.length === 0
    ? []
    : [`${someOf(names, MOST_NAMED)} ${names.length === 1 ? one : more}`];
}
