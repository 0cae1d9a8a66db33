/**
 * Times training steps of one network in this process and prints them as JSON,
 * in milliseconds: of each step the time until its loss is known, and the time
 * that JavaScript took for it:
 * train_step.ts NETWORK kernels|vanilla|profile|webgpu|webgpu-vanilla|webgpu-replay|webgpu-N|turns-N STEPS SIDE,
 * where N is a number of networks that are trained at once, or by turns with the
 * wasm kernels, and SIDE the pixels of an image each way.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { stream } from "../../engine/define/random.ts";
import { registerWasmKernels } from "../../models/kernels/wasm/register.ts";
import type { Gpu } from "../../models/kernels/webgpu/gpu/gpu.ts";
import {
  adamWState,
  adamWUpdate,
  advanceAdamW,
} from "../../models/ops/optimizer_update.ts";
import { softmaxCrossEntropy } from "../../models/ops/cross_entropy.ts";
import "../../models/ops/gradients.ts";
import { mobilenetV3 } from "../../models/mobilenet_v3.ts";
import {
  createMobilenetV3,
  type MobilenetV3Settings,
} from "../../models/networks/mobilenet_v3.ts";
import { captureStep } from "../../models/replay/capture.ts";
import { memberWrites } from "../../models/populations/member_writes.ts";
import { openPopulation } from "../../models/populations/population.ts";
import { openReplayer } from "../../models/replay/replayer.ts";
import { findAdapter } from "../../models/device/adapter.ts";
import { startWebGpu } from "../../models/device/webgpu.ts";
import {
  type Parameters,
  R8_SHAPES,
  r8Logits,
} from "../models/kernels/r8_network.ts";
import { profileKernels, ratesHere } from "./roofline.ts";
import { startWasmBackend } from "../models/kernels/wasm/wasm_backend.ts";
import {
  drawParameters,
  MLP_SHAPES,
  mlpLogits,
  VIT_SHAPES,
  vitLogits,
} from "./networks.ts";
import { convolveByProducts } from "./vanilla_convolution.ts";

const [network = "r8", mode = "kernels", steps = "12", pixels = "32"] =
  Deno.args;
const side = Number(pixels);
const BATCH = 128;

/** A network that is timed. */
interface Timed {
  readonly variables: tf.Variable[];
  readonly logits: (x: tf.Tensor4D) => tf.Tensor2D;
}

/** What makes a network, each time another of the same shape. */
const NETWORKS: Readonly<Record<string, () => Timed>> = {
  r8: () => plainNetwork(R8_SHAPES, r8Logits),
  mlp: () => plainNetwork(MLP_SHAPES, mlpLogits),
  vit: () => plainNetwork(VIT_SHAPES, vitLogits),
  mobilenet() {
    const { parameters, forward } = createMobilenetV3(
      { inputShape: [side, side, 3], classes: 10, seed: 0 },
      mobilenetV3.defaults as unknown as MobilenetV3Settings,
    );
    return {
      variables: Object.values(parameters),
      logits: (x) => forward(x, { training: true }),
    };
  },
};

/** Whose kernels run on WebGPU, if that is what is timed. */
const onWebGpu = mode === "webgpu-vanilla"
  ? "tfjs"
  : mode.startsWith("webgpu")
  ? "ours"
  : undefined;
/** Networks that are trained at once, or by turns. */
const members = Number(/^(?:webgpu|turns)-(\d+)$/.exec(mode)?.[1] ?? "1");
/** A population's steps are long, and its programs are compiled with the first. */
const WARM_UP = members > 1 ? 1 : 3;
let tick = () => {};
let gpu: Gpu | undefined;
if (onWebGpu === undefined) {
  await startWasmBackend();
  if (mode === "vanilla") convolveByProducts();
  else await registerWasmKernels();
} else {
  const adapter = await findAdapter("any");
  if (adapter === null) {
    throw new Error("Cannot time WebGPU: there is no adapter");
  }
  ({ tick, gpu } = await startWebGpu(adapter, { kernels: onWebGpu }));
}

const profile = mode === "profile"
  ? { rates: ratesHere(), kernels: profileKernels() }
  : undefined;

const chosen = NETWORKS[network];
if (chosen === undefined) {
  throw new RangeError(`Cannot time "${network}": it is not a known network`);
}
const random = stream(0, "benchmark");

function plainNetwork(
  shapes: Readonly<Record<string, readonly number[]>>,
  logits: (parameters: Parameters, x: tf.Tensor4D) => tf.Tensor2D,
): Timed {
  const parameters = drawParameters(shapes, random);
  return {
    variables: Object.values(parameters),
    logits: (x) => logits(parameters, x),
  };
}

