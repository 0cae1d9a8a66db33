import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  lineDisagreement,
  lineDisagreementSchema,
} from "../../stats/lines/line_disagreement.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";

/** Two lines for one shift, and the networks that are measured by them. */
export interface CompareLinesArgs {
  /** The line through checkpoints, say. */
  readonly first: Line;
  /** The line through finished networks, say. */
  readonly second: Line;
  /** Points by network. */
  readonly points: readonly (readonly Point[])[];
  /** Confidence level of the intervals. */
  readonly level: number;
}

/**
 * What the first line predicts above the second at the networks' reference
 * accuracies, and in words whether the two disagree there.
 */
export const compareLines = defineTask({
  module: import.meta.url,
  name: "compareLines",
  result: {
    disagreement: json(lineDisagreementSchema),
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** Ends a sentence that begins "Over the networks' reference accuracies, the two lines". */
    words: json(z.string()),
  },
  run({ first, second, points, level }: CompareLinesArgs) {
    const disagreement = lineDisagreement([first, second], {
      points: points.flat(),
      level,
    });
    const { difference, low, high } = disagreement.mean;
    return {
      disagreement,
      value: difference,
      low,
      high,
      words: WORDS[disagreement.disagree],
    };
  },
});

const WORDS = {
  nowhere: "agree within their intervals",
  somewhere: "disagree in part",
  everywhere: "disagree everywhere",
} as const;
