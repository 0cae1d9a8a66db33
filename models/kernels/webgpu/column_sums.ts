import type * as tf from "@tensorflow/tfjs";
import type { Gpu } from "./gpu.ts";
import { type Arrays, runLanes } from "./lane_pass.ts";

/** Sums by name: where each goes, and what is summed, in WGSL. */
type Sums = Readonly<Record<string, readonly [tf.TensorInfo, string]>>;

/**
 * Sums over the rows of arrays [outer, rows, columns], `at` being the place in
 * an array, `row` the row of it and `c` the column. Slices of the rows are
 * summed side by side and then added in their order.
 */
export function columnSums(
  gpu: Gpu,
  { outer = 1, rows, columns, sums, arrays, factor = 1 }: {
    readonly outer?: number;
    readonly rows: number;
    readonly columns: number;
    readonly sums: Sums;
    readonly arrays: (element: "f32" | "vec4f") => Arrays;
    /** Multiplies the sums. */
    readonly factor?: number;
  },
): void {
  const element = columns % 4 === 0 ? "vec4f" : "f32";
  const across = element === "vec4f" ? columns / 4 : columns;
  const each = outer * across;
  const names = Object.keys(sums);
  const wanted = Math.ceil(gpu.tiling.invocations / each);
  const rowsEach = Math.ceil(rows / Math.min(rows, wanted));
  const slices = Math.ceil(rows / rowsEach);
  const loop = `
  let c = i % ${across}u;
  let part = (i / ${across}u) % ${outer}u;
  let slice = i / ${each}u;
  let end = min((slice + 1u) * ${rowsEach}u, ${rows}u);
  ${names.map((name) => `var ${name}Sum = ${element}();`).join(" ")}
  for (var r = slice * ${rowsEach}u; r < end; r++) {
    let row = part * ${rows}u + r;
    let at = row * ${across}u + c;
    ${
    Object.entries(sums).map(([name, [, term]]) => `${name}Sum += ${term};`)
      .join(" ")
  }
  }`;
  const read = arrays(element);
  const scaled = (name: string) => factor === 1 ? name : `${name} * ${factor}`;
  if (slices === 1) {
    return runLanes(gpu, {
      n: each,
      written: written(element, sums),
      read,
      body: `${loop}
  ${names.map((name) => `${name}[i] = ${scaled(`${name}Sum`)};`).join(" ")}`,
    });
  }
  const partial = gpu.output([slices, names.length, outer, columns]);
  const place = (k: number) =>
    `(slice * ${names.length}u + ${k}u) * ${each}u + i % ${each}u`;
  runLanes(gpu, {
    n: each * slices,
    written: { partial: [element, partial] },
    read,
    body: `${loop}
  ${names.map((name, k) => `partial[${place(k)}] = ${name}Sum;`).join(" ")}`,
  });
  runLanes(gpu, {
    n: each,
    written: written(element, sums),
    read: { partial: [element, partial] },
    body: `
  ${names.map((name) => `var ${name}Sum = ${element}();`).join(" ")}
  for (var slice = 0u; slice < ${slices}u; slice++) {
    ${names.map((name, k) => `${name}Sum += partial[${place(k)}];`).join(" ")}
  }
  ${names.map((name) => `${name}[i] = ${scaled(`${name}Sum`)};`).join(" ")}`,
  });
  gpu.free(partial);
}

function written(element: "f32" | "vec4f", sums: Sums): Arrays {
  return Object.fromEntries(
    Object.entries(sums).map((
      [name, [to]],
    ) => [name, [element, to] as const]),
  );
}
