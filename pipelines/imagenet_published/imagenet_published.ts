/**
 * The paper's figure of natural shifts (section 3 of arXiv:2403.00194), from
 * accuracies that others have published: 78 networks trained on ImageNet alone
 * and 55 pre-trained on other data, on ImageNet-V2, ImageNet-Sketch and
 * ImageNet-R. Nothing is trained, so that all profiles show the same numbers;
 * they differ in the number of resamples alone.
 *
 * Everything here was fixed before the first run: lists, row rule, seeds, the
 * claims and their rules.
 *
 * @module
 */
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import type { Quantity } from "../../reports/value/quantity.ts";
import type { Report } from "../../reports/value/report.ts";
import { loadAccuracies } from "../../tasks/datasets/load_accuracies.ts";
import { claimsOf } from "./claims.ts";
import { furtherFigure, paperFigure } from "./figures.ts";
import { type MeasuredShift, measureShift } from "./measure.ts";
import { datasets, publishedShifts, shifts } from "./shifts.ts";
import {
  dataTable,
  noiseTable,
  sensitivityTable,
  summaryTable,
  topTable,
} from "./tables.ts";
import {
  accuraciesSection,
  differences,
  pretraining,
  sections,
} from "./text.ts";

/** Numbers that scale this experiment. */
interface Profile {
  /** Resamples of the baselines, and simulated test sets. */
  readonly resamples: number;
}

export const imagenetPublished: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "imagenet-published",
  title: "Published ImageNet models",

  profiles: {
    smoke: { resamples: 200 },
    default: { resamples: 2000 },
    full: { resamples: 10_000 },
  },

  build({ resamples }: Profile) {
    const tables = loadAccuracies({});
    const measured = (name: keyof typeof publishedShifts) =>
      measureShift(publishedShifts[name], { tables, resamples });
    const v2 = measured("v2");
    const sketch = measured("sketch");
    const renditions = measured("renditions");
    const papers = [v2, sketch, renditions];
    const all = [...papers, measured("adversarial"), measured("real")];

    return {
      id: "imagenet-published",
      title: "Published ImageNet models",
      question:
        "At the same accuracy on ImageNet, do models pre-trained on other data hold up better on ImageNet-V2, -Sketch and -R than models trained on ImageNet alone?",
      answer: papers.flatMap(sentence),
      claims: claimsOf({ v2, sketch, renditions }),
      figures: [
        ...all.map(paperFigure),
        furtherFigure(v2),
        furtherFigure(sketch),
      ],
      nominations: [
        { place: "front page, instead", id: v2.shift.id },
        { place: "front page, instead", id: sketch.shift.id },
        { place: "accuracy on the line", id: v2.shift.id },
        { place: "effective robustness", id: v2.shift.id },
      ],
      counterparts: {
        instead: "the same models; accuracies as others have published them",
        of: {
          "Figure 1": [v2.shift.id, sketch.shift.id],
          "Figure B.1": [v2.shift.id],
        },
      },
      scaledDownTitle: "What differs from the paper, and why",
      scaledDown: differences,
      sections: [...sections, accuraciesSection(tables)],
      tables: [
        summaryTable(all),
        noiseTable(all),
        ...papers.map(sensitivityTable),
        ...papers.map(topTable),
        ...all.map(dataTable),
      ],
      pretraining,
      datasets,
      shifts,
    };
  },
});

/** What was found under one shift. */
function sentence(
  { shift, pretrained, maximum }: MeasuredShift,
): readonly Lazy<string | Quantity>[] {
  return [
    `On **${shift.title}** the `,
    { value: pretrained.n, unit: "count" },
    " pre-trained models have a mean effective robustness of ",
    { value: pretrained.value, unit: "points" },
    " and a maximum of ",
    { value: maximum.value, unit: "points" },
    ". ",
  ];
}
