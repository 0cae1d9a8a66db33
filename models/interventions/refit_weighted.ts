/**
 * Refitting the last layer with weighted groups, as in arXiv:2403.00194.
 *
 * @module
 */
import { type Groups, groupSizes } from "../../data/images/groups.ts";
import { fitSoftmax } from "../linear/softmax_regression.ts";
import type { Weights } from "../model/weights.ts";
import { lastLayerOf, type Refitting, weightsOfLayer } from "./last_layer.ts";
import { onRaw, rowsOf, scalerOf, standardise } from "./standardise.ts";

/** How to refit. */
export interface RefitWeightedOptions {
  /** Of the images, what shall have equal weight; null for the images themselves. */
  readonly balance: Groups | null;
  /** Weight of the losses beside the penalty; 0.2 where left out. */
  readonly c?: number;
}

/** Another last layer of a network, and how that came about. */
export interface RefittedWeighted {
  readonly weights: Weights;
  readonly facts: {
    readonly c: number;
    /** Number of images. */
    readonly images: number;
    /** How many groups have an image, and how many images the smallest and the largest of them; null where nothing was balanced. */
    readonly balanced: {
      readonly groups: number;
      readonly smallest: number;
      readonly largest: number;
    } | null;
    /** Steps that the fit took. */
    readonly steps: number;
  };
}

/**
 * Refits the last layer as the authors of arXiv:2403.00194 do: logistic
 * regression with an L2 penalty on standardised features, in which an image of
 * a group of n_g counts N / (G · n_g), so that each of the G groups with
 * images has the same weight; folded back to the features as they were.
 *
 * Without balancing every image counts 1: what refitting alone does.
 *
 * @throws {RangeError} if features, labels, groups and network do not fit, or a class has no image
 */
export function refitWeighted(
  refitting: Refitting,
  { balance, c = 0.2 }: RefitWeightedOptions,
): RefittedWeighted {
  const { features, labels } = refitting;
  const { classes } = lastLayerOf(refitting, balance);
  const d = features.dimension;
  const inputs = rowsOf(features, [...labels.keys()]);
  const scaler = scalerOf(inputs, d);
  const { steps, ...classifier } = fitSoftmax({
    inputs: standardise(inputs, scaler),
    labels,
    dimension: d,
    classes,
    ...balance === null ? {} : { weights: weightsFor(balance) },
  }, { penalty: { kind: "l2", c } });
  return {
    weights: weightsOfLayer(onRaw(classifier, scaler)),
    facts: {
      c,
      images: labels.length,
      balanced: balance === null ? null : sizesOf(balance),
      steps,
    },
  };
}

/** N / (G · n_g) for each image, G being the number of groups that have one. */
export function weightsFor(groups: Groups): Float64Array {
  const sizes = groupSizes(groups);
  const filled = sizes.filter((size) => size > 0).length;
  return Float64Array.from(
    groups.of,
    (g) => groups.of.length / (filled * (sizes[g] as number)),
  );
}

function sizesOf(groups: Groups) {
  const sizes = groupSizes(groups).filter((size) => size > 0);
  return {
    groups: sizes.length,
    smallest: sizes.reduce((a, b) => Math.min(a, b), Infinity),
    largest: sizes.reduce((a, b) => Math.max(a, b), 0),
  };
}
