/**
 * Deep feature reweighting, as published.
 *
 * @module
 */
import type { Groups } from "../../data/images/groups.ts";
import { stream } from "../../engine/define/random.ts";
import {
  fitSoftmax,
  type SoftmaxClassifier,
  type SoftmaxStart,
} from "../linear/softmax_regression.ts";
import type { Weights } from "../model/weights.ts";
import { balancedSubset, smallestGroup } from "./balance_groups.ts";
import { chooseC, type Fit } from "./choose_c.ts";
import { lastLayerOf, type Refitting, weightsOfLayer } from "./last_layer.ts";
import { onRaw, rowsOf, scalerOf, standardise } from "./standardise.ts";

/** Values of C that the authors choose among, in their order. */
export const PUBLISHED_C: readonly number[] = [1, .7, .3, .1, .07, .03, .01];

/**
 * Where fits stop, as liblinear's default: of 4,000 images of a network each
 * then gives all but 3 (the median of 27 fits; 11 at most) the class that it
 * gives them at 1e-6.
 */
const TOLERANCE = 1e-4;

/** How to refit. */
export interface RefitPublishedOptions {
  readonly groups: Groups;
  /** Seed of the halves and the subsets. */
  readonly seed: number;
  /** Values of C to choose among; of several as good, the first. {@linkcode PUBLISHED_C} where left out. */
  readonly candidates?: readonly number[];
  /** Number of subsets whose refits are averaged; 20 where left out. */
  readonly refits?: number;
  /** Told after each fit how many of how many are done. */
  readonly onFit?: (done: number, total: number) => void;
}

/** Another last layer of a network, and how that came about. */
export interface RefittedPublished {
  readonly weights: Weights;
  readonly facts: {
    /** The chosen C. */
    readonly c: number;
    /** Worst-group accuracy on the half that was not fitted, by C. */
    readonly candidates: readonly {
      readonly c: number;
      readonly worst: number;
    }[];
    /** Number of groups that have an image. */
    readonly groups: number;
    /** Images of each of them in a subset. */
    readonly perGroup: number;
    /** Number of refits averaged. */
    readonly refits: number;
    /** Steps that all fits took together. */
    readonly steps: number;
  };
}

/**
 * Deep feature reweighting (Kirichenko, Izmailov and Wilson 2023,
 * arXiv:2204.02937), as its authors' code does it: logistic regression with an
 * L1 penalty on standardised features of random subsets in which every group
 * has as many images as the smallest one; C chosen by the accuracy in the
 * worst group of one half of the images, after fitting on such a subset of the
 * other; then kernels and biases of refits on subsets of all images averaged,
 * and folded back to the features as they were.
 *
 * A group without images is left out. Of a group of very few every subset has
 * as few of all groups, down to one of each; with so few images a worst group
 * is right or wrong by chance, and C with it: see the facts.
 *
 * Departures: theirs is one-vs-rest (liblinear) with penalised biases, this is
 * one softmax without; they standardise by the training images, this by the
 * images it refits on; their halves are random, these have half of every group
 * (to within one image), so that each class is in both.
 *
 * @throws {RangeError} if features, labels, groups and network do not fit, or
 * a class has fewer than two images, or there is no C or no refit
 */
export function refitPublished(
  refitting: Refitting,
  { groups, seed, candidates = PUBLISHED_C, refits = 20, onFit }:
    RefitPublishedOptions,
): RefittedPublished {
  const { features, labels } = refitting;
  const { classes } = lastLayerOf(refitting, groups);
  if (!(refits >= 1)) {
    throw new RangeError(
      `Cannot average ${refits} refits: at least 1 is needed`,
    );
  }
  const d = features.dimension;
  let steps = 0;
  let done = 0;
  const fit: Fit = (rows, { c, scaler, start }) => {
    const fitted = fitSoftmax({
      inputs: standardise(rowsOf(features, rows), scaler),
      labels: Int32Array.from(rows, (i) => labels[i] as number),
      dimension: d,
      classes,
    }, {
      penalty: { kind: "l1", c },
      ...start === undefined ? {} : { start },
      tolerance: TOLERANCE,
    });
    steps += fitted.steps;
    onFit?.(++done, candidates.length + refits);
    return fitted;
  };
  const choice = chooseC(refitting, { groups, seed, candidates, fit });
  const everyone = Uint32Array.from(labels, (_, i) => i);
  const scaler = scalerOf(rowsOf(features, everyone), d);
  const { size, groups: filled } = smallestGroup(groups);
  const { classifier, c } = choice;
  const fits: SoftmaxStart[] = [];
  for (let refit = 0; refit < refits; refit++) {
    const rows = balancedSubset(groups, {
      rows: everyone,
      random: stream(seed, "refit", "subset", refit),
    });
    // The subsets have most of their images in common, and curve alike.
    const { curvature } = fits.at(-1) ?? classifier;
    fits.push(fit(rows, { c, scaler, start: { ...classifier, curvature } }));
  }
  return {
    weights: weightsOfLayer(onRaw(average(fits), scaler)),
    facts: {
      c,
      candidates: choice.scores,
      groups: filled,
      perGroup: size,
      refits,
      steps,
    },
  };
}

function average(
  classifiers: readonly SoftmaxClassifier[],
): SoftmaxClassifier {
  const mean = (of: (classifier: SoftmaxClassifier) => Float64Array) =>
    of(classifiers[0] as SoftmaxClassifier).map((_, i) =>
      classifiers.reduce((sum, each) => sum + (of(each)[i] as number), 0) /
      classifiers.length
    );
  return {
    kernel: mean(({ kernel }) => kernel),
    bias: mean(({ bias }) => bias),
  };
}
