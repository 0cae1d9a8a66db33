/**
 * WGSL for products of matrices, in two variants. The sizes are constants.
 *
 * @module
 */
import { groupsOf, type Program, range } from "./convolution_code.ts";
import { BUILT_IN } from "./lane_pass.ts";
import type { Operand } from "./operand.ts";
import {
  blockOf,
  lanesOf,
  type ProductCut,
  type ProductSizes,
  TILE,
  TILE_DEPTH,
  tilesOf,
  workgroups,
} from "./product_cut.ts";
import type { Precision, Tiling } from "./tiling.ts";

/** What is done to a product before it is written. */
export interface ProductEpilogue {
  readonly bias: boolean;
  /** Columns of a residual [row, column] that is added, a multiple of 4; 0 for none. */
  readonly residualColumns: number;
  readonly relu: boolean;
}

/** Elements of the tiles. */
const SINGLE = "vec4f";
const HALF = "vec4<f16>";

/**
 * The program of a product. Bindings: y, a, b, then bias and residual if there
 * are; y holds vec4f where its columns divide into fours.
 */
export function productProgram(
  sizes: ProductSizes,
  { a, b, cut, epilogue, tiling, precision }: {
    readonly a: Operand;
    readonly b: Operand;
    readonly cut: ProductCut;
    readonly epilogue: ProductEpilogue;
    readonly tiling: Tiling;
    /** Of tiles; without them it is "single". */
    readonly precision: Precision;
  },
): Program {
  const vector = sizes.columns % 4 === 0;
  const element = vector ? "vec4f" : "f32";
  const further = [
    ...epilogue.bias ? ["bias"] : [],
    ...epilogue.residualColumns === 0 ? [] : ["residual"],
  ];
  const [down, right] = tilesOf(sizes, tiling);
  const groups = workgroups(sizes, tiling) * cut.slices;
  const lanes = lanesOf(tiling);
  const body = tiling.name === "hardware"
    ? sharedTiles(sizes, { a, b, cut, epilogue, precision })
    : ownTiles(sizes, { a, b, cut, epilogue, lanes });
  const shared = TILE * TILE_DEPTH / 4;
  const isHalf = tiling.name === "hardware" && precision === "half";
  const inTile = isHalf ? HALF : SINGLE;
  const code = `${isHalf ? "enable f16;" : ""}
@group(0) @binding(0) var<storage, read_write> y: array<${element}>;
@group(0) @binding(1) var<storage, read> a: array<${a.element}>;
@group(0) @binding(2) var<storage, read> b: array<${b.element}>;
${
    further.map((name, i) =>
      `@group(0) @binding(${
        i + 3
      }) var<storage, read> ${name}: array<${element}>;`
    ).join("\n")
  }
${
    tiling.name === "hardware"
      ? `var<workgroup> tileA: array<${inTile}, ${shared}>;
var<workgroup> tileB: array<${inTile}, ${shared}>;`
      : ""
  }
@compute @workgroup_size(${lanes})
fn main(${BUILT_IN}) {
  var group = g.y * count.x + g.x;
  // The last row of workgroups may be longer than the work.
  let isWork = group < ${groups}u;
  group = min(group, ${groups - 1}u);
  // Of what the lanes of a workgroup share a software driver loads one value for all.
  let slice = group % ${cut.slices}u;
  let right = (group / ${cut.slices}u) % ${right}u;
  let down = (group / ${cut.slices * right}u) % ${down}u;
  let batch = group / ${cut.slices * right * down}u;
  ${body}
}`;
  return { code, groups: groupsOf(groups, 1) };
}

interface Parts {
  readonly a: Operand;
  readonly b: Operand;
  readonly cut: ProductCut;
  readonly epilogue: ProductEpilogue;
}

/** Each invocation computes its block alone: no shared memory, no barrier. */
function ownTiles(
  sizes: ProductSizes,
  { a, b, cut, epilogue, lanes }: Parts & { readonly lanes: number },
): string {
  const { down, right } = blockOf(sizes);
  const row4 = (v: number) => `(firstRow + ${v}u)`;
  const column4 = (v: number) => `(firstColumn + ${v}u)`;
  const sums = range(4 * down).flatMap((r) =>
    range(right).map((v) => ({ r, v, name: `sum${r}_${v}` }))
  );
  const multiply = sums.map(({ r, v, name }) =>
    `${name} = fma(vec4f(a${r >> 2}_0.${"xyzw"[r % 4]}), b${v}_0, ${name});`
  );
  return `let firstRow = (down * ${lanes}u + l.x) * ${down}u;
  let firstColumn = right * ${right}u;
  ${sums.map(({ name }) => `var ${name} = vec4f();`).join(" ")}
  ${
    range(down).map((v) => a.prepare({ name: `a${v}_`, across4: row4(v) }))
      .join("\n  ")
  }
  ${
    range(right).map((v) => b.prepare({ name: `b${v}_`, across4: column4(v) }))
      .join("\n  ")
  }
  let end = min((slice + 1u) * ${cut.stepsEach}u, ${sizes.depth}u);
  for (var d = slice * ${cut.stepsEach}u; d < end; d++) {
      ${
    range(down).map((v) =>
      a.load({ name: `a${v}_`, across4: row4(v), depth: "d" })
    ).join("\n      ")
  }
      ${
    range(right).map((v) =>
      b.load({ name: `b${v}_`, across4: column4(v), depth: "d" })
    ).join("\n      ")
  }
      ${multiply.join("\n      ")}
  }
  ${
    sums.map(({ r, v, name }) =>
      store(sizes, {
        epilogue,
        sum: name,
        row: `(firstRow * 4u + ${r}u)`,
        column4: column4(v),
      })
    ).join("\n  ")
  }`;
}

