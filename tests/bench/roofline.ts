/**
 * Where a training step on wasm spends its time, by kernel and size of images,
 * and what each could take at least: its operations at the machine's peak, or
 * its tensors at the machine's bandwidth, whichever is longer.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";

/** Kernels that give another name to memory. */
const VIEWS: ReadonlySet<string> = new Set(["Cast", "Identity", "Reshape"]);

/** What one process reaches here. */
export interface Rates {
  /** Floating-point operations a second, of a product of matrices in the cache. */
  readonly operations: number;
  /** Bytes a second, read and written by a sum of tensors that fit in no cache. */
  readonly bytes: number;
}

/** The least time of some calls. */
function best(call: () => void): number {
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now();
    call();
    return performance.now() - start;
  });
  return Math.min(...times) / 1000; // twenty numbers
}

/** Measures both. */
export function ratesHere(): Rates {
  const side = 256;
  const matrix = tf.ones([side, side]) as tf.Tensor2D;
  const large = tf.ones([2 ** 24]);
  const rates = {
    operations: 2 * side ** 3 /
      best(() => tf.matMul(matrix, matrix).dispose()),
    bytes: 3 * 4 * large.size / best(() => tf.add(large, large).dispose()),
  };
  tf.dispose([matrix, large]);
  return rates;
}

/** What the calls of a kernel have taken and moved. */
interface Spent {
  milliseconds: number;
  calls: number;
  operations: number;
  bytes: number;
}

/** The times of kernels since they were cleared. */
export interface Profile {
  clear(): void;
  /** A table, kernels that take longest first. */
  lines(steps: number, rates: Rates): readonly string[];
}

/** Wraps every kernel of the backend "wasm". */
export function profileKernels(): Profile {
  const spent = new Map<string, Spent>();
  for (const kernel of tf.getKernelsForBackend("wasm")) {
    tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel({
      ...kernel,
      kernelFunc(call) {
        const start = performance.now();
        const outputs = kernel.kernelFunc(call);
        const milliseconds = performance.now() - start;
        const tensors = [...Object.values(call.inputs), outputs].flat()
          .flatMap((tensor) => tensor?.shape === undefined ? [] : [tensor]);
        const name = `${kernel.kernelName}${sideOf(tensors)}`;
        const before = spent.get(name) ??
          { milliseconds: 0, calls: 0, operations: 0, bytes: 0 };
        spent.set(name, {
          milliseconds: before.milliseconds + milliseconds,
          calls: before.calls + 1,
          operations: before.operations +
            operationsOf(kernel.kernelName, tensors),
          bytes: before.bytes +
            (VIEWS.has(kernel.kernelName)
              ? 0
              : tensors.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0)),
        });
        return outputs;
      },
    });
  }
  return {
    clear: () => spent.clear(),
    lines(steps, rates) {
      const rows = [...spent].sort(([, a], [, b]) =>
        b.milliseconds - a.milliseconds
      ).map(([name, { milliseconds, calls, operations, bytes }]) => ({
        name,
        calls: calls / steps,
        took: milliseconds / steps,
        least: 1000 / steps *
          Math.max(operations / rates.operations, bytes / rates.bytes),
      }));
      const sum = (of: "took" | "least") =>
        rows.reduce((sum, row) => sum + row[of], 0);
      return [
        `peak ${(rates.operations / 1e9).toFixed(1)} GFLOP/s, bandwidth ${
          (rates.bytes / 1e9).toFixed(1)
        } GB/s`,
        ...rows.map(({ name, calls, took, least }) =>
          `${name.padEnd(34)} ${took.toFixed(2).padStart(7)} ms, at least ${
            least.toFixed(2).padStart(6)
          }, ${calls} calls`
        ),
        `${"all".padEnd(34)} ${
          sum("took").toFixed(2).padStart(7)
        } ms, at least ${sum("least").toFixed(2).padStart(6)}`,
      ];
    },
  };
}

const sizeOf = (shape: readonly number[]) =>
  shape.reduce((size, length) => size * length, 1);

/** The side of the largest images among some tensors, " 16 × 16"; "" where there are none. Filters are not square in these places. */
function sideOf(
  tensors: readonly { readonly shape: readonly number[] }[],
): string {
  const side = Math.max(
    0,
    ...tensors.map(({ shape: [, height, width] }) =>
      height !== undefined && height === width ? height : 0
    ),
  );
  return side === 0 ? "" : ` ${side} × ${side}`;
}

/** Those of products: of F(4×4, 3×3) where it is, the least that is known. */
function operationsOf(
  name: string,
  tensors: readonly { readonly shape: readonly number[] }[],
): number {
  if (!name.startsWith("Conv2D")) return 0;
  const filter = tensors.find(({ shape }) =>
    shape.length === 4 && shape[0] === 3 && shape[1] === 3
  );
  const images = tensors.filter((tensor) => tensor !== filter);
  const [, , channels = 0, columns = 0] = filter?.shape ?? [];
  const pixels = Math.max(
    ...images.map(({ shape }) => sizeOf(shape.slice(0, 3))),
  );
  const products = channels < 8 ? 9 : 36 / 16;
  return 2 * products * channels * columns * pixels;
}
