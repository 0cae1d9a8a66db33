/**
 * Refitting the last layer on images that a network changed its mind about,
 * without knowing their groups.
 *
 * @module
 */
import type { Labels } from "../../data/images/images.ts";
import { fitSoftmax } from "../linear/softmax_regression.ts";
import type { Weights } from "../model/weights.ts";
import type { Features } from "../prediction/features.ts";
import {
  lastLayerOf,
  logitsOf,
  type Refitting,
  weightsOfLayer,
} from "./last_layer.ts";
import {
  onRaw,
  onStandardised,
  rowsOf,
  scalerOf,
  standardise,
} from "./standardise.ts";

/** How to refit. */
export interface RefitDisagreementOptions {
  /** A checkpoint early in the training of the network, and its features of the same images. */
  readonly early: { readonly weights: Weights; readonly features: Features };
  /** Number of images to refit on, the same of each class: rounded down to a multiple of the classes. */
  readonly images: number;
  /** Weight of the losses beside the distance to the present last layer; 0.2 where left out. */
  readonly c?: number;
}

/** Another last layer of a network, and how that came about. */
export interface RefittedDisagreement {
  readonly weights: Weights;
  readonly facts: {
    readonly c: number;
    /** Positions of the images that it was refitted on, ascending. */
    readonly chosen: readonly number[];
    /** Mean total-variation distance between the outputs of checkpoint and network: of those images, and of all. */
    readonly distance: { readonly chosen: number; readonly all: number };
    /** Steps that the fit took. */
    readonly steps: number;
  };
}

/**
 * Refits the last layer on the images of each class on which the outputs of an
 * early checkpoint and of the finished network differ most (early-stop
 * disagreement SELF; LaBonte, Muthukumar and Kumar 2023, arXiv:2309.08534):
 * where a bias is learnt first, those are images that it is wrong on. Groups
 * are not needed.
 *
 * Departures: they take the images of largest distance of all classes and then
 * balance the batches, here each class gives the same number, so that none is
 * without; they fine-tune for some steps of a size that they choose by groups,
 * here an L2 penalty on standardised features holds kernel and bias near the
 * present ones, which has one result.
 *
 * @throws {RangeError} if features, labels and networks do not fit, or a class has no image or is to give none
 */
export function refitDisagreement(
  refitting: Refitting,
  { early, images, c = 0.2 }: RefitDisagreementOptions,
): RefittedDisagreement {
  const { features, labels } = refitting;
  const head = lastLayerOf(refitting);
  const { classes } = head;
  const d = features.dimension;
  const perClass = Math.floor(images / classes);
  if (!(perClass >= 1)) {
    throw new RangeError(
      `Cannot refit on ${images} images, the same number of each of ${classes} classes: ask for ${classes} or more`,
    );
  }
  const before = outputs({ ...early, labels });
  const after = outputs(refitting);
  const distances = Float64Array.from(labels, (_, i) => {
    let sum = 0;
    for (let k = i * classes; k < (i + 1) * classes; k++) {
      sum += Math.abs((after[k] as number) - (before[k] as number)) / 2;
    }
    return sum;
  });
  const chosen = farthest(distances, { labels, classes, perClass });
  const all = rowsOf(features, [...labels.keys()]);
  const scaler = scalerOf(all, d);
  const start = onStandardised(head, scaler);
  const counts = new Float64Array(classes);
  for (const i of chosen) {
    const label = labels[i] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  const { steps, ...classifier } = fitSoftmax({
    inputs: standardise(rowsOf(features, chosen), scaler),
    labels: chosen.map((i) => labels[i] as number),
    // A class with fewer images than its share counts as much as the others.
    weights: Float64Array.from(
      chosen,
      (i) => chosen.length / classes / (counts[labels[i] as number] as number),
    ),
    dimension: d,
    classes,
  }, { penalty: { kind: "l2", c, centre: start }, start });
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    weights: weightsOfLayer(onRaw(classifier, scaler)),
    facts: {
      c,
      chosen,
      distance: {
        chosen: mean(chosen.map((i) => distances[i] as number)),
        all: mean([...distances]),
      },
      steps,
    },
  };
}

/** Softmax outputs of a network: [n, classes]. */
function outputs(network: Refitting): Float64Array {
  const layer = lastLayerOf(network);
  const all = logitsOf(layer, network.features.values);
  for (let start = 0; start < all.length; start += layer.classes) {
    const own = all.subarray(start, start + layer.classes);
    const most = own.reduce((a, b) => Math.max(a, b));
    const odds = own.map((logit) => Math.exp(logit - most));
    const sum = odds.reduce((a, b) => a + b);
    own.set(odds.map((odd) => odd / sum));
  }
  return all;
}

/** Positions of the images of each class with the largest values; of equal ones the first. */
function farthest(
  values: Float64Array,
  { labels, classes, perClass }: {
    readonly labels: Labels;
    readonly classes: number;
    readonly perClass: number;
  },
): readonly number[] {
  const left = new Int32Array(classes).fill(perClass);
  const order = [...values.keys()]
    .sort((a, b) => (values[b] as number) - (values[a] as number));
  return order.filter((i) => {
    const label = labels[i] as number;
    left[label] = (left[label] as number) - 1;
    return (left[label] as number) >= 0;
  }).sort((a, b) => a - b);
}
