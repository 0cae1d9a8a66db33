/**
 * Dropout whose masks are drawn from a counter: the same on every backend, and
 * drawn anew by a step that is replayed.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  drawsOf,
  type PhiloxKey,
  philoxKey,
} from "../../engine/define/philox.ts";
import { runFused } from "./fused_kernel.ts";

/** Name of the kernel: x, place → x where its element is kept, times 1/(1 − rate), else 0. */
export const DROPOUT = "PhiloxDropout";

/** Where the masks of a training come from: its key, and the step it is at. */
export interface DropoutMasks {
  /** int32 [3]: the words of the key, and the step. On a GPU it stays where it is: recorded steps read it there. */
  readonly place: tf.Variable<tf.Rank.R1>;
  /** Makes the masks those of `step` (from 0). Never part of a recorded step. */
  moveTo(step: number): void;
  dispose(): void;
}

/** A GPU on which a variable is written in place. */
export interface PlaceWriter {
  bufferOf(variable: tf.TensorInfo): GPUBuffer;
  write(buffer: GPUBuffer, values: Uint32Array<ArrayBuffer>): void;
  touched(variable: tf.TensorInfo): void;
}

/** Settings of one layer of dropout. */
export type DropoutAttributes = {
  /** Share of the elements that become 0: from 0, below 1. */
  readonly rate: number;
  /** Which dropout of the network this is, from 0: each has masks of its own. */
  readonly layer: number;
};

type Inputs = {
  readonly x: tf.Tensor;
  readonly place: tf.Tensor;
};

/**
 * The masks of one seed. What becomes of an element depends on seed, step, layer
 * and its place in the tensor alone.
 *
 * @param options.gpu of the WebGPU backend; left out on the others
 */
export function dropoutMasks(
  seed: number,
  { gpu }: { readonly gpu?: PlaceWriter | undefined } = {},
): DropoutMasks {
  const key = philoxKey(seed, "dropout");
  const placeAt = (step: number) =>
    tf.tensor1d(Int32Array.of(...key, step), "int32");
  const place = tf.tidy(() => tf.variable(placeAt(0), false));
  return {
    place,
    moveTo(step) {
      if (gpu === undefined) tf.tidy(() => place.assign(placeAt(step)));
      else {
        gpu.write(gpu.bufferOf(place), Uint32Array.of(...key, step));
        gpu.touched(place);
      }
    },
    dispose: () => place.dispose(),
  };
}

/**
 * `x` with a share of its elements set to 0, and the others scaled so that the
 * mean stays. The gradient has the same mask: what is drawn is not kept, but
 * drawn again.
 *
 * @param x float32
 * @throws {RangeError} if the rate is not from 0 to below 1
 */
export function dropout<T extends tf.Tensor>(
  x: T,
  { masks, rate, layer }: DropoutAttributes & {
    readonly masks: Pick<DropoutMasks, "place">;
  },
): T {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(
      `Cannot drop a share of ${rate}: it must be from 0 to below 1`,
    );
  }
  return run({ x, place: masks.place }, { rate, layer }) as T;
}

function run(inputs: Inputs, attributes: DropoutAttributes): tf.Tensor {
  const [y] = runFused(DROPOUT, { inputs, attributes, composition });
  return y as tf.Tensor;
}

/** Which draws (times 2²⁴) are kept: those from here on. */
export function keptFrom(rate: number): number {
  return Math.ceil(rate * 2 ** 24);
}

function composition(
  { x, place }: Inputs,
  { rate, layer }: DropoutAttributes,
): tf.Tensor[] {
  const [key0 = 0, key1 = 0, step = 0] = place.dataSync();
  const key: PhiloxKey = [key0, key1];
  const draw = drawsOf(key, step);
  const least = keptFrom(rate) * 2 ** -24;
  const mask = Float32Array.from(
    { length: x.size },
    (_, i) => draw(layer, i) >= least ? 1 / (1 - rate) : 0,
  );
  return [tf.mul(x, tf.tensor(mask, x.shape))];
}

tf.registerGradient({
  kernelName: DROPOUT,
  inputsToSave: ["place"],
  gradFunc: (dy, [place], attributes) => ({
    x: () =>
      run(
        { x: dy as tf.Tensor, place: place as tf.Tensor },
        attributes as unknown as DropoutAttributes,
      ),
  }),
});
