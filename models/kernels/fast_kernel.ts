import * as tf from "@tensorflow/tfjs-core";
import { recordFallback, replaceKernel } from "../ops/fused_kernel.ts";

/** What a fast kernel is called with, besides what its backend gives it. */
export interface Call {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly attrs: unknown;
}

/** What it gives. `undefined`: it does not cover this call, tfjs's own kernel has to. */
export type KernelOutput = tf.TensorInfo | tf.TensorInfo[] | undefined;

/** A kernel of ours for a backend that gives its kernels `Own`. */
export type FastKernelOf<Own> = (call: Call & Own) => KernelOutput;

/** tfjs's own kernels that ours replaced, by name and backend: a backend may be started again. */
const replaced = new Map<string, tf.KernelConfig | undefined>();

/** tfjs's kernel, whether or not one of ours is registered in its place now. */
function tfjsKernel(
  name: string,
  backend: string,
): tf.KernelConfig | undefined {
  const key = `${backend} ${name}`;
  if (!replaced.has(key)) replaced.set(key, tf.getKernel(name, backend));
  return replaced.get(key);
}

/** Registers `kernels` by name for a backend, tfjs's own kept for what they do not cover. */
export function registerFastKernels<Own extends object>(
  kernels: Readonly<Record<string, FastKernelOf<Own>>>,
  { backend: backendName, own: given }: {
    readonly backend: "wasm" | "webgpu";
    readonly own: Own;
  },
): void {
  for (const [kernelName, fast] of Object.entries(kernels)) {
    const own = tfjsKernel(kernelName, backendName);
    replaceKernel({
      ...own,
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const outputs = fast({ inputs, attrs, ...given });
        if (outputs !== undefined) return outputs;
        if (own === undefined) {
          throw new RangeError(
            `Cannot run kernel "${kernelName}" on the ${backendName} backend: its data types or layout are not supported`,
          );
        }
        if (isLarge(inputs)) {
          recordFallback(kernelName, { backend: backendName });
        }
        return attrs === undefined
          ? own.kernelFunc({ inputs, backend })
          : own.kernelFunc({ inputs, backend, attrs });
      },
    });
  }
}

/** Whether a call works on so many floats that its speed is felt. */
function isLarge(inputs: tf.NamedTensorInfoMap): boolean {
  return Object.values(inputs).some((tensor) =>
    tensor?.dtype === "float32" && tf.util.sizeFromShape(tensor.shape) >= 4096
  );
}

/** The tensor `name` of a call, which must be there. */
export function input(call: Call, name: string): tf.TensorInfo {
  const tensor = call.inputs[name];
  if (tensor === undefined || tensor === null) {
    throw new RangeError(`Cannot run a kernel: its input "${name}" is missing`);
  }
  return tensor;
}

/** Whether all `tensors` hold float32 values. */
export function areFloats(...tensors: readonly tf.TensorInfo[]): boolean {
  return tensors.every((tensor) => tensor.dtype === "float32");
}
