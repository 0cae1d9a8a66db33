/**
 * Activations of networks and their gradients, each in one pass.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "../gpu/gpu_kernel.ts";
import { placesOf, runLanes } from "../passes/lane_pass.ts";

/**
 * Φ(x) = (1 + erf(x/√2))/2 by eq. 7.1.26 of Abramowitz and Stegun, which is
 * within 1.5·10⁻⁷ of erf and what tfjs's own Erf kernels compute.
 */
function cumulative(element: "vec4f" | "f32"): string {
  return `
fn cumulative(place: ${element}) -> ${element} {
  let z = abs(place) * ${Math.SQRT1_2};
  let t = 1.0 / (1.0 + 0.3275911 * z);
  let p = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return 0.5 + 0.5 * sign(place) * (1.0 - p * exp(-z * z));
}`;
}

/** The kernel behind models/ops/gelu.ts. */
export function gelu(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const x = input(call, "x");
  if (!areFloats(x)) return undefined;
  const y = gpu.output(x.shape);
  const { n, inFours } = placesOf(x);
  const element = inFours ? "vec4f" : "f32";
  runLanes(gpu, {
    n,
    written: { y: [element, y] },
    read: { x: [element, x] },
    functions: cumulative(element),
    body: "y[i] = x[i] * cumulative(x[i]);",
  });
  return [y];
}

/** The gradient of {@linkcode gelu}. */
export function geluGradient(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const x = input(call, "x");
  const dy = input(call, "dy");
  if (!areFloats(x, dy)) return undefined;
  const dx = gpu.output(x.shape);
  const { n, inFours } = placesOf(x);
  const element = inFours ? "vec4f" : "f32";
  runLanes(gpu, {
    n,
    written: { dx: [element, dx] },
    read: { x: [element, x], dy: [element, dy] },
    functions: cumulative(element),
    body: `let v = x[i];
  dx[i] = dy[i] * (cumulative(v) + v * ${
      1 / Math.sqrt(2 * Math.PI)
    } * exp(-0.5 * v * v));`,
  });
  return [dx];
}

/** The kernel behind models/ops/relu_gradient.ts. */
export function reluGradient(call: KernelCall): KernelOutput {
  const { gpu } = call;
  const dy = input(call, "dy");
  const dx = gpu.output(dy.shape);
  runLanes(gpu, {
    n: tf.util.sizeFromShape(dy.shape),
    written: { dx: ["f32", dx] },
    read: { dy: ["f32", dy], y: ["f32", input(call, "y")] },
    body: "dx[i] = select(0.0, dy[i], y[i] > 0.0);",
  });
  return dx;
}
