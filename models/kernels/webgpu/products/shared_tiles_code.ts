/**
 * WGSL of a product on a GPU: a workgroup computes a tile of the output from
 * tiles of its factors in shared memory.
 *
 * @module
 */
import type { Operand } from "./operand.ts";
import { type ProductParts, storeFour } from "./product_parts.ts";
import { type ProductSizes, tileDepth } from "./product_tile.ts";
import type { Precision, ProductTile } from "../gpu/tiling.ts";
import { range } from "../passes/work_groups.ts";

/** Code of a product. */
export interface SharedTilesCode {
  /** What stands before the entry point. */
  readonly declarations: string;
  readonly body: string;
}

/** A factor of a product and its tile in shared memory, [depth, across] in fours across. */
interface Side {
  readonly operand: Operand;
  readonly array: "tileA" | "tileB";
  /** Which tile across: a variable of the program. */
  readonly group: "down" | "right";
  /** Fours of the tile across. */
  readonly fours: number;
  /** Number of the first of its blocks of 4×4, counted through both sides. */
  readonly first: number;
  /** What one invocation takes from it, in fours. */
  readonly own: number;
}

/**
 * Invocations load the tiles of both factors block by block (4×4 places); then
 * each multiplies its rows with its columns, depth after depth, so that every
 * tile adds in the same order. The next blocks are on their way from memory
 * while the present ones are multiplied. Four depths are written out: a driver
 * does not unroll a loop to which WebGPU has added a bound.
 */
export function sharedTiles(
  sizes: ProductSizes,
  { a, b, cut, epilogue, precision, tile, lanes }: ProductParts & {
    readonly precision: Precision;
    readonly tile: ProductTile;
    readonly lanes: number;
  },
): SharedTilesCode {
  const { down, right } = tile;
  const depth = tileDepth(precision);
  const depths = depth / 4;
  const isHalf = precision === "half";
  const vector = isHalf ? "vec4<f16>" : "vec4f";
  const fours = { a: tile.rows / 4, b: tile.columns / 4 };
  const left: Side = {
    operand: a,
    array: "tileA",
    group: "down",
    fours: fours.a,
    first: 0,
    own: down,
  };
  const top: Side = {
    operand: b,
    array: "tileB",
    group: "right",
    fours: fours.b,
    first: fours.a * depths,
    own: right,
  };
  const blocks = (fours.a + fours.b) * depths;
  const rounds = range(Math.ceil(blocks / lanes)).map((round) =>
    loadRound({ round, sides: [left, top], lanes, depths, vector })
  );

  // A group of 32 lanes is four rows of eight: it reads the fewest different places.
  const across = fours.b / right;
  const near = Math.min(8, across);
  const rowOf = (r: number) => `(${r * (fours.a / down)}u + laneRow)`;
  const columnOf = (v: number) => `(${v * across}u + laneColumn)`;

  const sums = range(4 * down).flatMap((r) =>
    range(right).map((v) => ({ r, v, name: `${r}_${v}` }))
  );
  // In half precision a tile is summed on its own, so that the sum of all stays exact.
  const sum = isHalf ? "part" : "sum";
  const read = ({ array, fours, own, operand }: Side, name: string) => {
    const turn = operand.along === "depth" ? turnOf("d", fours) : "0u";
    const place = name === "left" ? rowOf : columnOf;
    return {
      begin: range(own).map((i) =>
        `let ${name}At${i} = d * ${4 * fours}u + (${place(i)} ^ ${turn});`
      ),
      at: (j: number) =>
        range(own).map((i) =>
          `let ${name}${i} = ${array}[${name}At${i} + ${j * fours}u];`
        ),
    };
  };
  const reads = [read(left, "left"), read(top, "top")];

  return {
    declarations: [left, top].map(({ array, fours }) =>
      `var<workgroup> ${array}: array<${vector}, ${fours * depth}>;`
    ).join("\n"),
    body: `let laneColumn = l.x % ${near}u + l.x / ${
      near * fours.a / down
    }u * ${near}u;
  let laneRow = l.x / ${near}u % ${fours.a / down}u;
  ${rounds.map(({ prepare }) => prepare).join("\n  ")}
  ${sums.map(({ name }) => `var sum${name} = vec4f();`).join(" ")}
  let first = slice * ${cut.depthEach / depth}u;
  let end = min(first + ${cut.depthEach / depth}u, ${
      Math.ceil(sizes.depth / depth)
    }u);
  for (var step = first; step <= end; step++) {
      if (step < end) {
        ${rounds.map(({ load }) => load).join("\n        ")}
      }
      if (step > first) {
        ${
      isHalf
        ? sums.map(({ name }) => `var part${name} = ${vector}();`).join(" ")
        : ""
    }
        for (var d = 0u; d < ${depths}u; d++) {
          ${reads.flatMap(({ begin }) => begin).join(" ")}
          ${
      range(4).map((j) =>
        `{ ${reads.flatMap(({ at }) => at(j)).join(" ")}
          ${
          sums.map(({ r, v, name }) =>
            `${sum}${name} = fma(${vector}(left${r >> 2}.${
              "xyzw"[r % 4]
            }), top${v}, ${sum}${name});`
          ).join(" ")
        } }`
      ).join("\n          ")
    }
        }
        ${
      isHalf
        ? sums.map(({ name }) => `sum${name} += vec4f(part${name});`).join(" ")
        : ""
    }
      }
      workgroupBarrier();
      if (step < end) {
        ${rounds.map(({ store }) => store).join("\n        ")}
      }
      workgroupBarrier();
  }
  ${
      sums.map(({ r, v, name }) =>
        storeFour(sizes, {
          epilogue,
          sum: `sum${name}`,
          row: `((down * ${fours.a}u + ${rowOf(r >> 2)}) * 4u + ${r % 4}u)`,
          column4: `(right * ${fours.b}u + ${columnOf(v)})`,
        })
      ).join("\n  ")
    }`,
  };
}

