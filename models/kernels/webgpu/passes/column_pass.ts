import type { Gpu } from "../gpu/gpu.ts";
import {
  type Arrays,
  BUILT_IN,
  declarations,
  runLanes,
  tensorsOf,
} from "./lane_pass.ts";
import { groupsOf, range } from "./work_groups.ts";

/** Invocations of a workgroup that share the rows of a few columns on a GPU. */
const SHARING = 256;
/** Neighbouring columns that they load together, at least where there are as many. */
const TOGETHER = 16;

/** How a workgroup on a GPU shares the rows of `n` columns: a power of two of columns, and as many lanes for each as are left. */
export function sharesOf(
  { n, rows }: { readonly n: number; readonly rows: number },
): { readonly across: number; readonly lanes: number } {
  const most = Math.max(TOGETHER, SHARING / Math.min(SHARING, upTo(rows)));
  const across = Math.min(upTo(n), most);
  return { across, lanes: SHARING / across };
}

/** The power of two that is not below `n`. */
function upTo(n: number): number {
  return 2 ** Math.ceil(Math.log2(n));
}

/**
 * Runs `body` for every column `i` of `n` and every slice `slice` of the rows,
 * with sums over the rows of the slice, always added in the same order.
 *
 * On a software driver a lane sums a slice. On a GPU many lanes do and add what
 * they have in shared memory: one lane alone would wait for memory at each row.
 */
export function runColumns(
  gpu: Gpu,
  { n, rows, slices = 1, element, written, read, before = "", sums, body }: {
    readonly n: number;
    readonly rows: number;
    readonly slices?: number;
    /** Type of the sums. */
    readonly element: "f32" | "vec4f";
    readonly written: Arrays;
    readonly read: Arrays;
    /** WGSL that runs before the rows. */
    readonly before?: string;
    /** By the name of a sum: WGSL that adds the row `r` to it. */
    readonly sums: Readonly<Record<string, string>>;
    /** WGSL that uses the sums. */
    readonly body: string;
  },
): void {
  const names = Object.keys(sums);
  const rowsEach = Math.ceil(rows / slices);
  const end = `min((slice + 1u) * ${rowsEach}u, ${rows}u)`;
  const sumRows = (first: string, step: number) =>
    `${names.map((name) => `var ${name} = ${element}();`).join(" ")}
  for (var r = slice * ${rowsEach}u${first}; r < ${end}; r += ${step}u) {
    ${Object.values(sums).join("\n    ")}
  }`;
  if (gpu.tiling.name === "software") {
    return runLanes(gpu, {
      n: n * slices,
      written,
      read,
      body: `
  let slice = i / ${n}u;
  i = i % ${n}u;
  ${before}
  ${sumRows("", 1)}
  ${body}`,
    });
  }
  const { across, lanes } = sharesOf({ n, rows: rowsEach });
  const blocks = Math.ceil(n / across);
  const groups = blocks * slices;
  const steps = range(Math.log2(lanes)).map((step) => lanes >> (step + 1));
  gpu.run({
    code: `
${declarations(written, read)}
${
      names.map((name) =>
        `var<workgroup> ${name}Shares: array<${element}, ${SHARING}>;`
      ).join("\n")
    }
@compute @workgroup_size(${SHARING})
fn main(${BUILT_IN}) {
  let group = g.y * count.x + g.x;
  let lane = l.x / ${across}u;
  // Lanes without a column go through another's: at a barrier no lane may be missing.
  let place = (group % ${blocks}u) * ${across}u + l.x % ${across}u;
  let i = min(place, ${n - 1}u);
  let slice = min(group / ${blocks}u, ${slices - 1}u);
  ${before}
  ${sumRows(" + lane", lanes)}
  ${names.map((name) => `${name}Shares[l.x] = ${name};`).join(" ")}
  ${
      steps.map((step) =>
        `workgroupBarrier();
  if (lane < ${step}u) { ${
          names.map((name) =>
            `${name} += ${name}Shares[l.x + ${
              step * across
            }u]; ${name}Shares[l.x] = ${name};`
          ).join(" ")
        } }`
      ).join("\n  ")
    }
  if (lane == 0u && place < ${n}u && group < ${groups}u) { ${body} }
}`,
    bind: tensorsOf(written, read),
    written: Object.keys(written).length,
    groups: groupsOf(groups, 1),
  });
}
