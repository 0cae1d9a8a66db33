import { z } from "zod";
import type { LabelledPoints } from "../../data/datasets/labelled_points.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { classify } from "../../models/linear/logistic_regression.ts";
import { mean } from "../../stats/intervals/mean.ts";

/** Linear classifiers, and the points that they are tested on. */
export interface TestLinearArgs {
  readonly points: LabelledPoints;
  /** Weights of each classifier. */
  readonly classifiers: readonly (readonly number[])[];
}

/** Accuracy of linear classifiers, and on how many points they do not all agree. */
export const testLinear = defineTask({
  module: import.meta.url,
  name: "testLinear",
  result: {
    /** Accuracy of each classifier, in their order. */
    accuracies: json(z.array(z.number()).readonly()),
    /** Points that two classifiers put into different classes. */
    disagreements: json(z.int()),
    /** Number of points. */
    n: json(z.int()),
  },
  run({ points, classifiers }: TestLinearArgs) {
    const classes = classifiers.map((weights) =>
      classify(points, Float64Array.from(weights))
    );
    const { labels } = points;
    return {
      accuracies: classes.map((given) =>
        mean(Array.from(labels, (label, i) => given[i] === label ? 1 : 0))
      ),
      disagreements: labels.filter((_, i) =>
        new Set(classes.map((given) =>
          given[i]
        )).size > 1
      )
        .length,
      n: labels.length,
    };
  },
});
