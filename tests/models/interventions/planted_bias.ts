/**
 * Features in which a class shows twice: faintly in coordinates of its own,
 * and in the mark of a colour that goes with it as often as one likes.
 */
import type { Groups } from "../../../data/images/groups.ts";
import { stream } from "../../../engine/define/random.ts";
import type { Refitting } from "../../../models/interventions/last_layer.ts";
import { refitWeighted } from "../../../models/interventions/refit_weighted.ts";
import type { Weights } from "../../../models/model/weights.ts";
import type { Features } from "../../../models/prediction/features.ts";

const CLASSES = 3;

/** Images as a network sees them. */
export interface MarkedImages {
  readonly features: Features;
  readonly labels: Int32Array;
  /** Each class in each colour. */
  readonly groups: Groups;
}

/** Images whose mark is with probability `p` that of their class, otherwise that of a random one. */
export function markedImages(
  { n, p, seed, signal = 1.5 }: {
    readonly n: number;
    readonly p: number;
    readonly seed: number;
    /** How far a class shows in coordinates of its own, in deviations of the noise. */
    readonly signal?: number;
  },
): MarkedImages {
  const random = stream(seed, "marked images");
  const labels = Int32Array.from({ length: n }, () => random.integer(CLASSES));
  const colours = labels.map((label) => {
    const colour = random.integer(CLASSES);
    return random.uniform() < p ? label : colour;
  });
  const dimension = 2 * CLASSES;
  const values = Float32Array.from({ length: n * dimension }, (_, k) => {
    const [i, c] = [Math.floor(k / dimension), k % dimension];
    const shows = c < CLASSES
      ? signal * (labels[i] === c ? 1 : 0)
      : 3 * (colours[i] === c - CLASSES ? 1 : 0);
    // Features are rarely about zero, nor of one scale.
    return 5 + (1 + c) * (shows + random.normal());
  });
  return {
    features: { values, dimension },
    labels,
    groups: {
      names: Array.from(
        { length: CLASSES ** 2 },
        (_, k) => `${Math.floor(k / CLASSES)} in colour ${k % CLASSES}`,
      ),
      of: labels.map((label, i) => label * CLASSES + (colours[i] ?? 0)),
    },
  };
}

/** A network that learnt images as they come: its last layer is fitted to them without balancing. */
export function taught({ features, labels }: MarkedImages): Weights {
  const kernel = new Float32Array(features.dimension * CLASSES);
  const { weights } = refitWeighted({
    features,
    labels,
    weights: {
      "head.kernel": { shape: [features.dimension, CLASSES], data: kernel },
      "head.bias": { shape: [CLASSES], data: new Float32Array(CLASSES) },
    },
  }, { balance: null, c: 1 });
  return weights;
}

/** Those images for refitting a network. */
export function refittingOf(
  weights: Weights,
  { features, labels }: MarkedImages,
): Refitting {
  return { weights, features, labels };
}

/** Accuracy of a network in its worst group, and the mean over all groups. */
export function accuracies(
  weights: Weights,
  { features: { values, dimension: d }, labels, groups }: MarkedImages,
): { readonly worst: number; readonly mean: number } {
  const kernel = weights["head.kernel"]?.data ?? new Float32Array();
  const bias = weights["head.bias"]?.data ?? new Float32Array();
  const hits = groups.names.map(() => 0);
  const totals = groups.names.map(() => 0);
  for (const [i, label] of labels.entries()) {
    const logits = Array.from(
      bias,
      (b, k) =>
        values.subarray(i * d, (i + 1) * d)
          .reduce((sum, v, c) => sum + v * (kernel[c * CLASSES + k] ?? 0), b),
    );
    const given = logits.indexOf(Math.max(...logits));
    const group = groups.of[i] ?? 0;
    hits[group] = (hits[group] ?? 0) + (given === label ? 1 : 0);
    totals[group] = (totals[group] ?? 0) + 1;
  }
  const shares = hits.map((count, group) => count / (totals[group] ?? 0));
  return {
    worst: Math.min(...shares),
    mean: shares.reduce((a, b) => a + b) / shares.length,
  };
}

/** Share of a last layer's weight, in units of the features' noise, that is on the marks of colours. */
export function weightOnMarks(weights: Weights): number {
  const kernel = weights["head.kernel"]?.data ?? new Float32Array();
  const sums = [0, 0];
  for (const [i, w] of kernel.entries()) {
    const c = Math.floor(i / CLASSES);
    const part = c < CLASSES ? 0 : 1;
    sums[part] = (sums[part] ?? 0) + Math.abs(w) * (1 + c);
  }
  const [own = 0, marks = 0] = sums;
  return marks / (own + marks);
}
