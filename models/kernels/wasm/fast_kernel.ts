import {
  type Call,
  type FastKernelOf,
  registerFastKernels as register,
} from "../fast_kernel.ts";
import type { Heap } from "./heap.ts";

export { areFloats, input, type KernelOutput } from "../fast_kernel.ts";

/** What a kernel of the wasm backend is called with. */
export type KernelCall = Call & { readonly heap: Heap };

/** A kernel of the wasm backend. */
export type FastKernel = FastKernelOf<{ readonly heap: Heap }>;

/** Registers `kernels` by name for the wasm backend. */
export function registerFastKernels(
  kernels: Readonly<Record<string, FastKernel>>,
  heap: Heap,
): void {
  register(kernels, { backend: "wasm", own: { heap } });
}
