/**
 * The layers of the small vision transformer in tfjs.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Network, NetworkOptions } from "../model/model.ts";
import { normalise } from "./normalise.ts";
import {
  dense,
  type DenseVariables,
  norm,
  type NormVariables,
  transformerBlock,
  type TransformerVariables,
} from "./transformer_block.ts";
import { variableMaker } from "./variables.ts";

/** Settings of a vision transformer that a pipeline may change. */
export interface VitSettings {
  /** Side of a patch, in pixels. */
  readonly patch: number;
  /** Dimension of a token. */
  readonly width: number;
  /** Number of transformer blocks. */
  readonly layers: number;
  readonly heads: number;
  /** Hidden units of a block's dense part. */
  readonly inner: number;
}

/** Standard deviation of initial positions. */
const POSITION_DEVIATION = 0.02;

/**
 * A new network.
 *
 * @throws {TypeError} if a setting is not a positive integer, or sizes do not divide
 */
export function createVit(
  { inputShape, classes, seed }: NetworkOptions,
  settings: VitSettings,
): Network {
  check(settings, inputShape);
  const { patch, width, layers, heads, inner } = settings;
  const [height, across, channels] = inputShape;
  const tokens = (height / patch) * (across / patch);
  const make = variableMaker(seed);
  const parameters: Record<string, tf.Variable> = {};

  function denseLayer(
    name: string,
    { from, to, deviation = Math.sqrt(1 / from) }: {
      readonly from: number;
      readonly to: number;
      readonly deviation?: number;
    },
  ): DenseVariables {
    const kernel = make.normal(`${name}.kernel`, {
      shape: [from, to],
      deviation,
    });
    const bias = make.constant(`${name}.bias`, { shape: [to], value: 0 });
    parameters[`${name}.kernel`] = kernel;
    parameters[`${name}.bias`] = bias;
    return { kernel, bias };
  }

  function normLayer(name: string): NormVariables {
    const shape = [width];
    const scale = make.constant(`${name}.scale`, { shape, value: 1 });
    const offset = make.constant(`${name}.offset`, { shape, value: 0 });
    parameters[`${name}.scale`] = scale;
    parameters[`${name}.offset`] = offset;
    return { scale, offset };
  }

  const embedding = denseLayer("embedding", {
    from: patch * patch * channels,
    to: width,
  });
  const positions = parameters["positions"] = make.normal("positions", {
    shape: [tokens, width],
    deviation: POSITION_DEVIATION,
  });
  const blocks = Array.from(
    { length: layers },
    (_, i): TransformerVariables => {
      const name = `block${i + 1}`;
      return {
        norm1: normLayer(`${name}.norm1`),
        attention: denseLayer(`${name}.attention`, {
          from: width,
          to: 3 * width,
        }),
        projection: denseLayer(`${name}.projection`, {
          from: width,
          to: width,
        }),
        norm2: normLayer(`${name}.norm2`),
        up: denseLayer(`${name}.up`, { from: width, to: inner }),
        down: denseLayer(`${name}.down`, { from: inner, to: width }),
      };
    },
  );
  const last = normLayer("norm");
  const head = denseLayer("head", {
    from: width,
    to: classes,
    deviation: 0.01,
  });

  const features: Network["features"] = (x) =>
    tf.tidy(() => {
      const images = x.shape[0];
      const embedded = tf.reshape(
        dense(patchesOf(normalise(x), patch), embedding),
        [images, tokens, width],
      );
      let y = tf.reshape(tf.add(embedded, positions), [
        images * tokens,
        width,
      ]) as tf.Tensor2D;
      for (const block of blocks) {
        y = transformerBlock({ y, images, heads }, block);
      }
      return tf.mean(
        tf.reshape(norm(y, last), [images, tokens, width]),
        1,
      ) as tf.Tensor2D;
    });
  const logits: Network["logits"] = (x) => tf.tidy(() => dense(x, head));

  return {
    parameters,
    statistics: {},
    head: ["head.kernel", "head.bias"],
    features,
    logits,
    forward: (x, options) => tf.tidy(() => logits(features(x, options))),
    dispose: () => tf.dispose(parameters),
  };
}

/** The patches of images [n, height, width, channel] as rows, [image · token, row · column · channel]. */
function patchesOf(x: tf.Tensor4D, patch: number): tf.Tensor2D {
  const [n, height, width, channels] = x.shape;
  const [down, across] = [height / patch, width / patch];
  const cells = tf.transpose(
    tf.reshape(x, [n, down, patch, across, patch * channels]),
    [0, 1, 3, 2, 4],
  );
  return tf.reshape(cells, [n * down * across, patch * patch * channels]);
}

function check(
  settings: VitSettings,
  [height, width]: NetworkOptions["inputShape"],
): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new TypeError(
        `Cannot create a vision transformer of ${name} ${value}: it must be a positive integer`,
      );
    }
  }
  const { patch, width: features, heads } = settings;
  if (features % heads !== 0) {
    throw new TypeError(
      `Cannot create a vision transformer of width ${features}: ${heads} heads cannot share it evenly`,
    );
  }
  if (height % patch !== 0 || width % patch !== 0) {
    throw new TypeError(
      `Cannot create a vision transformer for images of ${height}×${width}: both sides must be multiples of the patch, ${patch}`,
    );
  }
}
