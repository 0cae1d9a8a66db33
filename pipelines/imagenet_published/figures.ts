/**
 * The figures: one a shift with the paper's networks, and one with all further
 * networks.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Figure } from "../../reports/value/figure.ts";
import type { Prose } from "../../reports/value/prose.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import type { MeasuredShift } from "./measure.ts";

/** What the baselines are. */
export const BASELINE_TITLE = "models trained from scratch on ImageNet-1k";

/** The paper's 78 baselines and 55 pre-trained networks under one shift. */
export function paperFigure(measured: MeasuredShift): Lazy<Figure> {
  const { shift: { id, title, about }, read, pretrained, maximum } = measured;
  return figure(measured, {
    shown: pretrained,
    id,
    title: `Effective robustness of published models on ${title}`,
    overall: "pre-trained",
    finding: [
      "Over the line of models trained on ImageNet alone, pre-trained models have a mean effective robustness of ",
      { value: pretrained.value, unit: "points" },
      "; ",
      { value: pretrained.above, unit: "count" },
      " of ",
      { value: pretrained.n, unit: "count" },
      " lie above it, `",
      maximum.model,
      "` the farthest, by ",
      { value: maximum.value, unit: "points", signed: false },
      ".",
    ],
    note: [
      `${about} `,
      read.coverage,
      " The paper’s own interval of the mean, which allows for the line alone, is ±",
      { value: pretrained.authorsHalfWidth, unit: "points", signed: false },
      "; that in the key also allows for the test images and the spread between models.",
    ],
  });
}

/** The networks that are not the paper's, over the same line. */
export function furtherFigure(measured: MeasuredShift): Lazy<Figure> {
  const { shift: { id, title }, further, all } = measured;
  return figure(measured, {
    shown: further,
    id: `${id}-further`,
    title: `Models beyond the paper’s list on ${title}`,
    overall: "further",
    finding: [
      { value: further.n, unit: "count" },
      " further models with tags that name data other than ImageNet-1k have a mean effective robustness of ",
      { value: further.value, unit: "points" },
      " over the same line and ",
      { value: further.max, unit: "points" },
      " at most (`",
      further.maxModel,
      "`). Together with the paper’s models, there are ",
      { value: all.n, unit: "count" },
      " models with a maximum of ",
      { value: all.max, unit: "points" },
      " (`",
      all.maxModel,
      "`).",
    ],
    note:
      "A model’s data are those that its tag names first; data with fewer than six models are grouped as others.",
  });
}

function figure(
  { shift, read, fit }: MeasuredShift,
  { shown, overall, ...about }: {
    readonly shown: MeasuredShift["pretrained"];
    readonly id: string;
    readonly title: string;
    readonly overall: string;
    readonly finding: Lazy<Prose>;
    readonly note: Lazy<Prose>;
  },
): Lazy<Figure> {
  return {
    kind: "on-the-line",
    ...about,
    distributions: { reference: shift.referenceTitle, shifted: shift.title },
    line: fit.line,
    level: LEVEL,
    baselineTitle: BASELINE_TITLE,
    baselines: read.baselines,
    groups: shown.groups,
    overall: { name: overall, mean: shown.overall },
  };
}
