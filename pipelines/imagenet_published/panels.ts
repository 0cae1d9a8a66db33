/**
 * The paper's pair of natural shifts as panels beside synthetic ones: under one
 * pre-trained models keep to the line, under the other they leave it.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { LinePanel } from "../../reports/value/on_the_line_figure.ts";
import { loadAccuracies } from "../../tasks/datasets/load_accuracies.ts";
import { measureGroups } from "../../tasks/lines/measure_groups.ts";
import { BASELINE_TITLE } from "./figures.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import { fitShift } from "./measure.ts";
import { type PublishedShift, publishedShifts } from "./shifts.ts";

/** What the panels show, and why they stand where they do. */
export const PUBLISHED_IN_WORDS =
  "*Pre-trained* are 55 published models that saw more than ImageNet, over the line of 78 trained on ImageNet alone. ImageNet-V2 was collected by ImageNet’s own protocol; the paper’s classifier nevertheless puts 8,080 of its 10,000 photographs out of support, and 50,727 of the 50,889 of ImageNet-Sketch.";

/** ImageNet-V2 beside shifts in support, ImageNet-Sketch beside those out of support. */
export function publishedPanels(): readonly Lazy<LinePanel>[] {
  const { v2, sketch } = publishedShifts;
  return [
    panel(v2, { support: "in", head: "Close to ImageNet" }),
    panel(sketch, { support: "out", head: "Far from ImageNet" }),
  ];
}

function panel(
  shift: PublishedShift,
  beside: NonNullable<LinePanel["beside"]>,
): Lazy<LinePanel> {
  const { read, fit, pretrained } = fitShift(shift, loadAccuracies({}));
  const { groups, value, above, n } = measureGroups({
    line: fit.line,
    level: LEVEL,
    groups: [{ data: "pre-trained", points: pretrained.points }],
  }, `${shift.id}-together`);
  return {
    title: shift.title,
    support: "part",
    beside,
    networks: "published models",
    finding: [
      "Mean effective robustness: pre-trained ",
      { value, unit: "points" },
      "; ",
      { value: above, unit: "count" },
      " of ",
      { value: n, unit: "count" },
      " lie above the line.",
    ],
    distributions: { reference: shift.referenceTitle, shifted: shift.title },
    line: fit.line,
    baselineTitle: BASELINE_TITLE,
    baselines: read.baselines,
    groups,
  };
}