const { variables, logits } = chosen();
const x = tf.tensor4d(
  Float32Array.from(
    { length: BATCH * side * side * 3 },
    () => random.normal(),
  ),
  [BATCH, side, side, 3],
);
const labels = tf.tensor1d(
  Int32Array.from({ length: BATCH }, () => random.integer(10)),
  "int32",
);
const state = adamWState(variables);
/** The network that is timed where only one is. */
const own = { variables, logits, state };

const FIXED = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: variables.map((variable) => variable.rank > 1 ? 0.01 : 0),
};

function computeStep(
  step: number,
  { variables, logits, state }: typeof own = own,
): tf.Scalar {
  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(
      () => softmaxCrossEntropy(logits(x), labels, { smoothing: 0 }),
      variables,
    );
    adamWUpdate(
      variables,
      variables.map((variable) => grads[variable.name] as tf.Tensor),
      state,
      { ...FIXED, step },
    );
    return value;
  });
}

/** Takes a step; gives the milliseconds after which JavaScript was done. */
async function trainStep(step: number, network = own): Promise<number> {
  const start = performance.now();
  const loss = computeStep(step, network);
  const script = performance.now() - start;
  await loss.data();
  loss.dispose();
  tick();
  return script;
}

/** A step of each of several networks at even steps, as many of one of them at odd ones. */
function byTurns(another: () => Timed): (step: number) => Promise<number> {
  const others = Array.from({ length: members - 1 }, () => {
    const more = another();
    return { ...more, state: adamWState(more.variables) };
  });
  return async (step) => {
    let script = 0;
    for (const one of [own, ...others]) {
      script += await trainStep(step, step % 2 === 0 ? one : own);
    }
    return script;
  };
}

/** The step of one network, captured once and replayed. */
function replayed(gpu: Gpu): (step: number) => Promise<number> {
  const captured = captureStep(gpu, {
    step: () => computeStep(1),
    carried: [...variables, ...state.first, ...state.second],
  });
  const replayer = openReplayer(gpu.device, captured.recording, {
    outputs: [{ buffer: gpu.bufferOf(captured.output), offset: 0, bytes: 4 }],
    capacity: 1,
  });
  return async (step) => {
    const start = performance.now();
    advanceAdamW({ ...FIXED, step });
    replayer.step();
    const script = performance.now() - start;
    await replayer.read();
    tick();
    return script;
  };
}

/** The same for several networks at once. */
function together(
  gpu: Gpu,
  another: () => Timed,
): (step: number) => Promise<number> {
  const ownOf = (
    variables: readonly tf.Variable[],
    { first, second }: typeof state,
  ) => [...variables, ...first, ...second, x, labels].map(gpu.bufferOf);
  const recorded = ownOf(variables, state);
  const captured = captureStep(gpu, {
    step: () => computeStep(1),
    carried: [...variables, ...state.first, ...state.second],
  });
  const all = Array.from({ length: members }, () => {
    const own = another().variables;
    return ownOf(own, adamWState(own));
  });
  gpu.flush();
  const population = openPopulation(gpu.device, captured.recording, {
    recorded,
    members: all,
  });
  for (const m of all.keys()) population.load(m);
  const writes = memberWrites(gpu.device, population);
  const loss = gpu.bufferOf(captured.output);
  const replayer = openReplayer(gpu.device, population, {
    outputs: all.map((_, m) => ({
      ...population.rangeOf(loss, m),
      bytes: 4,
    })),
    capacity: 1,
  });
  return async (step) => {
    const start = performance.now();
    for (const m of all.keys()) {
      gpu.redirect(
        (buffer, values) => writes.take(m, { buffer, values }),
        () => advanceAdamW({ ...FIXED, step }),
      );
    }
    writes.flush();
    replayer.step();
    const script = performance.now() - start;
    await replayer.read();
    tick();
    return script;
  };
}

const count = Number(steps);
const times: { readonly step: number; readonly script: number }[] = [];
const take = gpu === undefined
  ? members > 1 ? byTurns(chosen) : trainStep
  : members > 1
  ? together(gpu, chosen)
  : mode === "webgpu-replay"
  ? replayed(gpu)
  : trainStep;
for (let step = 1; step <= WARM_UP + count; step++) {
  if (step === WARM_UP + 1) profile?.kernels.clear();
  const start = performance.now();
  const script = await take(step);
  const all = performance.now() - start;
  if (step > WARM_UP) times.push({ step: all, script });
}

function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

if (profile === undefined) write(JSON.stringify(times));
else write(profile.kernels.lines(count, profile.rates).join("\n"));
