/**
 * Unseen tint (section 4 of arXiv:2403.00194): a shift out of support.
 * Training photographs are plain, the shifted ones tinted.
 *
 * The claims and their rules were fixed before the first run; of sizes and
 * seeds see `shared/synthetic/scale.ts`.
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import { unseenTintRecord } from "./shared/synthetic/material.ts";
import { ofEach } from "./shared/synthetic/one_or_more.ts";
import { type Scale, SCALES } from "./shared/synthetic/scale.ts";
import {
  plainSetting,
  shiftedTo,
  UNSEEN_STRENGTHS,
  UNSEEN_TINTS_IN_PAPER,
} from "./shared/synthetic/setting.ts";
import { shiftReport } from "./shared/synthetic/shift_report.ts";

export const unseenTintPipeline: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "unseen-tint",
  title: "Unseen tint",
  profiles: SCALES,
  build(scale: Scale) {
    const record = unseenTintRecord(scale, ["weak", "strong"]);
    return shiftReport({
      id: "unseen-tint",
      title: "Unseen tint",
      question:
        "If training photographs are plain and later ones are tinted, does pre-training help?",
      support: "out",
      setting: plainSetting(scale),
      reference: { figures: "plain photographs", method: "plain photographs" },
      shifts: ofEach(["weak", "strong"], (id) => ({
        title: `Unseen tint of strength ${UNSEEN_STRENGTHS[id]}`,
        id,
        label: `${id}-tint`,
        distributions: shiftedTo(`${id}Tint`),
        shifted: `tint of strength ${UNSEEN_STRENGTHS[id]}`,
        paper: UNSEEN_TINTS_IN_PAPER[id],
      })),
      record,
      scaledDown: [{
        what: "Colours",
        paper:
          "those of a thousand classes, uniform in RGB; shifted images are the very ones of the spurious tint",
        here:
          "each image has one of its own, uniform in RGB, where ten classes would give ten; under the spurious tint there are those ten",
      }, {
        what: "Tint",
        paper: "blended in floating point",
        here: "blended and rounded to 8 bits",
      }],
    }, scale);
  },
});
