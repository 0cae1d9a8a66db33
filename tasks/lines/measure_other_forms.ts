import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { PointGroup } from "../../stats/lines/left_out_groups.ts";
import {
  type Form,
  type OverGroups,
  overOtherForms,
} from "../../stats/lines/other_forms.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";

/** Networks over a line through finished networks of several sizes. */
export interface OverSizes {
  readonly line: Line;
  /** The networks of the line by size, as `checkStraightness` gives them. */
  readonly groups: readonly PointGroup[];
  /** What is measured, points by network. */
  readonly points: readonly (readonly Point[])[];
}

/** What is measured over one line, or over two. */
export interface MeasureOtherFormsArgs extends OverSizes {
  /** Networks whose gain is taken off, where a difference is measured: over the same line, or over one of their own. */
  readonly minus?: OverSizes | Pick<OverSizes, "points"> | undefined;
}

/**
 * Mean effective robustness over other forms of the line, the lowest and the
 * highest: without each size, and over a parabola through all. Two lines are
 * both without the same size, or both parabolas. Besides over lines on other axes.
 */
export const measureOtherForms = defineTask({
  module: import.meta.url,
  name: "measureOtherForms",
  result: {
    /** Over the line, or the lines, through all sizes. */
    whole: json(z.number()),
    /** Null where there is none. */
    parabola: json(z.number().nullable()),
    /** Over lines on logit axes, and on those of plain accuracies. */
    logit: json(z.number()),
    linear: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** The form over which it is lowest, for tables: "without 2,000". */
    lowest: json(z.string()),
    /** The same in prose: "without 2,000 images". */
    lowestInWords: json(z.string()),
    /** The form over which it is highest. */
    highest: json(z.string()),
    highestInWords: json(z.string()),
  },
  run({ minus, ...own }: MeasureOtherFormsArgs) {
    const { whole, others, lowest, highest, onScale } = overOtherForms(
      linesOf(own, minus),
    );
    return {
      whole,
      parabola: others.find(({ form }) => form.kind === "parabola")?.value ??
        null,
      logit: onScale.logit,
      linear: onScale.linear,
      low: lowest.value,
      high: highest.value,
      lowest: inShort(lowest.form),
      lowestInWords: inWords(lowest.form),
      highest: inShort(highest.form),
      highestInWords: inWords(highest.form),
    };
  },
});

function linesOf(
  { line, groups, points }: OverSizes,
  minus: MeasureOtherFormsArgs["minus"],
): readonly OverGroups[] {
  const added = { sign: 1, networks: points.flat() } as const;
  const subtracted = (minus?.points ?? []).flat();
  if (minus === undefined || subtracted.length === 0) {
    return [{ line, groups, terms: [added] }];
  }
  const term = { sign: -1, networks: subtracted } as const;
  return "line" in minus
    ? [
      { line, groups, terms: [added] },
      { line: minus.line, groups: minus.groups, terms: [term] },
    ]
    : [{ line, groups, terms: [added, term] }];
}

function inShort(form: Form): string {
  return form.kind === "parabola" ? "parabola" : `without ${form.group}`;
}

function inWords(form: Form): string {
  return form.kind === "parabola"
    ? "over a parabola through all sizes"
    : `without ${form.group} images`;
}
