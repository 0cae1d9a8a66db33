/**
 * WGSL for products of matrices, in two variants. The sizes are constants.
 *
 * @module
 */
import { BUILT_IN } from "../passes/lane_pass.ts";
import { ownBlocks } from "./own_blocks_code.ts";
import type { ProductParts } from "./product_parts.ts";
import type { ProductSizes } from "./product_tile.ts";
import { sharedTiles } from "./shared_tiles_code.ts";
import type { Precision } from "../gpu/tiling.ts";
import { groupsOf, type Program } from "../passes/work_groups.ts";

/**
 * The program of a product. Bindings: y, a, b, then bias and residual if there
 * are; y holds vec4f where its columns divide into fours.
 */
export function productProgram(
  sizes: ProductSizes,
  { precision, ...parts }: ProductParts & {
    /** Of tiles in shared memory; without them it is "single". */
    readonly precision: Precision;
  },
): Program {
  const { a, b, cut, epilogue } = parts;
  const { tile, lanes, slices, groups: [down, right] } = cut;
  const element = sizes.columns % 4 === 0 ? "vec4f" : "f32";
  const further = [
    ...epilogue.bias ? ["bias"] : [],
    ...epilogue.residualColumns === 0 ? [] : ["residual"],
  ];
  const groups = sizes.batch * down * right * slices;
  const { declarations, body } = tile === undefined
    ? { declarations: "", body: ownBlocks(sizes, { ...parts, lanes }) }
    : sharedTiles(sizes, { ...parts, precision, tile, lanes });
  const code = `${
    tile !== undefined && precision === "half" ? "enable f16;" : ""
  }
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
${declarations}
@compute @workgroup_size(${lanes})
fn main(${BUILT_IN}) {
  var group = g.y * count.x + g.x;
  // The last row of workgroups may be longer than the work.
  let isWork = group < ${groups}u;
  group = min(group, ${groups - 1}u);
  // Of what the lanes of a workgroup share a software driver loads one value for all.
  let slice = group % ${slices}u;
  let right = (group / ${slices}u) % ${right}u;
  let down = (group / ${slices * right}u) % ${down}u;
  let batch = group / ${slices * right * down}u;
  ${body}
}`;
  return { code, groups: groupsOf(groups, 1) };
}
