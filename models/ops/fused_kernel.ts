/**
 * Named kernels of our own. A backend that has a fast one registers it under
 * its name; on every other backend the plain-tfjs composition, which is also
 * its definition, is registered the first time it is needed.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";

/** What a kernel takes: tensors by name, absent ones left out. */
export type KernelInputs = Readonly<Record<string, tf.Tensor>>;

/** Numbers and flags of a kernel that are not tensors. */
export type KernelAttributes = Readonly<Record<string, number | boolean>>;

/** The definition of a kernel in tfjs operations: tensors in, tensors out. */
export type Composition<
  I extends KernelInputs,
  A extends KernelAttributes,
> = (inputs: I, attributes: A) => tf.Tensor[];

const composed = new Set<string>();

/**
 * Runs kernel `name` on the current backend.
 *
 * @returns the outputs of the kernel, in its order
 */
export function runFused<I extends KernelInputs, A extends KernelAttributes>(
  name: string,
  options: {
    readonly inputs: I;
    readonly attributes: A;
    readonly composition: Composition<I, A>;
  },
): tf.Tensor[] {
  const backend = tf.getBackend();
  if (!isRegistered(name, backend)) {
    composed.add(`${backend} ${name}`);
    tf.registerKernel({
      kernelName: name,
      backendName: backend,
      // The kernel is always called through the engine with what runFused was given.
      kernelFunc: ({ inputs, attrs }) =>
        tf.tidy(() => options.composition(inputs as I, attrs as unknown as A)),
    });
  }
  const outputs: unknown = tf.engine().runKernel(
    name,
    { ...options.inputs },
    { ...options.attributes },
  );
  return outputs as tf.Tensor[];
}

/** Notes that a kernel of `backend` did a call that our fast one does not cover. */
export function recordFallback(
  name: string,
  { backend }: { readonly backend: string },
): void {
  composed.add(`${backend} ${name}`);
}

/** Names of kernels for which `backend` had no fast one: a composition ran, or tfjs's own. */
export function composedKernels(backend: string): readonly string[] {
  const prefix = `${backend} `;
  return [...composed].filter((entry) => entry.startsWith(prefix))
    .map((entry) => entry.slice(prefix.length)).sort();
}

/** Registers `config`, in place of the kernel of that name that the backend has now, if any. */
export function replaceKernel(config: tf.KernelConfig): void {
  if (isRegistered(config.kernelName, config.backendName)) {
    tf.unregisterKernel(config.kernelName, config.backendName);
  }
  composed.delete(`${config.backendName} ${config.kernelName}`);
  tf.registerKernel(config);
}

/** Whether `backend` has a kernel of that name. */
export function isRegistered(name: string, backend: string): boolean {
  const kernel: tf.KernelConfig | undefined = tf.getKernel(name, backend);
  return kernel !== undefined;
}
