import { blockOf } from "./product_cut.ts";
import { type ProductParts, storeFour } from "./product_parts.ts";
import type { ProductSizes } from "./product_tile.ts";
import { range } from "../passes/work_groups.ts";

/** WGSL of a product on a software driver: each invocation computes its block alone: no shared memory, no barrier. */
export function ownBlocks(
  sizes: ProductSizes,
  { a, b, cut, epilogue, lanes }: ProductParts & { readonly lanes: number },
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
  let end = min((slice + 1u) * ${cut.depthEach}u, ${sizes.depth}u);
  for (var d = slice * ${cut.depthEach}u; d < end; d++) {
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
      storeFour(sizes, {
        epilogue,
        sum: name,
        row: `(firstRow * 4u + ${r}u)`,
        column4: column4(v),
      })
    ).join("\n  ")
  }`;
}
