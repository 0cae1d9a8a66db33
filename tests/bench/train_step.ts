/**
 * Times training steps of one network in this process and prints them as JSON:
 * train_step.ts NETWORK kernels|vanilla|profile|webgpu|webgpu-vanilla STEPS.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { stream } from "../../engine/random.ts";
import { registerWasmKernels } from "../../models/kernels/wasm/register.ts";
import { adamWState, adamWUpdate } from "../../models/ops/optimizer_update.ts";
import { softmaxCrossEntropy } from "../../models/ops/cross_entropy.ts";
import { findAdapter, startWebGpu } from "../../models/webgpu.ts";
import {
  type Parameters,
  R8_SHAPES,
  r8Logits,
} from "../models/kernels/r8_network.ts";
import { startWasmBackend } from "../models/kernels/wasm_backend.ts";
import { MLP_SHAPES, mlpLogits, VIT_SHAPES, vitLogits } from "./networks.ts";
import { convolveByProducts } from "./vanilla_convolution.ts";

const [network = "r8", mode = "kernels", steps = "12"] = Deno.args;
const WARM_UP = 3;
const BATCH = 128;

const NETWORKS: Readonly<
  Record<string, {
    readonly shapes: Readonly<Record<string, readonly number[]>>;
    readonly logits: (parameters: Parameters, x: tf.Tensor4D) => tf.Tensor2D;
  }>
> = {
  r8: { shapes: R8_SHAPES, logits: r8Logits },
  mlp: { shapes: MLP_SHAPES, logits: mlpLogits },
  vit: { shapes: VIT_SHAPES, logits: vitLogits },
};

/** Whose kernels run on WebGPU, if that is what is timed. */
const onWebGpu = mode === "webgpu"
  ? "ours"
  : mode === "webgpu-vanilla"
  ? "tfjs"
  : undefined;
let tick = () => {};
if (onWebGpu === undefined) {
  await startWasmBackend();
  if (mode === "vanilla") convolveByProducts();
  else await registerWasmKernels();
} else {
  const adapter = await findAdapter("any");
  if (adapter === null) {
    throw new Error("Cannot time WebGPU: there is no adapter");
  }
  ({ tick } = await startWebGpu(adapter, { kernels: onWebGpu }));
}

const spent = new Map<string, { milliseconds: number; calls: number }>();
if (mode === "profile") {
  for (const kernel of tf.getKernelsForBackend("wasm")) {
    tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel({
      ...kernel,
      kernelFunc: (call) => {
        const start = performance.now();
        const outputs = kernel.kernelFunc(call);
        const entry = spent.get(kernel.kernelName) ??
          { milliseconds: 0, calls: 0 };
        entry.milliseconds += performance.now() - start;
        entry.calls += 1;
        spent.set(kernel.kernelName, entry);
        return outputs;
      },
    });
  }
}

const chosen = NETWORKS[network];
if (chosen === undefined) {
  throw new RangeError(`Cannot time "${network}": it is not a known network`);
}
const random = stream(0, "benchmark");
const parameters: Parameters = Object.fromEntries(
  Object.entries(chosen.shapes).map(([name, shape]) => {
    const n = shape.reduce((product, size) => product * size, 1);
    const width = Math.sqrt(2 / (n / (shape.at(-1) ?? 1)));
    const values = Float32Array.from(
      { length: n },
      () =>
        shape.length > 1
          ? random.normal() * width
          : name.includes("scale")
          ? 1
          : 0,
    );
    return [name, tf.tidy(() => tf.variable(tf.tensor(values, [...shape])))];
  }),
);
const x = tf.tensor4d(
  Float32Array.from({ length: BATCH * 32 * 32 * 3 }, () => random.normal()),
  [BATCH, 32, 32, 3],
);
const labels = tf.tensor1d(
  Int32Array.from({ length: BATCH }, () => random.integer(10)),
  "int32",
);
const variables = Object.values(parameters);
const state = adamWState(variables);
const logits = chosen.logits;

async function trainStep(step: number): Promise<void> {
  const loss = tf.tidy(() => {
    const { value, grads } = tf.variableGrads(
      () =>
        softmaxCrossEntropy(logits(parameters, x), labels, { smoothing: 0 }),
      variables,
    );
    adamWUpdate(
      variables,
      variables.map((variable) => grads[variable.name] as tf.Tensor),
      state,
      {
        step,
        learningRate: 1e-3,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weightDecay: variables.map((variable) => variable.rank > 1 ? 0.01 : 0),
      },
    );
    return value;
  });
  await loss.data();
  loss.dispose();
  tick();
}

const count = Number(steps);
const times: number[] = [];
for (let step = 1; step <= WARM_UP + count; step++) {
  if (step === WARM_UP + 1) spent.clear();
  const start = performance.now();
  await trainStep(step);
  if (step > WARM_UP) times.push(performance.now() - start);
}

function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

if (mode === "profile") {
  const entries = [...spent].sort(([, a], [, b]) =>
    b.milliseconds - a.milliseconds
  );
  for (const [name, { milliseconds, calls }] of entries) {
    write(
      `${name.padEnd(32)} ${(milliseconds / count).toFixed(2)} ms a step, ${
        calls / count
      } calls`,
    );
  }
} else write(JSON.stringify(times));
