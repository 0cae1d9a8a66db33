/**
 * Vertical flip (section 4 of arXiv:2403.00194): a shift out of support.
 * Training photographs are upright, the shifted ones upside down.
 *
 * The claims and their rules were fixed before the first run; of sizes and
 * seeds see `shared/synthetic/scale.ts`.
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import { flipRecord } from "./shared/synthetic/material.ts";
import { type Scale, SCALES } from "./shared/synthetic/scale.ts";
import { plainSetting, shiftedTo } from "./shared/synthetic/setting.ts";
import { shiftReport } from "./shared/synthetic/shift_report.ts";

export const verticalFlip: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "vertical-flip",
  title: "Vertical flip",
  profiles: SCALES,
  build(scale: Scale) {
    return shiftReport({
      id: "vertical-flip",
      title: "Vertical flip",
      question:
        "If photographs are upright in training and upside down afterwards, does pre-training help?",
      support: "out",
      setting: plainSetting(scale),
      reference: {
        figures: "upright photographs",
        method: "plain photographs",
      },
      shifts: [{
        title: "Vertical flip",
        label: "flip",
        distributions: shiftedTo("flipped"),
        shifted: "photographs upside down",
      }],
      paper: "large; no number in the text",
      record: flipRecord(scale),
      nominations: [
        { place: "accuracy on the line", id: "checkpoints" },
        { place: "effective robustness", id: "checkpoints" },
        { place: "extrapolation", id: "flip" },
      ],
      inPlace: { "Figure 3": ["flip"] },
    }, scale);
  },
});
