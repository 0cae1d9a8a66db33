import type { Call, FastKernelOf } from "../../fast_kernel.ts";
import type { Gpu } from "./gpu.ts";

export { areFloats, input, type KernelOutput } from "../../fast_kernel.ts";

/** What a kernel of the WebGPU backend is called with. */
export type KernelCall = Call & { readonly gpu: Gpu };

/** A kernel of the WebGPU backend. */
export type FastKernel = FastKernelOf<{ readonly gpu: Gpu }>;
