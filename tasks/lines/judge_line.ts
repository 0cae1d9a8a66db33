import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";
import { lineUse } from "../../stats/lines/usable_line.ts";

/** A line, and what is asked of it. */
export interface JudgeLineArgs {
  readonly line: Line;
  /** Confidence level of the slope's interval. */
  readonly level: number;
  /** Least share of the variance explained. */
  readonly leastR2: number;
  /** The points of the line, those that are not independent together. */
  readonly runs: readonly (readonly Point[])[];
}

/** The slope of a line with its interval, and in words whether effective robustness can be measured over it. */
export const judgeLine = defineTask({
  module: import.meta.url,
  name: "judgeLine",
  result: {
    slope: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    r2: json(z.number()),
    isUsable: json(z.boolean()),
    /** Ends a sentence that begins "At this scale there is". */
    words: json(z.string()),
  },
  run({ line, ...asked }: JudgeLineArgs) {
    const use = lineUse(line, asked);
    return { ...use, words: use.isUsable ? "a line" : "no line" };
  },
});
