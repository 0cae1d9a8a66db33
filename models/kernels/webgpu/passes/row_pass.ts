import type { Gpu } from "../gpu/gpu.ts";
import { type Arrays, BUILT_IN, declarations, tensorsOf } from "./lane_pass.ts";
import { groupsOf, range } from "./work_groups.ts";

/** Code for one row of [rows, columns]. */
export interface RowCode {
  /** "vec4f" where rows divide into fours, else "f32": what `row arrays` hold. */
  readonly element: "vec4f" | "f32";
  /** Runs code for every element of the row; `at` is its place in the array, `c` in the row. */
  each(body: string): string;
  /** Makes `name`, of which each lane has its share as `element`, the f32 `nameAll` of the row. */
  total(name: string): string;
  /** Makes `name`, of which each lane has its share as `element`, the f32 `nameAll`: the highest value of the row. */
  highest(name: string): string;
  /** Runs code once for the row. */
  once(body: string): string;
}

/** Invocations of a workgroup that share their rows' work on a GPU. */
const SHARING = 64;

/**
 * Runs a program for every row of [rows, columns], `row` being its number.
 * On a software driver a lane computes a row. On a GPU several lanes do, and
 * add up in shared memory, always in the same order.
 */
export function runRows(
  gpu: Gpu,
  { rows, columns, arrays, body }: {
    readonly rows: number;
    readonly columns: number;
    readonly arrays: (element: RowCode["element"]) => {
      readonly written: Arrays;
      readonly read: Arrays;
    };
    readonly body: (code: RowCode) => string;
  },
): void {
  const element = columns % 4 === 0 ? "vec4f" : "f32";
  const across = element === "vec4f" ? columns / 4 : columns;
  const { written, read } = arrays(element);
  const software = gpu.tiling.name === "software";
  const share = software
    ? 1
    : Math.min(SHARING, 2 ** Math.ceil(Math.log2(across)));
  const lanes = software ? gpu.tiling.lanes : SHARING;
  gpu.run({
    code: `
${declarations(written, read)}
${share === 1 ? "" : `var<workgroup> shares: array<f32, ${lanes}>;`}
@compute @workgroup_size(${lanes})
fn main(${BUILT_IN}) {
  let group = g.y * count.x + g.x;
  let place = group * ${lanes / share}u + l.x / ${share}u;
  let lane = l.x % ${share}u;
  let isThere = place < ${rows}u;
  // Lanes without a row go through another's: at a barrier no lane may be missing.
  let row = min(place, ${rows - 1}u);
  ${body(rowCode({ element, across, share }))}
}`,
    bind: tensorsOf(written, read),
    written: Object.keys(written).length,
    groups: groupsOf(rows, lanes / share),
  });
}

function rowCode(
  { element, across, share }: {
    readonly element: RowCode["element"];
    readonly across: number;
    readonly share: number;
  },
): RowCode {
  const steps = range(Math.log2(share)).map((i) => share >> (i + 1));
  function reduce(
    name: string,
    { parts, join }: {
      /** One value of the four of a vector. */
      readonly parts: (vector: string) => string;
      readonly join: (a: string, b: string) => string;
    },
  ): string {
    const own = element === "vec4f" ? parts(name) : name;
    if (share === 1) return `let ${name}All = ${own};`;
    return `shares[l.x] = ${own};
  workgroupBarrier();
  ${
      steps.map((step) =>
        `if (lane < ${step}u) { shares[l.x] = ${
          join("shares[l.x]", `shares[l.x + ${step}u]`)
        }; }
  workgroupBarrier();`
      ).join("\n  ")
    }
  let ${name}All = shares[l.x - lane];
  workgroupBarrier();`;
  }
  return {
    element,
    each: (body) =>
      `for (var c = lane; c < ${across}u; c += ${share}u) { let at = row * ${across}u + c; ${body} }`,
    total: (name) =>
      reduce(name, {
        parts: (v) => `(${v}.x + ${v}.y) + (${v}.z + ${v}.w)`,
        join: (a, b) => `${a} + ${b}`,
      }),
    highest: (name) =>
      reduce(name, {
        parts: (v) => `max(max(${v}.x, ${v}.y), max(${v}.z, ${v}.w))`,
        join: (a, b) => `max(${a}, ${b})`,
      }),
    once: (body) => `if (isThere && lane == 0u) { ${body} }`,
  };
}
