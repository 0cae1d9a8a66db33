/**
 * Along fine-tuning: the gain of pre-trained networks after one epoch, two,
 * four and more. The theorem of arXiv:2403.00194 speaks of the end of training
 * alone; Andreassen et al. (arXiv:2106.15831) find that effective robustness
 * fades as fine-tuning converges.
 *
 * The epochs, the claims and their rules were fixed before the first run.
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import { takeEpoch } from "../tasks/evaluation/take_epoch.ts";
import { axisReport } from "./shared/synthetic/axis_report.ts";
import {
  inBoth,
  type SettingAlong,
  settingsAlong,
} from "./shared/synthetic/axis.ts";
import {
  evaluateOwn,
  evaluateTuned,
  fineTuned,
} from "./shared/synthetic/fine_tuned.ts";
import { evaluateTrained } from "./shared/synthetic/networks.ts";
import { type Scale, SCALES } from "./shared/synthetic/scale.ts";

export const alongFineTuning: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "along-fine-tuning",
  title: "Along fine-tuning",
  profiles: SCALES,

  build(scale: Scale) {
    const settings = settingsAlong(scale);
    const { epochs, checkpoints, lengths } = scale.fineTuning;
    const { photo: seeds } = scale.pretraining.seeds;

    /** The checkpoint of a network after some epochs. */
    function onTheWay({ setting, tested }: SettingAlong, at: number) {
      return seeds.map((seed) => {
        const { onTheWay, label, ...network } = fineTuned(setting, {
          kind: "photo",
          method: "FT",
          seed,
          scale,
        });
        const evaluation = evaluateTrained({
          ...network,
          label: `${label}-on-the-way`,
          networks: onTheWay,
        }, { setting: tested, scale });
        return takeEpoch({ evaluation, epoch: at });
      });
    }

    /** Networks that were fine-tuned for so many epochs in all. */
    function ofLength(
      { setting, tested, learningRate }: SettingAlong,
      at: number,
    ) {
      return seeds.map((seed) =>
        at === epochs
          ? evaluateTuned(setting, { seed, scale })
          : evaluateOwn(setting, {
            scale,
            name: `epochs ${at}`,
            label: `photo-epochs-${at}`,
            seed,
            change: { learningRate, epochs: at },
            tested,
          })
      );
    }

    const own = lengths.length > 0;
    const networks = own ? ofLength : onTheWay;
    const values = (own ? [...lengths, epochs] : checkpoints)
      .toSorted((a, b) => a - b)
      .map((at) => ({
        at,
        ...inBoth(settings, (where) => networks(where, at)),
      }));
    return axisReport({
      id: "along-fine-tuning",
      title: "Along fine-tuning",
      question:
        "Does the gain from pre-training fade as fine-tuning goes on, in support and out of support?",
      series: [{
        id: "epochs",
        title: "Effective robustness along fine-tuning",
        label: "epochs",
        values,
      }],
      parameter: { title: "epochs of fine-tuning", scale: "log" },
      note: own
        ? "Each length has its own networks, whose learning rate falls to zero at its end."
        : "The marks are averages of the weights of the same networks during training, at the last epoch too, so that numbers there differ a little from those of finished networks. The learning rate falls to zero only at the last epoch.",
      judged: "at the last epoch",
      inPlace: { "Figure C.1": ["epochs-sizes", "epochs-checkpoints"] },
      scaledDown: [{
        what: "This axis",
        paper: "ends of fine-tunings of 1 to 32 epochs (figure C.1)",
        here: `${seeds.length} photo networks after ${
          values.map(({ at }) => at).join(", ")
        } epochs: ${own ? "separate trainings" : "checkpoints"}`,
      }],
      expected: {
        change: "falls",
        from:
          "from the first to the last epoch, as in Andreassen et al. (2021)",
      },
    }, { scale, settings });
  },
});
