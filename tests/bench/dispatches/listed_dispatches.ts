/**
 * The dispatches of a captured step, each with the kernel of tfjs's that it
 * computes for.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Gpu } from "../../../models/kernels/webgpu/gpu/gpu.ts";
import { captureStep } from "../../../models/replay/capture.ts";
import type {
  Command,
  Recording,
} from "../../../models/kernels/webgpu/gpu/recording.ts";
import { operationsOf } from "./operations_of.ts";

/** A dispatch, and what it does. */
export interface ListedDispatch {
  readonly command: Extract<Command, { kind: "dispatch" }>;
  /** Number of the kernel's call in the step; all of one call belong together. */
  readonly call: number;
  /** Name and shapes of the kernel, e.g. `BatchMatMul 128×64 64×10`. */
  readonly kernel: string;
  /** Workgroups, and invocations of all of them. */
  readonly groups: number;
  readonly lanes: number;
  /** Floating-point operations of products and convolutions. */
  readonly operations: number;
  /** Of everything that is bound, each once. */
  readonly bytes: number;
}

/** A captured step and its dispatches. */
export interface ListedStep {
  readonly recording: Recording;
  readonly dispatches: readonly ListedDispatch[];
  dispose(): void;
}

interface KernelCall {
  readonly kernel: string;
  readonly operations: number;
}

/** Captures a step and lists its dispatches in their order. */
export function listDispatches(gpu: Gpu, step: () => tf.Tensor): ListedStep {
  const calls: (KernelCall | undefined)[] = [];
  const callOf: number[] = [];
  const open: number[] = [];
  const restore = [
    onKernels(() => {
      open.push(calls.push(undefined) - 1);
      return (call) => {
        calls[open.pop() as number] = call;
      };
    }),
    onDispatch(() => {
      callOf.push(
        open.at(-1) ?? calls.push({ kernel: "(update)", operations: 0 }) - 1,
      );
    }),
  ];
  let captured: ReturnType<typeof captureStep>;
  try {
    captured = captureStep(gpu, { step, carried: [] });
  } finally {
    for (const undo of restore) undo();
  }
  const commands = captured.recording.commands
    .filter((command) => command.kind === "dispatch");
  if (commands.length !== callOf.length) {
    throw new Error(
      `Cannot list dispatches: ${commands.length} were recorded and ${callOf.length} seen`,
    );
  }
  return {
    recording: captured.recording,
    dispatches: commands.map((command, i) => {
      const call = callOf[i] as number;
      const { kernel, operations } = calls[call] as KernelCall;
      const [x, y, z] = command.groups;
      const own = commands.filter((_, k) => callOf[k] === call);
      // Of several dispatches those that multiply: not what packs a filter or adds slices.
      const multiply = own.filter(({ code }) => code.includes("fma("));
      const share = multiply.length === 0
        ? 1 / own.length
        : multiply.includes(command)
        ? 1 / multiply.length
        : 0;
      return {
        command,
        call,
        kernel,
        groups: x * y * z,
        lanes: x * y * z * workgroupSize(command.code),
        operations: operations * share,
        bytes: command.bound.reduce((sum, { size }) => sum + size, 0),
      };
    }),
    dispose: captured.dispose,
  };
}

/** Invocations of a workgroup, by the text of a program. */
function workgroupSize(code: string): number {
  const sizes = /@workgroup_size\(([^)]*)\)/.exec(code)?.[1] ?? "1";
  return sizes.split(",").reduce((product, size) => {
    const name = size.trim();
    const constant = new RegExp(`const ${name} = (\\d+)`).exec(code)?.[1];
    return product * (parseInt(constant ?? name) || 1);
  }, 1);
}

/** Calls `before` when a kernel begins, and what it gives when the kernel ends. Gives what undoes it. */
function onKernels(
  before: () => (call: KernelCall) => void,
): () => void {
  const kernels = tf.getKernelsForBackend("webgpu");
  const replace = (config: tf.KernelConfig) => {
    tf.unregisterKernel(config.kernelName, "webgpu");
    tf.registerKernel(config);
  };
  for (const config of kernels) {
    const { kernelName, kernelFunc } = config;
    replace({
      ...config,
      kernelFunc(call) {
        const after = before();
        let described: KernelCall = { kernel: kernelName, operations: 0 };
        try {
          const outputs = kernelFunc(call);
          described = describe(kernelName, { call, outputs });
          return outputs;
        } finally {
          after(described);
        }
      },
    });
  }
  return () => kernels.forEach(replace);
}

function describe(
  kernel: string,
  { call: { inputs, attrs }, outputs }: {
    readonly call: Parameters<tf.KernelFunc>[0];
    readonly outputs: tf.TensorInfo | tf.TensorInfo[];
  },
): KernelCall {
  const tensors = Object.entries(inputs).flatMap(([name, tensor]) =>
    tensor === undefined || tensor === null
      ? []
      : [[name, tensor.shape] as const]
  );
  const output = [outputs].flat()[0]?.shape ?? [];
  return {
    kernel: [
      kernel,
      ...tensors.slice(0, 2).map(([, shape]) => shape.join("×") || "1"),
    ].join(" "),
    operations: operationsOf(kernel, {
      inputs: Object.fromEntries(tensors),
      output,
      attributes: (attrs ?? {}) as unknown as Readonly<Record<string, unknown>>,
    }),
  };
}

/** Calls `seen` at every dispatch of the process. Gives what undoes it. */
function onDispatch(seen: () => void): () => void {
  const { prototype } = GPUComputePassEncoder;
  const dispatch = prototype.dispatchWorkgroups;
  prototype.dispatchWorkgroups = function (...groups) {
    seen();
    return dispatch.apply(this, groups);
  };
  return () => {
    prototype.dispatchWorkgroups = dispatch;
  };
}
