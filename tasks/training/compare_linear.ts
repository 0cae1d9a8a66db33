import { z } from "zod";
import type { LabelledPoints } from "../../data/datasets/labelled_points.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { classify } from "../../models/linear/logistic_regression.ts";
import { mean, meanWithInterval } from "../../stats/intervals/mean.ts";

/** Two linear classifiers, and the points on which they are compared. */
export interface CompareLinearArgs {
  readonly points: LabelledPoints;
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** Confidence level of the interval. */
  readonly level: number;
}

/** By how much the first classifier is more accurate, paired by point. */
export const compareLinear = defineTask({
  module: import.meta.url,
  name: "compareLinear",
  result: {
    /** Accuracy of each classifier. */
    first: json(z.number()),
    second: json(z.number()),
    /** Accuracy of the first minus that of the second, with its interval. */
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
  },
  run({ points, first, second, level }: CompareLinearArgs) {
    const [a, b] = [first, second].map((weights) => {
      const classes = classify(points, Float64Array.from(weights));
      return Array.from(
        points.labels,
        (label, i) => classes[i] === label ? 1 : 0,
      );
    }) as [number[], number[]];
    const { mean: value, low, high } = meanWithInterval(
      a.map((right, i) => right - (b[i] ?? 0)),
      { level },
    );
    return { first: mean(a), second: mean(b), value, low, high };
  },
});
