import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { KernelExports } from "./kernel_exports.ts";

/** Tensors of tfjs's wasm backend as addresses, and the kernels that work on them. */
export interface Heap {
  readonly kernels: KernelExports;
  /** The address of a tensor's values. */
  pointer(tensor: tf.TensorInfo): number;
  /** A new, uninitialised tensor. */
  output(shape: readonly number[], dtype?: "float32" | "int32"): tf.TensorInfo;
  /** Counts one more tensor that shares the values of this one. */
  share(tensor: tf.TensorInfo): void;
  /** How many tensors share the values of this one. */
  references(tensor: tf.TensorInfo): number;
  /**
   * Working space: one address for each size in bytes, valid until the next
   * call. Each part has room to spare behind it.
   */
  scratch(...sizes: readonly number[]): number[];
  /** Writes 32-bit integers at `address`. */
  writeIntegers(address: number, values: readonly number[]): void;
}

/** Room behind each part of the scratch: tiles may read past the end of an operand. */
const SLACK = 64;

/** The part of tfjs's own module that its types leave out. */
interface TfjsModule {
  readonly asm?: { readonly memory?: unknown };
  readonly _malloc: (bytes: number) => number;
  readonly _free: (address: number) => void;
}

/** The memory that tfjs's own module and ours work in. */
export function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  const { asm } = backend.wasm as unknown as TfjsModule;
  const memory = asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new Error(
      "Cannot share the memory of the wasm backend: this build of tfjs does not export it",
    );
  }
  return memory;
}

/** The heap of `backend`, whose memory `kernels` were started in. */
export function openHeap(backend: BackendWasm, kernels: KernelExports): Heap {
  const memory = memoryOf(backend);
  const module = backend.wasm as unknown as TfjsModule;
  let arena = 0;
  let capacity = 0;

  function allocate(bytes: number): number {
    const address = module._malloc(bytes) >>> 0;
    if (address === 0) {
      throw new RangeError(
        `Cannot allocate ${bytes} bytes for the wasm kernels: the heap is full`,
      );
    }
    return address;
  }

  return {
    kernels,
    pointer(tensor) {
      return backend.dataIdMap.get(tensor.dataId).memoryOffset;
    },
    output(shape, dtype = "float32") {
      // Allocated here, since tfjs does not notice when its own allocation fails.
      const bytes = tf.util.sizeFromShape([...shape]) * 4;
      return backend.makeOutput(
        [...shape],
        dtype,
        allocate(Math.max(bytes, 4)),
      );
    },
    share(tensor) {
      backend.incRef(tensor.dataId);
    },
    references(tensor) {
      return backend.refCount(tensor.dataId);
    },
    scratch(...sizes) {
      const rounded = sizes.map((size) => (size + SLACK + 63) & ~63);
      const total = rounded.reduce((sum, size) => sum + size, 0);
      if (total > capacity) {
        if (capacity > 0) module._free(arena);
        capacity = 0;
        arena = allocate(total);
        capacity = total;
      }
      let next = arena;
      return rounded.map((size) => (next += size) - size);
    },
    writeIntegers(address, values) {
      new Int32Array(memory.buffer, address, values.length).set(values);
    },
  };
}
