import * as tf from "@tensorflow/tfjs-core";
import { columnSums } from "../passes/column_sums.ts";
import { areFloats, type FastKernel, input } from "../gpu/gpu_kernel.ts";
import { runRows } from "../passes/row_pass.ts";

/** Sum of tfjs over neighbouring axes. */
export const sum: FastKernel = reduction(() => 1);
/** Mean of tfjs over neighbouring axes. */
export const mean: FastKernel = reduction((count) => 1 / count);

/** Rows that are so long that a lane alone would be slow at one: slices of them are summed first. */
const LONG = 4096;

function reduction(factorOf: (count: number) => number): FastKernel {
  return (call) => {
    const { gpu } = call;
    const x = input(call, "x");
    const { axis, keepDims } = call.attrs as {
      readonly axis: number | number[];
      readonly keepDims: boolean;
    };
    if (!areFloats(x)) return undefined;
    const axes = tf.util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
    const [first = 0] = axes;
    if (!axes.every((value, i) => value === first + i)) return undefined;
    const middle = x.shape.slice(first, first + axes.length);
    const inner = x.shape.slice(first + axes.length);
    const outer = x.shape.slice(0, first);
    const [before, count, after] = [outer, middle, inner]
      .map((sizes) => tf.util.sizeFromShape(sizes)) as [number, number, number];
    if (before * count * after === 0) return undefined;
    const y = gpu.output([
      ...outer,
      ...(keepDims ? middle.map(() => 1) : []),
      ...inner,
    ]);
    const factor = factorOf(count);
    if (after > 1) {
      columnSums(gpu, {
        outer: before,
        rows: count,
        columns: after,
        sums: { y: [y, "x[at]"] },
        arrays: (element) => ({ x: [element, x] }),
        factor,
      });
      return y;
    }
    // A row of its own for each of `parts` shares of a long one.
    const parts = count > LONG ? commonDivisor(count) : 1;
    const sums = parts === 1 ? y : gpu.output([before, parts]);
    rowSums(call, {
      from: x,
      to: sums,
      rows: before * parts,
      columns: count / parts,
      factor,
    });
    if (parts > 1) {
      rowSums(call, {
        from: sums,
        to: y,
        rows: before,
        columns: parts,
        factor: 1,
      });
      gpu.free(sums);
    }
    return y;
  };
}

function rowSums(
  { gpu }: Parameters<FastKernel>[0],
  { from, to, rows, columns, factor }: {
    readonly from: tf.TensorInfo;
    readonly to: tf.TensorInfo;
    readonly rows: number;
    readonly columns: number;
    readonly factor: number;
  },
): void {
  runRows(gpu, {
    rows,
    columns,
    arrays: (element) => ({
      written: { y: ["f32", to] },
      read: { x: [element, from] },
    }),
    body: ({ element, each, total, once }) => `
  var sum = ${element}();
  ${each("sum += x[at];")}
  ${total("sum")}
  ${once(`y[row] = sumAll * ${factor};`)}`,
  });
}

/** The divisor of `n` next to √n. */
function commonDivisor(n: number): number {
  let divisor = Math.floor(Math.sqrt(n));
  while (n % divisor !== 0) divisor--;
  return divisor;
}
