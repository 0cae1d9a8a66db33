import { z } from "zod";
import type { LabelledPoints } from "../../data/datasets/labelled_points.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { distance, projectOnto, spanOf } from "../../models/linear/span.ts";
import { largest, smallest } from "../../stats/intervals/extremes.ts";

/** Where several descents on the same points started and ended. */
export interface CompareStartsArgs {
  readonly points: LabelledPoints;
  readonly descents: readonly {
    readonly start: readonly number[];
    readonly weights: readonly number[];
    readonly steps: number;
  }[];
}

/** How the ends of descents differ, in the span W of the points and off it. */
export const compareStarts = defineTask({
  module: import.meta.url,
  name: "compareStarts",
  result: {
    /** Dimension of W. */
    rank: json(z.int()),
    /** Vectors that span W, orthonormal. */
    basis: json(z.array(z.array(z.number()).readonly()).readonly()),
    /** Largest distance between the P_W ŵ of two starts. */
    within: json(z.number()),
    /** Largest ‖P_{W⊥}(ŵ − w₀)‖ of any start. */
    beyond: json(z.number()),
    /** Largest distance between the P_{W⊥} ŵ of two starts. */
    apart: json(z.number()),
    /** Fewest and most steps of a descent. */
    fewest: json(z.int()),
    most: json(z.int()),
  },
  run({ points, descents }: CompareStartsArgs) {
    const span = spanOf(points);
    const off = (vector: Float64Array) => {
      const inside = projectOnto(span, vector);
      return vector.map((value, c) => value - (inside[c] ?? 0));
    };
    const ends = descents.map(({ weights }) => Float64Array.from(weights));
    const starts = descents.map(({ start }) => Float64Array.from(start));
    const steps = descents.map((descent) => descent.steps);
    return {
      rank: span.basis.rows,
      basis: span.basis.to2DArray(),
      within: widest(ends.map((end) => projectOnto(span, end))),
      beyond: largest(
        ends.map((end, i) => distance(off(end), off(starts[i] ?? end))),
      ),
      apart: widest(ends.map(off)),
      fewest: smallest(steps),
      most: largest(steps),
    };
  },
});

/** The largest distance between two of some vectors; 0 if there is one. */
function widest(vectors: readonly Float64Array[]): number {
  return largest([
    0,
    ...vectors.flatMap((a, i) =>
      vectors.slice(i + 1).map((b) => distance(a, b))
    ),
  ]);
}
