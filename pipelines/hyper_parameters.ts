/**
 * Hyper-parameters of fine-tuning (figure C.1 of arXiv:2403.00194): does
 * another learning rate, length, batch or weight decay change what
 * pre-training brings?
 *
 * The settings, the claims and their rules were fixed before the first run; the
 * level of the claims' intervals was raised after the run (docs/log.md).
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Lazy } from "../engine/define/ref.ts";
import type { Claim } from "../reports/value/claim.ts";
import type { Figure } from "../reports/value/figure.ts";
import { formatBound } from "../reports/value/quantity.ts";
import type { Report } from "../reports/value/report.ts";
import { compareSettings } from "../tasks/lines/compare_settings.ts";
import { measureRobustness } from "../tasks/lines/measure_robustness.ts";
import {
  bothEnds,
  inBoth,
  ratesAlong,
  settingsAlong,
  SHIFTS_ALONG,
} from "./shared/synthetic/axis.ts";
import {
  ABOVE_TWO_POINTS,
  BAND,
  LINE_TITLES,
  WITHIN_TWO_POINTS,
} from "./shared/synthetic/claims.ts";
import {
  byLine,
  gainOver,
  linesUnder,
  networksOver,
} from "./shared/synthetic/gains.ts";
import { materialAlong } from "./shared/synthetic/material.ts";
import {
  type Change,
  evaluateOwn,
  evaluateTuned,
} from "./shared/synthetic/fine_tuned.ts";
import { WEIGHT_DECAY } from "./shared/synthetic/networks.ts";
import {
  methodSection,
  pretrainingRecords,
  scaledDown,
  SMALLER_NETWORKS,
} from "./shared/synthetic/method.ts";
import { fitsOver } from "./shared/synthetic/page.ts";
import {
  LEVEL,
  SWEPT_SCALES,
  type SweptScale,
} from "./shared/synthetic/scale.ts";

/** A setting counts if its reference accuracy is this near to the best one's. */
const TOLERANCE = 0.02;

const ONE_NETWORK =
  "There is one network at each value, so the interval allows for the line and the test images, but not for the spread between networks.";

type Parameter = "learningRate" | "epochs" | "batchSize" | "weightDecay";

const TITLES: Readonly<Record<Parameter, string>> = {
  learningRate: "learning rate",
  epochs: "epochs",
  batchSize: "batch size",
  weightDecay: "weight decay",
};

/** One setting: a parameter and its value; all others as usual. */
interface Variation {
  readonly parameter: Parameter;
  readonly at: number;
  /** The usual value, of the network that every experiment has. */
  readonly isUsual: boolean;
}

/** What is tried, the usual settings among it. */
function variations(scale: SweptScale): readonly Variation[] {
  const { sweep, fineTuning, batchSize } = scale;
  const [only, ...others] = fineTuning.learningRates;
  const of = (
    parameter: Parameter,
    { usual, others }: { usual?: number; others: readonly number[] },
  ): readonly Variation[] => [
    ...usual === undefined ? [] : [{ parameter, at: usual, isUsual: true }],
    ...others.map((at) => ({ parameter, at, isUsual: false })),
  ];
  return [
    ...of(
      "learningRate",
      others.length === 0 && only !== undefined
        ? { usual: only, others: sweep.learningRates }
        : { others: [...fineTuning.learningRates, ...sweep.learningRates] },
    ),
    ...of("epochs", { usual: fineTuning.epochs, others: sweep.epochs }),
    ...of("batchSize", { usual: batchSize, others: sweep.batchSizes }),
    ...of("weightDecay", {
      usual: WEIGHT_DECAY,
      others: sweep.weightDecays,
    }),
  ];
}

/**
 * Level of the intervals among which the lowest and the highest are picked
 * (Bonferroni): at the usual one, all of as many hold together. Upwards to
 * hundredths of a per cent.
 */
function levelOfPicked(networks: number): number {
  return Math.ceil(1e4 * (1 - (1 - LEVEL) / networks)) / 1e4;
}