/**
 * A workgroup loads a tile of either factor into shared memory, one 4×4 block
 * by each invocation, half of them of `a` and half of `b`; then each computes
 * 4×4 places of the output from them.
 */
function sharedTiles(
  sizes: ProductSizes,
  { a, b, cut, epilogue, precision }: Parts & {
    readonly precision: Precision;
  },
): string {
  const isHalf = precision === "half";
  const inTile = isHalf ? HALF : SINGLE;
  // In half precision a tile is summed on its own, so that the sum of all stays exact.
  const sum = isHalf ? "part" : "sum";
  const fours = TILE / 4;
  const depths = TILE_DEPTH / 4;
  const steps = Math.ceil(sizes.depth / TILE_DEPTH);
  const load = (operand: Operand, name: string, tile: string) => `
        ${operand.load({ name, across4: "across4", depth: "depth4" })}
        ${
    range(4).map((j) =>
      `${tile}[place + ${j * fours}u] = ${inTile}(${name}${j});`
    ).join(
      " ",
    )
  }`;
  return `let half = l.x / ${fours * depths}u;
  let ownAcross = l.x % ${fours}u;
  let ownDepth = (l.x / ${fours}u) % ${depths}u;
  let place = ownDepth * ${4 * fours}u + ownAcross;
  let across4 = select(right, down, half == 0u) * ${fours}u + ownAcross;
  ${a.prepare({ name: "a", across4: "across4" })}
  ${b.prepare({ name: "b", across4: "across4" })}
  let row4 = l.x / ${fours}u;
  let column4 = l.x % ${fours}u;
  ${range(4).map((r) => `var sum${r} = vec4f();`).join(" ")}
  let end = min((slice + 1u) * ${cut.stepsEach}u, ${steps}u);
  for (var step = slice * ${cut.stepsEach}u; step < end; step++) {
      let depth4 = step * ${depths}u + ownDepth;
      if (half == 0u) {${load(a, "a", "tileA")}
      } else {${load(b, "b", "tileB")}
      }
      workgroupBarrier();
      ${
    isHalf ? range(4).map((r) => `var part${r} = ${HALF}();`).join(" ") : ""
  }
      for (var k = 0u; k < ${TILE_DEPTH}u; k++) {
        let left = tileA[k * ${fours}u + row4];
        let top = tileB[k * ${fours}u + column4];
        ${
    range(4).map((r) =>
      `${sum}${r} = fma(${inTile}(left.${"xyzw"[r]}), top, ${sum}${r});`
    ).join(" ")
  }
      }
      ${
    isHalf ? range(4).map((r) => `sum${r} += vec4f(part${r});`).join(" ") : ""
  }
      workgroupBarrier();
  }
  ${
    range(4).map((r) =>
      store(sizes, {
        epilogue,
        sum: `sum${r}`,
        row: `((down * ${fours}u + row4) * 4u + ${r}u)`,
        column4: `(right * ${fours}u + column4)`,
      })
    ).join("\n  ")
  }`;
}

/** Writes four places of a row, those that are there. */
function store(
  { batch, rows, columns }: ProductSizes,
  { epilogue: { bias, residualColumns, relu }, sum, row, column4 }: {
    readonly epilogue: ProductEpilogue;
    readonly sum: string;
    readonly row: string;
    readonly column4: string;
  },
): string {
  const line = `((slice * ${batch}u + batch) * ${rows}u + ${row})`;
  const open = `if (isWork && ${row} < ${rows}u) { let line = ${line};`;
  if (columns % 4 === 0) {
    const across = columns / 4;
    const left = residualColumns / 4;
    return `${open} if (${column4} < ${across}u) { var value = ${sum};
    ${bias ? `value += bias[${column4}];` : ""}
    ${
      residualColumns === 0
        ? ""
        : `if (${column4} < ${left}u) { value += residual[line * ${left}u + ${column4}]; }`
    }
    y[line * ${across}u + ${column4}] = ${
      relu ? "max(value, vec4f())" : "value"
    }; } }`;
  }
  return `${open} ${
    range(4).map((v) => {
      const column = `(${column4} * 4u + ${v}u)`;
      const value = `${sum}.${"xyzw"[v]}${bias ? ` + bias[${column}]` : ""}`;
      return `if (${column} < ${columns}u) { y[line * ${columns}u + ${column}] = ${
        relu ? `max(${value}, 0.0)` : value
      }; }`;
    }).join(" ")
  } }`;
}
