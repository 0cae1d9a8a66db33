/**
 * Example: a shift that was added to those of the paper. Training photographs
 * are plain, the shifted ones EDIT.
 *
 * Claims and their rules are those of the paper's shifts, fixed before the
 * first run; they count by themselves.
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import { addedShift } from "../pipelines/shared/synthetic/added_shift.ts";
import { type Scale, SCALES } from "../pipelines/shared/synthetic/scale.ts";
import { cifar10Subsets } from "../pipelines/shared/synthetic/setting.ts";
import { shiftReport } from "../pipelines/shared/synthetic/shift_report.ts";
import type { Report } from "../reports/value/report.ts";
import { applyShift } from "../tasks/datasets/apply_shift.ts";
import { exampleShift } from "./shift.ts";

const NAME = {
  id: "example",
  title: "Example",
};
// EDIT: the shifted photographs in words, as axes and captions have them.
const SHIFTED = "photographs after the shift";

const pipeline: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: NAME.id,
  title: NAME.title,
  profiles: SCALES,
  build(scale: Scale) {
    const { id, title } = NAME;
    const shift = exampleShift;
    // EDIT: how strong the shift is, fixed before the first run.
    const options = {
      strength: 0.5,
    } as const;
    const { test } = cifar10Subsets(scale);
    const images = applyShift({ images: test, shift, options });
    const { setting, distributions, record } = addedShift(
      { id, shift, options, images, shifted: SHIFTED },
      scale,
    );
    return shiftReport({
      id,
      title,
      // EDIT: the question that the page asks.
      question:
        "If photographs are plain in training and shifted afterwards, does pre-training help?",
      support: shift.support,
      setting,
      reference: { figures: "plain photographs", method: "plain photographs" },
      shifts: [{ title, label: id, distributions, shifted: SHIFTED }],
      record,
    }, scale);
  },
});

export { pipeline as examplePipeline };