export const hyperParameters: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "hyper-parameters",
  title: "Hyper-parameters",
  profiles: SWEPT_SCALES,

  build(scale: SweptScale) {
    const [seed = 0] = scale.pretraining.seeds.photo;
    const all = variations(scale);
    // The usual values are those of one network.
    const tried = 1 + all.filter(({ isUsual }) => !isUsual).length;
    const level = levelOfPicked(tried);
    const settings = settingsAlong(scale);
    const evaluations = inBoth(
      settings,
      ({ setting, tested, learningRate }) =>
        all.map(({ parameter, at, isUsual }) => {
          // The network that every experiment has, evaluated once for all.
          if (isUsual) return evaluateTuned(setting, { seed, scale });
          const change: Change = { learningRate, [parameter]: at };
          return evaluateOwn(setting, {
            scale,
            name: `${TITLES[parameter]} ${at}`,
            label: parameter === "learningRate"
              ? `photo-rate-${at}`
              : `photo-${parameter}-${at}`,
            seed,
            change,
            tested,
          });
        }),
    );
    const measured = SHIFTS_ALONG.map(
      ({ name, id, label, support, where, distributions }) => {
        const { baselines } = settings[where];
        const lines = linesUnder(distributions, { baselines, label });
        const runs = all.map(({ parameter, at }, i) => {
          const networks = evaluations[where].slice(i, i + 1);
          const stage = `${label}-${parameter}-${at}`;
          return {
            parameter,
            at,
            over: byLine((line) =>
              gainOver(lines[line], { networks, label: stage, line })
            ),
            // The same with the interval that a choice among all leaves.
            picked: byLine((line) =>
              measureRobustness(
                { ...networksOver(lines[line], networks, stage), level },
                `${stage}-picked-${line}`,
              )
            ),
          };
        });
        const extremes = byLine((line) =>
          compareSettings({
            settings: runs.map(({ parameter, at, picked }) => ({
              name: `${TITLES[parameter]} ${at}`,
              points: picked[line].points,
              mean: picked[line].mean,
              shares: picked[line].shares,
            })),
            tolerance: TOLERANCE,
            title: `one network, ${LINE_TITLES[line]}`,
          }, `${label}-${line}`)
        );
        return {
          name,
          id,
          support,
          lines,
          extremes,
          runsOf: (parameter: Parameter) =>
            runs.filter((run) => run.parameter === parameter),
        };
      },
    );

    const usual = all.filter(({ isUsual }) => isUsual)
      .map(({ parameter, at }) => `${TITLES[parameter]} ${at}`).join(", ");
    const claims = measured.map((
      { name, id, support, extremes: { sizes, checkpoints } },
    ): Lazy<Claim> => ({
      id,
      asked: true,
      whose: "paper",
      statement: support === "in"
        ? `Under the ${name} (in support), effective robustness stays near zero whatever the hyper-parameters, with one network a setting (n = 1).`
        : `Under the ${name} (out of support), effective robustness stays high whatever the hyper-parameters, with one network a setting (n = 1).`,
      paper:
        "the same for nearly all hyper-parameters; in support too, a small learning rate or few epochs leave some, at a lower accuracy (figure C.1)",
      estimate: sizes.lowest,
      further: [sizes.highest, checkpoints.lowest, checkpoints.highest],
      rule: support === "in" ? WITHIN_TWO_POINTS : ABOVE_TWO_POINTS,
      remark: [
        "Among the settings within 2 points of the best reference accuracy: ",
        sizes.names,
        `. The usual values (${usual}) are those of one network, that of the other pages, which counts under each of their names or, where it is further below the best, under none. There is one network a setting, so that intervals leave out the spread between networks, and with it what a verdict owes to the seed. The lowest and the highest are picked among ${tried} networks, on the images that they are judged on. Changed on 2026-11-28, after the run: intervals allow for this choice (Bonferroni, ${
          formatBound({ value: level, unit: "percent" })
        }% each). Before, they were those of 95%. Whether a setting is within 2 points is decided on the same images as the results.`,
      ],
      figure: "learning-rate",
    }));

    const parameters = Object.keys(TITLES) as readonly Parameter[];
    const idOf = (parameter: Parameter) =>
      TITLES[parameter].replaceAll(" ", "-");
    const figures = parameters.map(
      (parameter): Lazy<Figure> => ({
        kind: "sweep",
        id: idOf(parameter),
        title: `Effective robustness against the ${TITLES[parameter]}`,
        finding: [
          `Effective robustness of the photo network by ${
            TITLES[parameter]
          } of fine-tuning: `,
          ...measured.flatMap(({ name, runsOf }, i) => [
            `${i === 0 ? "" : "; "}under the ${name}`,
            ...bothEnds(runsOf(parameter).toSorted((a, b) => a.at - b.at))
              .flatMap(({ at, over: { sizes } }, i) => [
                i === 0 ? " " : " and ",
                { value: sizes.value, unit: "points" as const },
                ` at ${at}`,
              ]),
          ]),
          ".",
        ],
        note: parameter === "weightDecay"
          ? `The values are evenly spaced, because 0 has no logarithm. ${ONE_NETWORK}`
          : ONE_NETWORK,
        parameter: {
          title: TITLES[parameter],
          scale: parameter === "weightDecay" ? "even" : "log",
        },
        band: BAND,
        estimates: measured.flatMap(({ name, lines, runsOf }) =>
          runsOf(parameter).map(({ at, over: { sizes } }) => ({
            at,
            group: name,
            baselines: "finished networks",
            line: lines.sizes.fit.line,
            mean: sizes.mean,
            points: sizes.points,
          }))
        ),
      }),
    );

    return {
      id: "hyper-parameters",
      title: "Hyper-parameters of fine-tuning",
      question:
        "Does the gain from pre-training depend on how the network is fine-tuned?",
      answer: measured.flatMap(({ name, extremes }) => [
        `Under the ${name}, effective robustness over the line of finished networks lies between `,
        { value: extremes.sizes.lowestValue, unit: "points" },
        " and ",
        { value: extremes.sizes.highestValue, unit: "points" },
        " among the settings with nearly the best reference accuracy, with one network each. ",
      ]),
      claims,
      figures,
      tables: [
        fitsOver(measured, { title: "Each shift", label: "hyper-parameters" }),
      ],
      counterparts: {
        instead: SMALLER_NETWORKS,
        of: { "Figure C.1": parameters.map(idOf) },
      },
      pretraining: pretrainingRecords(scale, ["photo"]),
      scaledDown: [
        ...scaledDown(scale, { photo: 1, narrow: 0, probed: 0 }),
        {
          what: "This sweep",
          paper: "CLIP with a zero-shot head, at its best learning rate",
          here:
            "the photo network with one seed; one hyper-parameter changed at a time",
        },
      ],
      sections: [methodSection(ratesAlong(settings))],
      ...materialAlong(scale),
    };
  },
});
