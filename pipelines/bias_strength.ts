/**
 * From in support to out of support (figure C.2 of arXiv:2403.00194): the
 * stronger the bias of the reference distribution, the fewer counter-examples
 * it holds, until the shifted distribution leaves its support.
 *
 * Strengths, seeds, which networks make the lines, the claim and its rule were
 * fixed before the first run.
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Lazy } from "../engine/define/ref.ts";
import type { Claim } from "../reports/value/claim.ts";
import type { SweepEstimate } from "../reports/value/sweep_figure.ts";
import type { Report } from "../reports/value/report.ts";
import { counted } from "../reports/value/wording.ts";
import type { Mixture } from "../shifts/mixture.ts";
import { labelShift } from "../shifts/label_shift.ts";
import { tint, tintMixture } from "../shifts/tint.ts";
import { compareShifts } from "../tasks/lines/compare_shifts.ts";
import {
  ABOVE_ZERO,
  BAND,
  estimateOf,
  inWords,
  LINE_TITLES,
  type Piece,
  WITHIN_TWO_POINTS,
} from "./shared/synthetic/claims.ts";
import {
  cifar10Record,
  labelShiftRecord,
  pretrainedResnet8Record,
  spuriousTintRecord,
} from "./shared/synthetic/material.ts";
import { withBold } from "./shared/synthetic/answers.ts";
import {
  evaluateOwn,
  evaluateTuned,
  learningRateIn,
  type Rate,
} from "./shared/synthetic/fine_tuned.ts";
import {
  gainOver,
  lineThrough,
  networksOver,
} from "./shared/synthetic/gains.ts";
import { checkpointsOf, evaluateTrained } from "./shared/synthetic/networks.ts";
import {
  methodSection,
  pretrainingRecords,
  scaledDown,
  SMALLER_NETWORKS,
} from "./shared/synthetic/method.ts";
import { ofEach } from "./shared/synthetic/one_or_more.ts";
import { fitsTable } from "./shared/synthetic/page.ts";
import {
  LEVEL,
  P_MINORITY,
  P_SPURIOUS,
  SWEPT_SCALES,
  type SweptScale,
} from "./shared/synthetic/scale.ts";
import {
  labelSetting,
  minorityMixture,
  type Setting,
  tintSetting,
} from "./shared/synthetic/setting.ts";

/** Up to this probability of the class's own colour, in support, the paper finds effective robustness near 0. */
const NEAR_ZERO_UP_TO = 0.8;

/** The smallest share of the minority classes that the paper has. */
const SMALLEST_MINORITY = 0.1;

/** One value of a parameter that changes the reference distribution. */
interface Step {
  readonly at: number;
  readonly setting: Setting;
  readonly distributions: Mixture<string>;
  /** The learning rate in the setting of the usual value. */
  readonly learningRate: Rate;
  /** Whether this is the usual value, of which other experiments have all networks. */
  readonly isUsual: boolean;
}

/** Effective robustness of photo networks over the line of checkpoints. */
function gainsAt(
  { at, setting, distributions, learningRate, isUsual }: Step,
  scale: SweptScale,
) {
  const { scratchRuns, networks } = scale.sweep;
  const baselines = setting.scratch.seeds
    .slice(0, isUsual ? undefined : scratchRuns)
    .map((seed) =>
      evaluateTrained(checkpointsOf(setting, { scale, seed }), {
        setting,
        scale,
      })
    );
  const fit = lineThrough(
    baselines,
    distributions,
    `${setting.name}-checkpoints`,
  );
  const under = { distributions, fit, baselines };
  // With the usual seeds, so that values compare network by network.
  const photo = scale.pretraining.seeds.photo.slice(0, networks).map((seed) =>
    isUsual ? evaluateTuned(setting, { seed, scale }) : evaluateOwn(setting, {
      scale,
      name: "photo, FT",
      label: "photo",
      seed,
      change: { learningRate },
    })
  );
  const label = `${setting.name}-swept-photo`;
  return {
    at,
    under,
    photo: gainOver(under, { networks: photo, label, line: "checkpoints" }),
    // As a comparison of two values takes them.
    compared: networksOver(under, photo, label),
  };
}

