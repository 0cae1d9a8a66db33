/**
 * The last layer of a network, which is what refitting replaces.
 *
 * @module
 */
import type { Groups } from "../../data/images/groups.ts";
import type { Labels } from "../../data/images/images.ts";
import type { SoftmaxClassifier } from "../linear/softmax_regression.ts";
import type { Weights } from "../model/weights.ts";
import type { Features } from "../prediction/features.ts";

/** A network, and the images that its last layer is refitted on. */
export interface Refitting {
  readonly weights: Weights;
  /** What its last layer is given for each image. */
  readonly features: Features;
  /** Class of each image: [n]. */
  readonly labels: Labels;
}

/** A last layer, and how many classes it has. */
export interface LastLayer extends SoftmaxClassifier {
  readonly classes: number;
}

/**
 * The last layer of a network: its weights "head.kernel" [d, classes] and
 * "head.bias" [classes], which all networks of `models/` have.
 *
 * @throws {RangeError} if the network has no such weights, they are not for
 * such features, there are not as many labels and groups as images, or a label
 * is not that of a class
 */
export function lastLayerOf(
  { weights, features: { values, dimension: d }, labels }: Refitting,
  groups?: Groups | null,
): LastLayer {
  const [kernel, bias] = [weights["head.kernel"], weights["head.bias"]];
  const classes = bias?.data.length ?? 0;
  if (kernel === undefined || bias === undefined) {
    throw new RangeError(
      `Cannot refit a last layer: the network has no "head.kernel" and "head.bias", but ${
        Object.keys(weights).join(", ")
      }`,
    );
  }
  if (kernel.shape.join() !== [d, classes].join()) {
    throw new RangeError(
      `Cannot refit a last layer of shape [${kernel.shape}] with a bias of shape [${bias.shape}] on ${d} features an image: extract those of this network`,
    );
  }
  if (values.length !== labels.length * d) {
    throw new RangeError(
      `Cannot refit a last layer on the features of ${
        values.length / d
      } images with ${labels.length} labels`,
    );
  }
  if (groups && groups.of.length !== labels.length) {
    throw new RangeError(
      `Cannot refit a last layer on ${labels.length} images by the groups of ${groups.of.length}`,
    );
  }
  const beyond = labels.findIndex((label) => !(label < classes));
  if (beyond >= 0) {
    throw new RangeError(
      `Cannot refit a last layer of ${classes} classes: image ${beyond} has label ${
        labels[beyond]
      }`,
    );
  }
  return {
    kernel: Float64Array.from(kernel.data),
    bias: Float64Array.from(bias.data),
    classes,
  };
}

/** The weights of a last layer, by their names in its network. */
export function weightsOfLayer(
  { kernel, bias }: SoftmaxClassifier,
): Weights {
  const classes = bias.length;
  return {
    "head.kernel": {
      shape: [kernel.length / classes, classes],
      data: Float32Array.from(kernel),
    },
    "head.bias": { shape: [classes], data: Float32Array.from(bias) },
  };
}

/** What a last layer makes of inputs: [n, classes]. */
export function logitsOf(
  { kernel, bias }: SoftmaxClassifier,
  inputs: Float32Array | Float64Array,
): Float64Array {
  const classes = bias.length;
  const d = kernel.length / classes;
  const n = inputs.length / d;
  const logits = new Float64Array(n * classes);
  for (let i = 0; i < n; i++) {
    logits.set(bias, i * classes);
    for (let c = 0; c < d; c++) {
      const x = inputs[i * d + c] as number;
      for (let k = 0; k < classes; k++) {
        const at = i * classes + k;
        logits[at] = (logits[at] as number) +
          x * (kernel[c * classes + k] as number);
      }
    }
  }
  return logits;
}
