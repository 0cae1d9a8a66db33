/**
 * Weights of one's own: a safetensors file with the arrays of a network.
 *
 * @module
 */
import { listed, someOf } from "../../../engine/define/listed.ts";
import { type FloatArray, floatArraysOf } from "../float_arrays.ts";
import type { NetworkLayout } from "./network_layout.ts";

/** Element types that are read. */
const TYPES = ["F32", "F16", "BF16"];

/** So many arrays of a kind are named in a line. */
const MOST_NAMED = 8;

/** What is most often wrong with a shape: other programs have the axes of kernels in another order. */
const KERNELS = "kernels are [height, width, in, out]";

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
    ? ["it is no whole safetensors file"]
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
    ...others.length === 0
      ? []
      : [`${someOf(others, MOST_NAMED)} (${KERNELS})`],
    ...unused.length === 0 ? [] : [
      `${someOf(unused, MOST_NAMED)} ${
        unused.length === 1 ? "is" : "are"
      } not used`,
    ],
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
  const used = Object.entries(file).filter(([name]) =>
    Object.hasOwn(arrays, name)
  );
  const namesOf = (isBad: (array: FloatArray, name: string) => boolean) =>
    used.filter(([name, array]) => isBad(array, name))
      .map(([name, { type }]) => ({ name, type }));
  const all = (bad: ReturnType<typeof namesOf>) =>
    someOf(bad.map(({ name }) => name), MOST_NAMED);
  const typed = namesOf(({ type }) => !TYPES.includes(type));
  const wild = namesOf(({ data }) => data?.every(Number.isFinite) === false);
  const below = namesOf(({ data }, name) =>
    name.endsWith(".variance") && data?.some((value) => value < 0) === true
  );
  const types = [...new Set(typed.map(({ type }) => type))];
  return [
    ...typed.length === 0 ? [] : [
      `the numbers of ${all(typed)} are ${listed(types)}, and must be ${
        TYPES.slice(0, -1).join(", ")
      } or ${TYPES.at(-1)}; convert with x.float()`,
    ],
    ...wild.length === 0
      ? []
      : [`${all(wild)} ${has(wild)} numbers that are not finite`],
    ...below.length === 0
      ? []
      : [`${all(below)} ${has(below)} numbers below 0`],
  ];
}

function has({ length }: { readonly length: number }): string {
  return length === 1 ? "has" : "have";
}
