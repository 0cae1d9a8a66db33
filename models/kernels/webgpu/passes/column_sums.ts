import type * as tf from "@tensorflow/tfjs-core";
import { runColumns, sharesOf } from "./column_pass.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { type Arrays, arraysOf, type Element } from "./lane_pass.ts";

type ColumnElement = Extract<Element, "f32" | "vec4f">;
type ArraysOf = (element: ColumnElement) => Arrays;

/** Workgroups to aim at on a GPU. */
const GROUPS = 528;
/** Rows that a lane of it sums at least, for what adding up afterwards costs. */
const LEAST_ROWS = 8;

/**
 * Sums over the rows of arrays [outer, rows, columns]. Slices of the rows are
 * summed side by side and then added in their order; `finish` makes of the sums
 * what is asked for.
 */
export function sumColumns(
  gpu: Gpu,
  { outer = 1, rows, columns, read, before = "", sums, finish }: {
    readonly outer?: number;
    readonly rows: number;
    readonly columns: number;
    readonly read: ArraysOf;
    /** WGSL before the rows, `c` being the column. */
    readonly before?: string;
    /** By the name of a sum: WGSL that adds to it the row `row`, `at` being the place in an array. */
    readonly sums: Readonly<Record<string, string>>;
    /** With the sums of column `i` of [outer, columns]. */
    readonly finish: {
      readonly written: ArraysOf;
      readonly read?: ArraysOf;
      /** WGSL that uses the sums. */
      readonly body: string;
    };
  },
): void {
  const element = columns % 4 === 0 ? "vec4f" : "f32";
  const across = element === "vec4f" ? columns / 4 : columns;
  const n = outer * across;
  const names = Object.keys(sums);
  const slices = slicesOf(gpu, { n, rows });
  const [first = "", ...others] = Object.values(sums);
  const all = {
    n,
    rows,
    slices,
    element,
    before: `let c = i % ${across}u; let part = i / ${across}u; ${before}`,
    sums: Object.fromEntries(
      [
        `let row = part * ${rows}u + r; let at = row * ${across}u + c; ${first}`,
        ...others,
      ].map((code, k) => [names[k] as string, code]),
    ),
  } as const;
  const { written, read: further = () => ({}), body } = finish;
  if (slices === 1) {
    return runColumns(gpu, {
      ...all,
      written: written(element),
      read: { ...read(element), ...further(element) },
      body,
    });
  }
  const partial = arraysOf(element)({
    partial: gpu.output([slices, names.length, outer, columns]),
  });
  const place = (slice: string, k: number) =>
    `partial[(${slice} * ${names.length}u + ${k}u) * ${n}u + i]`;
  runColumns(gpu, {
    ...all,
    written: partial,
    read: read(element),
    body: names.map((name, k) => `${place("slice", k)} = ${name};`).join(" "),
  });
  runColumns(gpu, {
    n,
    rows: slices,
    element,
    written: written(element),
    read: { ...partial, ...further(element) },
    sums: Object.fromEntries(
      names.map((name, k) => [name, `${name} += ${place("r", k)};`]),
    ),
    body,
  });
  for (const [, tensor] of Object.values(partial)) gpu.free(tensor);
}

/** Into how many slices rows are cut, so that all lanes have work. */
function slicesOf(
  gpu: Gpu,
  { n, rows }: { readonly n: number; readonly rows: number },
): number {
  const cut = (wanted: number, most: number) =>
    Math.ceil(rows / Math.ceil(rows / Math.min(wanted, most)));
  if (gpu.tiling.name === "software") {
    return cut(Math.ceil(gpu.tiling.invocations / n), rows);
  }
  const { across, lanes } = sharesOf({ n, rows });
  const most = Math.max(1, Math.floor(rows / (lanes * LEAST_ROWS)));
  return cut(Math.ceil(GROUPS / Math.ceil(n / across)), most);
}

/** Sums of terms over the rows of arrays [outer, rows, columns], each to a tensor of its own. */
export function columnSums(
  gpu: Gpu,
  { sums, arrays, factor = 1, ...extent }: {
    readonly outer?: number;
    readonly rows: number;
    readonly columns: number;
    /** By name: where a sum goes, and what is summed, in WGSL. */
    readonly sums: Readonly<Record<string, readonly [tf.TensorInfo, string]>>;
    readonly arrays: ArraysOf;
    /** Factor on the sums. */
    readonly factor?: number;
  },
): void {
  const entries = Object.entries(sums);
  const scaled = (name: string) => factor === 1 ? name : `${name} * ${factor}`;
  sumColumns(gpu, {
    ...extent,
    read: arrays,
    sums: Object.fromEntries(
      entries.map(([name, [, term]]) => [
        `${name}Sum`,
        `${name}Sum += ${term};`,
      ]),
    ),
    finish: {
      written: (element) =>
        Object.fromEntries(
          entries.map(([name, [to]]) => [name, [element, to]]),
        ),
      body: entries.map(([name]) => `${name}[i] = ${scaled(`${name}Sum`)};`)
        .join(" "),
    },
  });
}
