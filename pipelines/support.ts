/**
 * In support against out of support: the four synthetic shifts side by side
 * (figure 4 of arXiv:2403.00194), and the same networks under shifts of both
 * kinds.
 *
 * Which shifts are paired, the claims and their rules were fixed before the
 * first run.
 *
 * @module
 */
import { cifar10 } from "../data/datasets/cifar10.ts";
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Lazy } from "../engine/define/ref.ts";
import type { RobustnessEstimate } from "../reports/value/robustness_bars_figure.ts";
import type { Report } from "../reports/value/report.ts";
import { labelShiftMixture } from "../shifts/label_shift.ts";
import { tintMixture } from "../shifts/tint.ts";
import { compareShifts } from "../tasks/lines/compare_shifts.ts";
import {
  ABOVE_ZERO,
  estimateOf,
  inWords,
  LINE_TITLES,
} from "./shared/synthetic/claims.ts";
import {
  type Gains,
  gainsUnder,
  type LineName,
  networksOf,
} from "./shared/synthetic/gains.ts";
import {
  cifar10Record,
  flipRecord,
  labelShiftRecord,
  pretrainedResnet8Record,
  spuriousTintRecord,
  unseenTintRecord,
} from "./shared/synthetic/material.ts";
import type { Pretraining } from "./shared/synthetic/networks.ts";
import {
  KINDS_IN_WORDS,
  methodSection,
  pretrainingRecords,
  scaledDown,
} from "./shared/synthetic/page.ts";
import {
  LEVEL,
  P_MINORITY,
  P_SPURIOUS,
  type Scale,
  SCALES,
  SEED,
} from "./shared/synthetic/scale.ts";
import {
  labelSetting,
  plainSetting,
  shiftedTo,
  tintSetting,
} from "./shared/synthetic/setting.ts";

const LINES = ["checkpoints", "sizes"] as const satisfies readonly LineName[];
const KINDS = ["photo", "narrow"] as const satisfies readonly Pretraining[];

/** A shift, where it leads, and what pre-training gains under it. */
interface Shifted {
  readonly name: string;
  readonly support: "in" | "out";
  readonly gains: Gains;
}

export const support: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "support",
  title: "In support and out of support",
  profiles: SCALES,

  build(scale: Scale) {
    const tinted = networksOf(tintSetting(scale, P_SPURIOUS), scale);
    const skewed = networksOf(labelSetting(scale, P_MINORITY), scale);
    const plain = networksOf(plainSetting(scale), scale);
    const spuriousTint: Shifted = {
      name: "spurious tint",
      support: "in",
      gains: gainsUnder(tintMixture(P_SPURIOUS), {
        networks: tinted,
        label: "spurious-tint",
      }),
    };
    const labelShift: Shifted = {
      name: "label shift",
      support: "in",
      gains: gainsUnder(
        labelShiftMixture({
          pMinority: P_MINORITY,
          seed: SEED,
          classes: cifar10.classes.length,
        }),
        { networks: skewed, label: "label-shift" },
      ),
    };
    const unseenTint: Shifted = {
      name: "unseen tint",
      support: "out",
      gains: gainsUnder(shiftedTo("weakTint"), {
        networks: plain,
        label: "weak-tint",
      }),
    };
    const flip: Shifted = {
      name: "vertical flip",
      support: "out",
      gains: gainsUnder(shiftedTo("flipped"), {
        networks: plain,
        label: "flip",
      }),
    };
    const shifts = [spuriousTint, labelShift, unseenTint, flip];

    const estimates = shifts.flatMap(({ name, gains }) =>
      KINDS.flatMap((group) =>
        LINES.map((line): Lazy<RobustnessEstimate> => ({
          shift: name,
          group,
          baselines: line === "checkpoints"
            ? "checkpoints"
            : "finished networks",
          mean: gains[line][group].mean,
          overlap: gains[line][group].overlap,
        }))
      )
    );
    /** The photo networks out of support minus in support, on one line. */
    const excess = (
      line: LineName,
      [out, within, label]: readonly [Shifted, Shifted, string],
    ) =>
      compareShifts({
        outOfSupport: {
          line: out.gains[line].fit.line,
          points: out.gains.points.photo,
        },
        inSupport: {
          line: within.gains[line].fit.line,
          points: within.gains.points.photo,
        },
        level: LEVEL,
      }, `${label}-${line}`);
    const excesses = ([
      [unseenTint, spuriousTint, "tint"],
      [flip, labelShift, "flip-label"],
    ] as const).map((pair) => ({
      pair,
      checkpoints: excess("checkpoints", pair),
      sizes: excess("sizes", pair),
    }));
    const [tints, others] = excesses;
    if (tints === undefined || others === undefined) {
      throw new TypeError("Cannot compare shifts: a pair is missing");
    }

    return {
      id: "support",
      title: "In support and out of support",
      question:
        "Does pre-training help where a network must extrapolate, and not where its training data are biased?",
      answer: [
        "Effective robustness of the photo networks under an unseen tint minus that under a spurious one: ",
        ...inWords(tints.checkpoints),
        "; under a vertical flip minus that under a label shift: ",
        ...inWords(others.checkpoints),
        ", both over the line of checkpoints.",
      ],
      claims: excesses.map(({ pair: [out, within, label], ...over }) => ({
        id: label,
        statement:
          `Effective robustness under the ${out.name} (out of support) exceeds that under the ${within.name} (in support), network by network.`,
        paper: "large out of support, near 0 in support",
        estimate: estimateOf(over.checkpoints, LINE_TITLES.checkpoints),
        further: [estimateOf(over.sizes, LINE_TITLES.sizes)],
        rule: ABOVE_ZERO,
        remark:
          "Paired by network: the same pre-trained network, fine-tuned with the same seed on the two reference distributions.",
        figure: "robustness",
      })),
      figures: [{
        kind: "robustness-bars",
        id: "robustness",
        title: "Effective robustness in support and out of support",
        finding: [
          "Mean effective robustness of the photo networks over the line of checkpoints: spurious tint ",
          { value: spuriousTint.gains.checkpoints.photo.value, unit: "points" },
          ", label shift ",
          { value: labelShift.gains.checkpoints.photo.value, unit: "points" },
          "; unseen tint ",
          { value: unseenTint.gains.checkpoints.photo.value, unit: "points" },
          ", vertical flip ",
          { value: flip.gains.checkpoints.photo.value, unit: "points" },
          ".",
        ],
        note:
          `${KINDS_IN_WORDS} The paper's figure 4, with both lines of baselines.`,
        band: { low: -0.02, high: 0.02, title: "within ±2 points" },
        shifts: shifts.map(({ name, support }) => ({ name, support })),
        estimates,
      }],
      nominations: [{ place: "front page", id: "robustness" }],
      pretraining: pretrainingRecords(scale),
      scaledDown: scaledDown(scale),
      sections: [methodSection([
        { on: "plain photographs", chosen: plain.chosen },
        { on: "tinted photographs", chosen: tinted.chosen },
        { on: "photographs with rare classes", chosen: skewed.chosen },
      ])],
      datasets: [cifar10Record(scale)],
      shifts: [
        spuriousTintRecord(scale, [P_SPURIOUS]),
        labelShiftRecord(scale, [P_MINORITY]),
        unseenTintRecord(scale, ["weak"]),
        flipRecord(scale),
      ],
      models: [pretrainedResnet8Record(scale)],
    };
  },
});