type StepGains = ReturnType<typeof gainsAt>;

/** The photo networks at one value, as a sweep figure shows them. */
function estimateAt(
  { at, under: { fit: { line } }, photo: { mean, points } }: StepGains,
): Lazy<SweepEstimate> {
  return { at, group: "photo", baselines: "checkpoints", line, mean, points };
}

/** The values of a parameter. */
function list(steps: readonly { readonly at: number }[]): string {
  return steps.map(({ at }) => at).toSorted((a, b) => a - b).join(", ");
}

/** What the photo networks gain at each value. */
function foundAt(steps: readonly StepGains[]): readonly Piece[] {
  return [
    "Mean effective robustness of the photo networks: ",
    ...steps.toSorted((a, b) => a.at - b.at).flatMap(({ at, photo }, i) => [
      i === 0 ? "" : "; ",
      ...inWords(photo),
      ` at p = ${at}`,
    ]),
    ".",
  ];
}

/** What the photo networks gain where the paper has it near 0, and how that changes until counter-examples are gone; nothing where it was not measured. */
function besideThePaper(
  still: StepGains | undefined,
  sure: StepGains,
): readonly Piece[] {
  if (still === undefined) return [];
  const change = compareShifts({
    first: sure.compared,
    second: still.compared,
    level: LEVEL,
  }, `spurious-${still.at}`);
  return [
    `Where counter-examples are rare but still there (p = ${still.at}, in support), the paper has the effective robustness of pre-trained networks near 0; here it is `,
    ...withBold(still.photo),
    `. From there to p = ${sure.at}, where there are none, it changes by `,
    ...inWords(change),
    ".\n\n",
  ];
}

/** That little is gained at a value, by the rule of the usual one; nothing where it was not measured. */
function littleAt(
  step: StepGains | undefined,
  { id, name, paper }: {
    /** Id of the claim and its figure. */
    readonly id: string;
    readonly name: string;
    readonly paper: string;
  },
): readonly Lazy<Claim>[] {
  return step === undefined ? [] : [{
    id: `${id}-little`,
    whose: "paper",
    statement:
      `In support (${name} ${step.at}), pre-training brings little effective robustness.`,
    paper,
    estimate: estimateOf(step.photo, LINE_TITLES.checkpoints),
    rule: WITHIN_TWO_POINTS,
    remark:
      "The rule is that of the claim at the usual value. The claim was added on 2026-12-01, with the numbers known: without it the page had no verdict on what the paper says here.",
    figure: id,
  }];
}

