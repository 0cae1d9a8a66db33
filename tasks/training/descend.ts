import { z } from "zod";
import type { LabelledPoints } from "../../data/datasets/labelled_points.ts";
import { json } from "../../engine/define/codec.ts";
import { stream } from "../../engine/define/random.ts";
import { defineTask } from "../../engine/define/task.ts";
import { unreachable } from "../../engine/define/unreachable.ts";
import { descend as gradientDescent } from "../../models/linear/logistic_regression.ts";

/** Where gradient descent starts. */
export type Start =
  | { readonly kind: "zero" }
  /** Independent normal coordinates of variance 1. */
  | { readonly kind: "normal"; readonly seed: number }
  /** Weights learned elsewhere, or their negative. */
  | {
    readonly kind: "learned" | "negated";
    readonly weights: readonly number[];
  };

/** Points, and where to start. */
export interface DescendArgs {
  readonly points: LabelledPoints;
  readonly start: Start;
}

const vector = z.array(z.number()).readonly();

/** Gradient descent on the logistic loss without intercept, from a start to the minimum. */
export const descend = defineTask({
  module: import.meta.url,
  name: "descend",
  result: {
    start: json(vector),
    weights: json(vector),
    steps: json(z.int()),
    distance: json(z.number()),
  },
  run({ points, start }: DescendArgs) {
    const from = startOf(start, points.dimension);
    const { weights, ...end } = gradientDescent(points, { start: from });
    return { ...end, start: Array.from(from), weights: Array.from(weights) };
  },
});

function startOf(start: Start, dimension: number): Float64Array {
  switch (start.kind) {
    case "zero":
      return new Float64Array(dimension);
    case "normal": {
      const random = stream(start.seed, "start");
      return Float64Array.from({ length: dimension }, () => random.normal());
    }
    case "learned":
      return Float64Array.from(start.weights);
    case "negated":
      return Float64Array.from(start.weights, (value) => -value);
    default:
      return unreachable(start);
  }
}
