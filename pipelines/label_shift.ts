/**
 * Label shift (section 4 of arXiv:2403.00194): a shift that stays in support.
 * Half of the classes are rare in the reference distribution and common in
 * the shifted one.
 *
 * The claims and their rules were fixed before the first run; of sizes and
 * seeds see `shared/synthetic/scale.ts`.
 *
 * @module
 */
import { cifar10 } from "../data/datasets/cifar10.ts";
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import { labelShift } from "../shifts/label_shift.ts";
import { labelShiftRecord } from "./shared/synthetic/material.ts";
import { P_MINORITY, type Scale, SCALES } from "./shared/synthetic/scale.ts";
import { labelSetting, minorityMixture } from "./shared/synthetic/setting.ts";
import { shiftReport } from "./shared/synthetic/shift_report.ts";

const mixture = minorityMixture(P_MINORITY);

export const labelShiftPipeline: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "label-shift",
  title: "Label shift",
  profiles: SCALES,
  build(scale: Scale) {
    return shiftReport({
      id: "label-shift",
      title: "Label shift",
      question:
        "If half of the classes are rare in training and common afterwards, does pre-training help?",
      support: "in",
      setting: labelSetting(scale, P_MINORITY),
      reference: {
        figures: `label shift, minority classes ${P_MINORITY}`,
        method: "photographs with rare classes",
      },
      shifts: [{
        title: "Label shift",
        label: "label-shift",
        distributions: mixture,
        shifted: "the same, with common and rare classes exchanged",
      }],
      paper: "near 0 at 0.2, slightly below 0 at 0.1 and 0.15",
      remark: "The paper notes a weak linear fit for strong label shifts.",
      record: labelShiftRecord(scale, [P_MINORITY]),
      tables: [{
        id: "classes",
        caption:
          `${labelShift.description} The share of each class in the two distributions.`,
        columns: ["class", "reference", "shifted"],
        rows: cifar10.classes.map((name, i) => [
          name,
          ...(["reference", "shifted"] as const).map((distribution) => ({
            value: mixture[distribution].classes?.[i] ?? 0,
            unit: "percent" as const,
          })),
        ]),
      }],
      scaledDown: [
        {
          what: "Reference images",
          paper: "one in four images of a minority class remains",
          here:
            "the same; the numbers of reference images given here are those before the removal, after which five in eight remain",
        },
        {
          what: "Test set",
          paper: "31,000 images drawn by class",
          here:
            "all test images, with the accuracy of each class weighted by its share: exact, without sampling",
        },
        {
          what: "Classes",
          paper: "500 of 1,000 are minority classes",
          here: "5 of 10, drawn once",
        },
      ],
    }, scale);
  },
});