export const biasStrength: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "bias-strength",
  title: "Strength of the bias",
  profiles: SWEPT_SCALES,

  build(scale: SweptScale) {
    const rateOn = {
      tint: learningRateIn(tintSetting(scale, P_SPURIOUS), scale),
      label: learningRateIn(labelSetting(scale, P_MINORITY), scale),
    };
    const tints = ofEach([P_SPURIOUS, ...scale.sweep.spurious], (p) =>
      gainsAt({
        at: p,
        setting: tintSetting(scale, p),
        distributions: tintMixture(p),
        learningRate: rateOn.tint,
        isUsual: p === P_SPURIOUS,
      }, scale));
    const labels = [P_MINORITY, ...scale.sweep.minority].map((p) =>
      gainsAt({
        at: p,
        setting: labelSetting(scale, p),
        distributions: minorityMixture(p),
        learningRate: rateOn.label,
        isUsual: p === P_MINORITY,
      }, scale)
    );
    const [half] = tints;
    const sure = tints.at(-1) ?? half;
    const still = tints.find(({ at }) => at === NEAR_ZERO_UP_TO);
    const rise = compareShifts({
      first: sure.compared,
      second: half.compared,
      level: LEVEL,
    }, "spurious");
    return {
      id: "bias-strength",
      title: "From in support to out of support",
      question:
        "As the bias of the training data grows and counter-examples vanish, does pre-training begin to help?",
      answer: [
        ...besideThePaper(still, sure),
        ...foundAt(tints),
        ` All of these are over the line of checkpoints. If the tint always has the colour of the class (p = ${sure.at}) rather than half of the time, the effective robustness of networks with broad pre-training changes by `,
        ...inWords(rise),
        ".",
      ],
      claims: [
        {
          id: "rise",
          whose: "ours",
          statement:
            `Pre-training brings more effective robustness where the reference distribution holds no counter-examples to the spurious tint (p = ${sure.at}) than where it holds many (p = ${half.at}).`,
          paper:
            `near 0 up to p = ${NEAR_ZERO_UP_TO}, higher at 0.9; without counter-examples (p = 1) not tried`,
          estimate: estimateOf(rise),
          rule: ABOVE_ZERO,
          remark:
            `Of values between the two it says nothing; the answer has all of them. The comparison is paired: the same pre-trained network is fine-tuned with the same seed at both strengths (pairs: ${scale.sweep.networks}). It is judged on the line of checkpoints only, because there are no finished networks at other strengths.`,
          figure: "spurious",
        },
        ...littleAt(still, {
          id: "spurious",
          name: "spurious tint, p =",
          paper: "near 0 (figure C.2)",
        }),
        ...littleAt(labels.find(({ at }) => at === SMALLEST_MINORITY), {
          id: "minority",
          name: "label shift, share of the minority classes",
          paper: "slightly below 0 (figure C.2)",
        }),
      ],
      figures: [
        {
          kind: "sweep",
          id: "spurious",
          title:
            "Effective robustness against the strength of the spurious tint",
          finding: foundAt(tints),
          note: tint.description,
          parameter: {
            title: "probability of the class’s own colour",
            scale: "linear",
          },
          band: BAND,
          estimates: tints.map(estimateAt),
        },
        {
          kind: "sweep",
          id: "minority",
          title:
            "Effective robustness against the share of the minority classes",
          finding: foundAt(labels),
          note:
            `${labelShift.description} The smaller the share, the stronger the shift.`,
          parameter: {
            title: "share of the minority classes in training",
            scale: "linear",
          },
          band: BAND,
          estimates: labels.map(estimateAt),
        },
      ],
      tables: [
        fitsTable(
          [
            ...tints.map(({ at, under: { fit } }) => ({
              title: `tint, p = ${at}`,
              fit,
            })),
            ...labels.map(({ at, under: { fit } }) => ({
              title: `minority classes, ${at}`,
              fit,
            })),
          ],
          { id: "fits", title: "Each strength", label: "bias-strength" },
        ),
      ],
      counterparts: {
        instead: SMALLER_NETWORKS,
        of: { "Figure C.2": ["spurious", "minority"] },
      },
      pretraining: pretrainingRecords(scale, ["photo"]),
      scaledDown: [
        ...scaledDown(scale, {
          photo: scale.sweep.networks,
          narrow: 0,
          probed: 0,
          lines: "checkpoints",
        }),
        {
          what: "This sweep",
          paper:
            "p 0.5 to 0.9 for the tint, 0.1 to 0.3 for the minority classes",
          here: `p ${list(tints)} for the tint, ${
            list(labels)
          } for the minority classes; at p = ${P_SPURIOUS} and ${P_MINORITY} the line of the other experiments, elsewhere one through the checkpoints of ${
            counted(scale.sweep.scratchRuns, "run")
          }; at each ${
            counted(scale.sweep.networks, "photo network")
          }; learning rate as chosen at p = ${P_SPURIOUS} and ${P_MINORITY}`,
        },
      ],
      sections: [methodSection([
        { on: "tinted photographs", learningRate: rateOn.tint },
        { on: "photographs with rare classes", learningRate: rateOn.label },
      ], { lines: "checkpoints" })],
      datasets: [cifar10Record(scale)],
      shifts: [
        spuriousTintRecord(scale, tints.map(({ at }) => at)),
        labelShiftRecord(scale, labels.map(({ at }) => at)),
      ],
      models: [pretrainedResnet8Record(scale)],
    };
  },
});
