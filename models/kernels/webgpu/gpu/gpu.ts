/**
 * Passes of our own on tfjs's WebGPU backend: WGSL programs over the buffers
 * of tensors, recorded into the commands that tfjs is gathering.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { collectGarbage } from "../../../../engine/define/collect_garbage.ts";
import type { Tape } from "./tape.ts";
import { programsOf } from "./programs.ts";
import type { Precision, Tiling } from "./tiling.ts";

/** One dispatch of a program. */
export interface Pass {
  /** WGSL with the entry point `main`; bindings 0, 1, … of group 0 are the buffers. */
  readonly code: string;
  /** What is bound, in order: written tensors, read tensors, buffers that are no tensor's. */
  readonly bind: readonly (tf.TensorInfo | GPUBufferBinding)[];
  /** How many of the first tensors are written. */
  readonly written: number;
  /** Number of workgroups. */
  readonly groups: readonly [x: number, y?: number, z?: number];
}

/** Takes a write in place of the device, or says that it does not. */
export type TakeWrite = (
  buffer: GPUBuffer,
  values: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
) => boolean;

/** The device behind tfjs's backend, for kernels. */
export interface Gpu {
  readonly device: GPUDevice;
  /** Sizes of tiles that suit the adapter. */
  readonly tiling: Tiling;
  /** How exactly products are computed in tiles: whoever sets "half" must know that it is enough and that the device has it. */
  precision: Precision;
  /** A tensor that a pass will write; its values are undefined until then. */
  output(shape: readonly number[], dtype?: "float32" | "int32"): tf.TensorInfo;
  /** Gives back a tensor that was made by `output` and that nobody else has. */
  free(tensor: tf.TensorInfo): void;
  /** Records a pass. */
  run(pass: Pass): void;
  /** A buffer of at least `bytes` that every call with the same name gets: for what lives from one pass to the next. */
  workspace(name: string, bytes: number): GPUBuffer;
  /** How many tensors share the values of this one. */
  references(tensor: tf.TensorInfo): number;
  /** Writes a buffer after everything that was recorded so far: the way for numbers that change from step to step. */
  write(
    buffer: GPUBuffer,
    values: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
  ): void;
  /** Offers what `during` writes to `take` first, and writes what that does not take. */
  redirect<T>(take: TakeWrite, during: () => T): T;
  /** Records what the device does. */
  readonly tape: Tape;
  /** Forgets what was read back of a tensor whose buffer others than tfjs wrote. */
  touched(tensor: tf.TensorInfo): void;
  /** Submits what was recorded so far. */
  flush(): void;
  /** The buffer in which a tensor lies now. */
  bufferOf(tensor: tf.TensorInfo): GPUBuffer;
  /**
   * Takes a buffer out of tfjs's pool for good, if no tensor has it: then it is
   * the caller's. `"in use"`: a tensor has it; `"unknown"`: it is not tfjs's.
   */
  claim(buffer: GPUBuffer): "claimed" | "in use" | "unknown";
  /** Frees the buffers of tfjs's pool that no tensor has. */
  trim(): void;
  /**
   * Says which architecture is trained or used next. If it is another than the last,
   * everything that was made for that one is let go before memory is needed
   * anew: all programs and workspaces.
   */
  turnTo(architecture: string): void;
}

/** Where tfjs keeps the values of a tensor. */
interface TensorData {
  resource: GPUBuffer;
  values?: ArrayLike<number> | null;
  readonly dtype: string;
  /** Whether the buffer is not of tfjs's pool. */
  external?: boolean;
}

