/**
 * Along the data: networks fine-tuned on fewer reference images, for as many
 * steps. In support the data should determine the network, the more of them
 * there are, and what pre-training brought should fade.
 *
 * The numbers of images, the claims and their rules were fixed before the first
 * run.
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import { formatCount, formatCounts } from "../reports/value/quantity.ts";
import type { Report } from "../reports/value/report.ts";
import { axisReport } from "./shared/synthetic/axis_report.ts";
import {
  inBoth,
  type SettingAlong,
  settingsAlong,
} from "./shared/synthetic/axis.ts";
import { evaluateOwn, evaluateTuned } from "./shared/synthetic/fine_tuned.ts";
import { SWEPT_SCALES, type SweptScale } from "./shared/synthetic/scale.ts";

export const alongData: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "along-data",
  title: "Along the data",
  profiles: SWEPT_SCALES,

  build(scale: SweptScale) {
    const settings = settingsAlong(scale);
    const { sizes, fineTuning: { epochs }, sweep } = scale;
    const seeds = scale.pretraining.seeds.photo
      .slice(0, sweep.networks);
    const numbers = [...sweep.references, sizes.reference];

    const onImages = (
      { setting, tested, learningRate }: SettingAlong,
      at: number,
    ) =>
      seeds.map((seed) =>
        at === sizes.reference
          ? evaluateTuned(setting, { seed, scale })
          : evaluateOwn({ ...setting, reference: setting.sized(at) }, {
            scale,
            name: `${at} images`,
            label: `photo-on-${at}`,
            seed,
            change: {
              learningRate,
              epochs: Math.round(epochs * sizes.reference / at),
            },
            tested,
          })
      );

    return axisReport({
      id: "along-data",
      title: "Along the data",
      question:
        "Does the gain from pre-training in support fade as the reference set grows?",
      series: [{
        id: "images",
        title: "Effective robustness by number of reference images",
        label: "images",
        values: numbers.map((at) => ({
          at,
          ...inBoth(settings, (where) => onImages(where, at)),
        })),
      }],
      parameter: { title: "reference images", scale: "log" },
      note:
        "All networks are fine-tuned for about the same number of steps, the first half epoch of them with a rising learning rate: fewer steps of fewer images. The lines are those of the other experiments. An earlier `default` profile fine-tuned on 6,000 images, fewer times, and had gains of some 10 points under the spurious tint: this figure shows how much of that is due to their number, with a point at 6,000.",
      judged: `on ${formatCount(sizes.reference)} images`,
      networks: seeds.length,
      scaledDown: [{
        what: "This axis",
        paper: "not in the paper",
        here: `${seeds.length} photo networks, fine-tuned on ${
          formatCounts(numbers).join(", ")
        } images`,
      }],
      expected: {
        change: "falls",
        from: "from the smallest to the largest reference set",
      },
    }, { scale, settings });
  },
});