/**
 * How far the fours of one depth are turned: lanes that store blocks of one
 * place across and neighbouring depths then meet different banks.
 */
function turnOf(depth4: string, fours: number): string {
  return `((2u * ${depth4}) % ${fours}u)`;
}

/** Code with which each lane loads one block, or none: where it lies, its load into `held…`, and the store into shared memory. */
function loadRound(
  { round, sides, lanes, depths, vector }: {
    readonly round: number;
    readonly sides: readonly [Side, Side];
    readonly lanes: number;
    readonly depths: number;
    readonly vector: string;
  },
): { readonly prepare: string; readonly load: string; readonly store: string } {
  const [from, to] = [round * lanes, (round + 1) * lanes];
  const parts = sides.map((side) => {
    const { operand, array, group, fours, first } = side;
    const [begin, end] = [first, first + fours * depths];
    const name = `${array === "tileA" ? "a" : "b"}${round}_`;
    const own = `${name}Block`;
    const [across, depth] = operand.along === "across"
      ? [`${own} % ${fours}u`, `${own} / ${fours}u`]
      : [`${own} / ${depths}u`, `${own} % ${depths}u`];
    const turned = operand.along === "across"
      ? `${own}Across`
      : `(${own}Across ^ ${turnOf(`${own}Depth`, fours)})`;
    const place = { name, across4: `${own}Across4` };
    return {
      takes: from < end && to > begin,
      isWhole: from >= begin && to <= end,
      condition: `l.x >= ${Math.max(begin - from, 0)}u && l.x < ${end - from}u`,
      prepare: `let ${own} = clamp(l.x + ${from}u, ${begin}u, ${
        end - 1
      }u) - ${begin}u;
  let ${own}Across = ${across};
  let ${own}Depth = ${depth};
  let ${own}Across4 = ${group} * ${fours}u + ${own}Across;
  let ${own}Place = ${own}Depth * ${4 * fours}u + ${turned};
  ${operand.prepare(place)}`,
      load: `${
        operand.load({ ...place, depth: `(step * ${depths}u + ${own}Depth)` })
      }
        ${
        range(4).map((j) => `held${round}_${j} = ${vector}(${name}${j});`)
          .join(" ")
      }`,
      store: range(4).map((j) =>
        `${array}[${own}Place + ${j * fours}u] = held${round}_${j};`
      ).join(" "),
    };
  }).filter(({ takes }) => takes);
  const choose = (code: "load" | "store") =>
    parts.map((part) =>
      part.isWhole
        ? `{ ${part[code]} }`
        : `if (${part.condition}) { ${part[code]} }`
    ).join("\n        ");
  return {
    prepare: `${
      range(4).map((j) => `var held${round}_${j} = ${vector}();`).join(" ")
    }
  ${parts.map(({ prepare }) => prepare).join("\n  ")}`,
    load: choose("load"),
    store: choose("store"),
  };
}