/** The parts of the backend that are used here although some are private to tfjs 4.22.0. */
interface Internals {
  readonly device: GPUDevice;
  readonly tensorMap: { get(id: object): TensorData };
  readonly commandQueueOwnedIds: WeakSet<object>;
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  /** tfjs's own programs. */
  pipelineCache: Record<string, unknown>;
  uploadToGPU(id: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  makeTensorInfo(shape: readonly number[], dtype: string): tf.TensorInfo;
  disposeData(id: object, force?: boolean): boolean;
  readonly bufferManager: {
    readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>;
    readonly usedBuffers: ReadonlyMap<string, GPUBuffer[]>;
    numFreeBuffers: number;
    numBytesAllocated: number;
  };
  refCount(id: object): number;
}

/** Opens the device of a running backend. */
export function openGpu(
  backend: WebGPUBackend,
  { tiling, tape, collect = collectGarbage }: {
    readonly tiling: Tiling;
    readonly tape: Tape;
    readonly collect?: () => void;
  },
): Gpu {
  const own = backend as unknown as Internals;
  const { device } = own;
  const programs = programsOf(device);
  const workspaces = new Map<string, GPUBuffer>();
  let taking: TakeWrite | undefined;
  let architecture: string | undefined;

  function bufferOf(tensor: tf.TensorInfo): GPUBuffer {
    own.uploadToGPU(tensor.dataId);
    return own.tensorMap.get(tensor.dataId).resource;
  }

  /** What uses or used the constants of recordings. */
  const constants = new WeakMap<GPUBuffer, TensorData>();
  const upload = own.uploadToGPU.bind(own);
  // A buffer of the pool would serve other tensors too, so each step would have to set it anew.
  own.uploadToGPU = (id) => {
    const data = own.tensorMap.get(id);
    const { values, dtype } = data;
    if (!tape.recording || data.resource || !values) return upload(id);
    data.resource = tape.constant(
      dtype === "float32" ? Float32Array.from(values) : Int32Array.from(values),
    );
    data.external = true;
    data.values = null;
    constants.set(data.resource, data);
  };

  function submit(): void {
    if (own.commandEncoder === null) return;
    own.endComputePassEncoder();
    own.submitQueue();
  }

  return {
    device,
    tiling,
    precision: "single",
    output: (shape, dtype = "float32") => own.makeTensorInfo([...shape], dtype),
    free(tensor) {
      own.disposeData(tensor.dataId);
    },
    workspace(name, bytes) {
      let buffer = workspaces.get(name);
      if (buffer === undefined || buffer.size < bytes) {
        // Passes that were recorded with a smaller one keep it.
        buffer = device.createBuffer({
          size: bytes,
          usage: GPUBufferUsage.STORAGE | GPUBufferUsage.UNIFORM,
        });
        workspaces.set(name, buffer);
      }
      return buffer;
    },
    references: ({ dataId }) => own.refCount(dataId),
    run({ code, bind, written, groups }) {
      const { pipeline, layout } = programs.programOf(code);
      const group = device.createBindGroup({
        layout,
        entries: bind.map((one, binding) => ({
          binding,
          resource: "dataId" in one ? { buffer: bufferOf(one) } : one,
        })),
      });
      own.ensureCommandEncoderReady();
      own.computePassEncoder ??= (own.commandEncoder as GPUCommandEncoder)
        .beginComputePass();
      own.computePassEncoder.setPipeline(pipeline);
      own.computePassEncoder.setBindGroup(0, group);
      own.computePassEncoder.dispatchWorkgroups(...groups);
      for (const [i, one] of bind.entries()) {
        if (!("dataId" in one)) continue;
        // Its buffer must not serve another tensor before the submit.
        own.commandQueueOwnedIds.add(one.dataId);
        // What was read back before is no longer what the buffer holds.
        if (i < written) own.tensorMap.get(one.dataId).values = null;
      }
      own.dispatchCountInPass++;
      const most = tf.env().get("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE") as number;
      if (own.dispatchCountInPass >= most) submit();
    },
    write(buffer, values) {
      if (taking?.(buffer, values) === true) return;
      submit(); // a write overtakes what is recorded and not submitted
      tape.hostWrites(buffer);
      device.queue.writeBuffer(buffer, 0, values);
    },
    redirect(take, during) {
      const before = taking;
      taking = take;
      try {
        return during();
      } finally {
        taking = before;
      }
    },
    tape,
    touched({ dataId }) {
      own.tensorMap.get(dataId).values = null;
    },
    flush: submit,
    bufferOf,
    claim(buffer) {
      const constant = constants.get(buffer);
      if (constant !== undefined) {
        return constant.resource === buffer ? "in use" : "claimed";
      }
      const { bufferManager } = own;
      const key = `${buffer.size}_${buffer.usage}`;
      const free = bufferManager.freeBuffers.get(key) ?? [];
      const at = free.indexOf(buffer);
      if (at >= 0) {
        free.splice(at, 1);
        bufferManager.numFreeBuffers--;
        bufferManager.numBytesAllocated -= buffer.size;
        return "claimed";
      }
      return bufferManager.usedBuffers.get(key)?.includes(buffer) === true
        ? "in use"
        : "unknown";
    },
    trim() {
      submit();
      const { bufferManager } = own;
      for (const free of bufferManager.freeBuffers.values()) {
        for (const buffer of free.splice(0)) {
          bufferManager.numFreeBuffers--;
          bufferManager.numBytesAllocated -= buffer.size;
          buffer.destroy();
        }
      }
    },
    turnTo(next) {
      if (next === architecture) return;
      if (architecture !== undefined) {
        submit();
        programs.drop();
        own.pipelineCache = {};
        workspaces.clear();
        collect(); // V8 does not see how large they are
      }
      architecture = next;
    },
  };
}
