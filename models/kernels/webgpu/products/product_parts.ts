/**
 * What products are made of, and how they are written.
 *
 * @module
 */
import type { Operand } from "./operand.ts";
import type { ProductCut } from "./product_cut.ts";
import type { ProductSizes } from "./product_tile.ts";
import { positivePart } from "../passes/positive_part.ts";
import { range } from "../passes/work_groups.ts";

/** What is done to a product before it is written. */
export interface ProductEpilogue {
  readonly bias: boolean;
  /** Columns of a residual [row, column] that is added, a multiple of 4; 0 for none. */
  readonly residualColumns: number;
  readonly relu: boolean;
}

/** What a product is made of. */
export interface ProductParts {
  readonly a: Operand;
  readonly b: Operand;
  readonly cut: ProductCut;
  readonly epilogue: ProductEpilogue;
}

/** WGSL that writes four places of a row, those that are there. */
export function storeFour(
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
      relu ? positivePart("value", "vec4f") : "value"
    }; } }`;
  }
  return `${open} ${
    range(4).map((v) => {
      const column = `(${column4} * 4u + ${v}u)`;
      const value = `(${sum}.${"xyzw"[v]}${bias ? ` + bias[${column}]` : ""})`;
      return `if (${column} < ${columns}u) { y[line * ${columns}u + ${column}] = ${
        relu ? positivePart(value, "f32") : value
      }; }`;
    }).join(" ")
  } }`;
}
