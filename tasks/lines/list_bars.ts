import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { RobustnessEstimate } from "../../reports/value/robustness_bars_figure.ts";
import type { PartRobustness } from "../../stats/lines/part_robustness.ts";

/** A part of a shifted set, and what was measured in it. */
export interface PartBar {
  /** Names the part in the figure. */
  readonly shift: string;
  /** Name of the group of networks. */
  readonly group: string;
  /** What the line goes through, in the plural. */
  readonly baselines: string;
  /** Null where there are too few examples. */
  readonly part: PartRobustness | null;
  /** Number of examples. */
  readonly examples: number;
}

/** Parts, as a figure of bars takes them. */
export interface ListBarsArgs {
  readonly bars: readonly PartBar[];
}

/** Mean effective robustness in some parts, or how few examples there are. */
export const listBars = defineTask({
  module: import.meta.url,
  name: "listBars",
  result: json(z.custom<readonly RobustnessEstimate[]>(Array.isArray)),
  run: ({ bars }: ListBarsArgs): readonly RobustnessEstimate[] =>
    bars.map(({ part, ...bar }) => ({
      ...bar,
      mean: part?.mean ?? null,
      overlap: part?.overlap ?? null,
      ...part === null ? {} : { r2: part.line.r2 },
    })),
});
