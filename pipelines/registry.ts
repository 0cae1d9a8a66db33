/**
 * Every pipeline there is, in the order in which they run and are read: those
 * of seconds first.
 *
 * @module
 */
import type { AnyPipeline } from "../engine/define/pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import { alongData } from "./along_data.ts";
import { alongFineTuning } from "./along_fine_tuning.ts";
import { alongPretraining } from "./along_pretraining.ts";
import { biasStrength } from "./bias_strength.ts";
import { cifarPublished } from "./cifar_published.ts";
import { hyperParameters } from "./hyper_parameters.ts";
import { imagenetPublished } from "./imagenet_published/imagenet_published.ts";
import { interventions } from "./interventions/interventions.ts";
import { labelShiftPipeline } from "./label_shift.ts";
import { naturalShifts } from "./natural_shifts/natural_shifts.ts";
import { newPhotographs } from "./new_photographs.ts";
import { pretrainedWeights } from "./pretrained_weights/pretrained_weights.ts";
import { splitKnownTruth } from "./split_known_truth/split_known_truth.ts";
import { spuriousTint } from "./spurious_tint.ts";
import { support } from "./support.ts";
import { theory } from "./theory/theory.ts";
import { typesetDigitsPipeline } from "./typeset_digits/typeset_digits.ts";
import { unseenClasses } from "./unseen_classes.ts";
import { unseenTintPipeline } from "./unseen_tint.ts";
import { verticalFlip } from "./vertical_flip.ts";

export { askedPipeline as asked } from "./asked/asked.ts";
export {
  DEVICE_REQUESTS,
  environmentOf,
} from "../models/device/environment.ts";
export { isGpuFault } from "../models/device/gpu_fault.ts";

/** All pipelines. */
export const pipelines: readonly AnyPipeline<Report>[] = [
  imagenetPublished,
  cifarPublished,
  theory,
  unseenTintPipeline,
  verticalFlip,
  spuriousTint,
  labelShiftPipeline,
  support,
  splitKnownTruth,
  pretrainedWeights,
  newPhotographs,
  interventions,
  alongFineTuning,
  alongData,
  alongPretraining,
  biasStrength,
  hyperParameters,
  unseenClasses,
  typesetDigitsPipeline,
  naturalShifts,
];
