/**
 * Along the pre-training: "as models and pre-training datasets grow, will there
 * remain failures that pre-training cannot address?" (the authors on
 * arXiv:2403.00194, gradientscience.org/pretraining-robustness). Longer
 * pre-training, on more images, with tints in its augmentation and without: a
 * gain in support of networks that were taught to ignore tints is not what the
 * paper asks about.
 *
 * The lengths, numbers of images, the claims and their rules were fixed before
 * the first run.
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import { wide, wideUntinted } from "../models/augmentations/wide.ts";
import { formatCount } from "../reports/value/quantity.ts";
import { counted } from "../reports/value/wording.ts";
import type { Report } from "../reports/value/report.ts";
import { takeFirst } from "../tasks/datasets/take_first.ts";
import { axisReport } from "./shared/synthetic/axis_report.ts";
import { inBoth, settingsAlong } from "./shared/synthetic/axis.ts";
import { evaluateOwn, evaluateTuned } from "./shared/synthetic/fine_tuned.ts";
import { pretrainedOn } from "./shared/synthetic/networks.ts";
import { SWEPT_SCALES, type SweptScale } from "./shared/synthetic/scale.ts";
import { cifar10Subsets } from "./shared/synthetic/setting.ts";

export const alongPretraining: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "along-pretraining",
  title: "Along the pre-training",
  profiles: SWEPT_SCALES,

  build(scale: SweptScale) {
    const settings = settingsAlong(scale);
    const { sizes, sweep } = scale;
    const { pool } = cifar10Subsets(scale);
    const seeds = scale.pretraining.seeds.photo
      .slice(0, sweep.pretraining.networks);
    const usual = scale.pretraining.steps;
    const withUsual = (steps: readonly number[]) =>
      [...steps, usual].toSorted((a, b) => a - b);
    const lengths = withUsual(sweep.pretraining.steps);
    const lengthsOfOthers = withUsual(sweep.pretraining.stepsOfOthers);
    const all = `${formatCount(sizes.pool)} photographs`;
    const first = `${formatCount(sweep.pretraining.images)} photographs`;
    const many = {
      id: "many",
      title: `${all}, tints in the augmentation`,
      images: pool,
      augmentation: wide,
      lengths,
    };
    const few = {
      id: "few",
      title: `${first}, tints in the augmentation`,
      images: takeFirst({ images: pool, n: sweep.pretraining.images }),
      augmentation: wide,
      lengths: lengthsOfOthers,
    };
    const untinted = {
      id: "untinted",
      title: `${all}, no tints in the augmentation`,
      images: pool,
      augmentation: wideUntinted,
      lengths: lengthsOfOthers,
    };

    const after = (
      { id, images, augmentation }: typeof many,
      steps: number,
    ) =>
      inBoth(settings, ({ setting, tested, learningRate }) => {
        const label = `${id}-${steps}`;
        return seeds.map((seed) =>
          id === "many" && steps === usual
            ? evaluateTuned(setting, { seed, scale })
            : evaluateOwn(setting, {
              scale,
              name: `${id}, ${steps} steps`,
              from: pretrainedOn(images, {
                scale,
                augmentation,
                seed,
                steps,
                label,
              }),
              label,
              seed,
              change: { learningRate },
              tested,
            })
        );
      });

    return axisReport({
      id: "along-pretraining",
      title: "Along the pre-training",
      question:
        "As pre-training grows, does its gain grow out of support and stay small in support?",
      series: [
        ...[many, few, untinted].map((kind) => ({
          id: kind.id,
          title: `Effective robustness along pre-training: ${kind.title}`,
          label: `pretraining-${kind.id}`,
          claimed: `${kind.title}; up to ${kind.lengths.at(-1)} steps`,
          values: kind.lengths.map((at) => ({ at, ...after(kind, at) })),
          ...kind === few ? {} : {
            answered: `${
              kind === many ? "with" : "without"
            } tints in the augmentation (${kind.lengths.at(-1)} steps)`,
          },
        })),
        {
          id: "images",
          title:
            `Effective robustness by number of photographs in ${usual} steps of pre-training`,
          label: "pretraining-images",
          values: [
            { at: sweep.pretraining.images, ...after(few, usual) },
            { at: sizes.pool, ...after(many, usual) },
          ],
          along: {
            parameter: {
              title: "distinct photographs of pre-training",
              scale: "log",
            },
            from: `from ${formatCount(sweep.pretraining.images)} to ${
              formatCount(sizes.pool)
            } photographs of pre-training`,
          },
        },
      ],
      parameter: { title: "steps of pre-training", scale: "log" },
      judged: "after the longest pre-training",
      expected: {
        change: "grows",
        from: "from the shortest to the longest pre-training",
      },
      networks: seeds.length,
      pretraining: [{
        name: "few",
        saw: `The first ${
          formatCount(sweep.pretraining.images)
        } of these photographs. ${wide.description}`,
      }, {
        name: "untinted",
        saw:
          `All of them, without the kinds of change that tints are. ${wideUntinted.description}`,
      }],
      scaledDown: [{
        what: "This axis",
        paper:
          "CLIP and AugReg; the paper asks what growth will bring, and varies neither by itself",
        here: `${counted(seeds.length, "network")} each, pre-trained for ${
          lengths.join(", ")
        } steps; on fewer photographs, and without tints, for ${
          lengthsOfOthers.join(", ")
        }; warm-up is half an epoch, so that it takes fewer steps on fewer photographs`,
      }],
    }, { scale, settings });
  },
});
