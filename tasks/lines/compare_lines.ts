import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  lineDisagreement,
  lineDisagreementSchema,
} from "../../stats/lines/line_disagreement.ts";
import { canLeaveOut } from "../../stats/lines/line_error.ts";
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
  /**
   * The points of each line by run, with which the run is its unit. Without
   * them, or where a line has one run, its points are taken as independent.
   */
  readonly runs?: {
    readonly first: readonly (readonly Point[])[];
    readonly second: readonly (readonly Point[])[];
  } | undefined;
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
  run({ first, second, points, level, runs }: CompareLinesArgs) {
    const isKnown = runs && canLeaveOut(runs.first) && canLeaveOut(runs.second);
    const disagreement = lineDisagreement([first, second], {
      points: points.flat(),
      level,
      runs: isKnown ? [runs.first, runs.second] : undefined,
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
