/**
 * In support against out of support: the four synthetic shifts side by side
 * (figure 4 of arXiv:2403.00194), beside them two of published models
 * (section 3), and the same networks under shifts of both kinds.
 *
 * Which shifts are paired, the claims and their rules were fixed before the
 * first run.
 *
 * @module
 */
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import type { Mixture } from "../shifts/mixture.ts";
import { tintMixture } from "../shifts/tint.ts";
import {
  PUBLISHED_IN_WORDS,
  publishedPanels,
} from "./imagenet_published/panels.ts";
import { overBothLines, withBold } from "./shared/synthetic/answers.ts";
import {
  ABOVE_ZERO,
  BAND,
  estimateOver,
  onBothLines,
} from "./shared/synthetic/claims.ts";
import { overFiveDraws } from "./shared/synthetic/five_draws.ts";
import {
  byLine,
  contrast,
  gainsUnder,
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
import { KINDS } from "./shared/synthetic/networks.ts";
import {
  methodSection,
  pretrainingRecords,
  scaledDown,
  SMALLER_NETWORKS,
} from "./shared/synthetic/method.ts";
import {
  barsOverLines,
  KINDS_IN_WORDS,
  panelFigures,
  type Shown,
} from "./shared/synthetic/page.ts";
import {
  P_MINORITY,
  P_SPURIOUS,
  type Scale,
  SCALES,
} from "./shared/synthetic/scale.ts";
import {
  labelSetting,
  minorityMixture,
  plainSetting,
  type Setting,
  shiftedTo,
  tintSetting,
  UNSEEN_STRENGTHS,
} from "./shared/synthetic/setting.ts";
import {
  checkUnder,
  contrastOverOtherForms,
  otherFormsInWords,
} from "./shared/synthetic/straightness.ts";

/** What else a contrast rests on: runs of 2026-11-29 in docs/log.md. */
const REST_ON = {
  tint: [
    " Of five draws of colours, seeds and images at `default` three find it: +1.2, +0.3, +0.1, +3.1 and +2.5 points over the line of finished networks. They differ twice as much as their own intervals allow, since those leave out which ten colours the classes have.",
    " It grows with the data and with the pre-training, and after the first epoch no longer with fine-tuning, at `full` over the line of finished networks: −2.2 (−3.1 to −1.3), −0.6, +0.1 and +1.2 (+0.1 to +2.2) with 2,500, 6,000, 10,000 and 20,000 reference images (`along-data`); −1.7 (−3.1 to −0.4), +1.2, +1.1 and +1.0 (−0.3 to +2.3) after 1, 4, 8 and 16 epochs of fine-tuning (`along-fine-tuning`); +0.3, +1.2 and +2.4 (0.0 to +4.7) after 750, 3,000 and 9,000 steps of pre-training, in which photo networks see tints; after 3,000 without any −0.9 (−2.3 to +0.4) (`along-pretraining`).",
    " The unseen tint was changed on 2026-11-29, with these numbers known: it had the ten colours of the spurious tint, in which the first draw had +2.7 (+1.5 to +3.9) and the second +0.1 (−1.7 to +1.8). Every image has a colour of its own since; in the paper the shifted images are the same under both tints.",
  ].join(""),
  "flip-label":
    " All of five draws of seeds, images and rare classes at `default` find it: +3.9, +3.2, +4.5, +5.7 and +4.8 points over the line of finished networks. The longer the fine-tuning, the less is left of the gain upside down: nothing after the 16 epochs of `full` (`along-fine-tuning`).",
} as const;

/** A shift, where it leads, and what pre-training gains under it. */
interface Shifted extends Shown {
  /** In the middle of a sentence. */
  readonly name: string;
  readonly support: "in" | "out";
  /** The finished networks by size. */
  readonly check: ReturnType<typeof checkUnder>;
}

export const support: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "support",
  title: "In support and out of support",
  profiles: SCALES,

  build(scale: Scale) {
    const trainedOn = (setting: Setting) => ({
      setting,
      networks: networksOf(setting, scale),
    });
    const tinted = trainedOn(tintSetting(scale, P_SPURIOUS));
    const skewed = trainedOn(labelSetting(scale, P_MINORITY));
    const plain = trainedOn(plainSetting(scale));
    const under = (
      distributions: Mixture<string>,
      { setting, networks, label, title, ...told }:
        & ReturnType<typeof trainedOn>
        & Pick<Shifted, "title" | "support" | "distributions">
        & { readonly label: string },
    ): Shifted => {
      const gains = gainsUnder(distributions, { networks, label });
      const check = checkUnder(gains, { setting, scale });
      return { title, name: title.toLowerCase(), ...told, gains, check };
    };
    const spuriousTint = under(tintMixture(P_SPURIOUS), {
      ...tinted,
      label: "spurious-tint",
      title: "Spurious tint",
      support: "in",
      distributions: {
        reference: `spurious tint, p = ${P_SPURIOUS}`,
        shifted: "random tint, p = 0",
      },
    });
    const labelShift = under(minorityMixture(P_MINORITY), {
      ...skewed,
      label: "label-shift",
      title: "Label shift",
      support: "in",
      distributions: {
        reference: `minority classes ${P_MINORITY}`,
        shifted: "rare classes common",
      },
    });
    const unseenTint = under(shiftedTo("weakTint"), {
      ...plain,
      label: "weak-tint",
      title: "Unseen tint",
      support: "out",
      distributions: {
        reference: "plain photographs",
        shifted: `tint of strength ${UNSEEN_STRENGTHS.weak}`,
      },
    });
    const flip = under(shiftedTo("flipped"), {
      ...plain,
      label: "flip",
      title: "Vertical flip",
      support: "out",
      distributions: {
        reference: "upright photographs",
        shifted: "photographs upside down",
      },
    });
    const shifts = [spuriousTint, labelShift, unseenTint, flip];
    const records = [
      spuriousTintRecord(scale, [P_SPURIOUS]),
      labelShiftRecord(scale, [P_MINORITY]),
      unseenTintRecord(scale, ["weak"]),
      flipRecord(scale),
    ];

    const pairs = ([
      { id: "tint", out: unseenTint, within: spuriousTint },
      { id: "flip-label", out: flip, within: labelShift },
    ] as const).map(({ id, out, within }) => ({
      id,
      out,
      within,
      over: byLine((line) =>
        contrast({ outOfSupport: out.gains, inSupport: within.gains }, {
          line,
          label: id,
        })
      ),
      otherForms: contrastOverOtherForms(
        { outOfSupport: out, inSupport: within },
        id,
      ),
    }));
    return {
      id: "support",
      title: "In support and out of support",
      question:
        "Does pre-training help where a network must extrapolate, but not where its training data are biased?",
      answer: [
        "Network by network, effective robustness of the photo networks grows by ",
        ...pairs.flatMap(({ out, within, over }, i) => [
          i === 0 ? "" : ", and by ",
          ...withBold(over.sizes),
          ` from ${within.name} to ${out.name}`,
        ]),
        ", over the line of finished networks.\n\nIn points, with 95% intervals:",
        ...overBothLines("difference of effective robustness", [
          ...pairs.map(({ out, within, over }) => ({
            title: `*photo*: ${out.name} minus ${within.name}`,
            over,
          })),
          ...shifts.map(({ name, gains }) => ({
            title: `*photo* minus *narrow*: ${name}`,
            over: byLine((line) => gains[line].difference),
          })),
        ]),
      ],
      claims: pairs.map(({ id, out, within, over, otherForms }) => ({
        id,
        whose: "paper",
        statement:
          `Effective robustness under the ${out.name} (out of support) exceeds that under the ${within.name} (in support), network by network.`,
        paper: "large out of support, near 0 in support",
        ...onBothLines((line) =>
          estimateOver(line, { measured: over[line], otherForms })
        ),
        rule: ABOVE_ZERO,
        contrast: `from a ${within.name} to ${
          out.name.startsWith("u") ? "an" : "a"
        } ${out.name}`,
        redrawn: overFiveDraws(`support/${id}`, scale),
        remark: [
          "The comparison is paired: the same pre-trained network is fine-tuned with the same seed on both reference distributions and tested on versions of the same images.",
          REST_ON[id],
          ...otherFormsInWords(
            otherForms,
            "both lines change at once, and the pages of the two shifts have tables of how straight each line is",
          ),
        ],
        figure: "robustness",
      })),
      figures: [
        {
          kind: "robustness-bars",
          id: "robustness",
          title: "Effective robustness in support and out of support",
          finding: [
            "Mean effective robustness of the photo networks over the line of finished networks: ",
            ...shifts.flatMap(({ name, gains }, i) => [
              `${i === 0 ? "" : i === 2 ? "; " : ", "}${name} `,
              { value: gains.sizes.photo.value, unit: "points" as const },
            ]),
            ".",
          ],
          note:
            `${KINDS_IN_WORDS} The shifts are those of the paper’s figure 4; there are two lines of baselines here.`,
          band: BAND,
          shifts: shifts.map(({ name, support }) => ({ name, support })),
          estimates: shifts.flatMap(({ name, gains }) =>
            KINDS.flatMap((group) =>
              barsOverLines(
                { shift: name, group },
                byLine((line) => gains[line][group]),
              )
            )
          ),
        },
        ...panelFigures(shifts, {
          title: "Shifts in support and out of support",
          published: {
            panels: publishedPanels(),
            inWords: PUBLISHED_IN_WORDS,
          },
        }),
      ],
      // The panels have hundreds of marks, each with its numbers.
      mainFigures: ["robustness"],
      nominations: [{ place: "front page", id: "panels-sizes" }],
      counterparts: {
        instead: SMALLER_NETWORKS,
        of: { "Figure 4": ["panels-sizes", "panels-checkpoints"] },
      },
      pretraining: pretrainingRecords(scale),
      scaledDown: scaledDown(scale),
      sections: [methodSection([
        { on: "plain photographs", learningRate: plain.networks.learningRate },
        {
          on: "tinted photographs",
          learningRate: tinted.networks.learningRate,
        },
        {
          on: "photographs with rare classes",
          learningRate: skewed.networks.learningRate,
        },
      ])],
      pictures: records.map(({ sheet }) => sheet),
      datasets: [cifar10Record(scale)],
      shifts: records,
      models: [pretrainedResnet8Record(scale)],
    };
  },
});
