/**
 * A natural shift that small networks can show: from handwritten to typeset
 * digits, and the split of the typeset ones into those in the support of the
 * handwritten ones and those out of it (section 4, figures 5 and C.6
 * of arXiv:2403.00194).
 *
 * Families and their roles, splits, seeds, learning rates, which networks make
 * the lines, the classifier, the claims and their rules were fixed before the
 * first run; sizes, epochs and widths by reference accuracy and time alone.
 *
 * @module
 */
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import type { Figure } from "../../reports/value/figure.ts";
import type { Report } from "../../reports/value/report.ts";
import { compareParts } from "../../tasks/splits/compare_parts.ts";
import { tabulateStyles } from "../../tasks/evaluation/tabulate_styles.ts";
import {
  galleryFigure,
  partBars,
  partLines,
  reliabilityFigure,
} from "../shared/split/figures.ts";
import {
  EPSILON,
  type MeasuredGroup,
  measuredSplit,
} from "../shared/split/measured.ts";
import { placeboClaim, placeboTable } from "../shared/split/placebos.ts";
import {
  thresholdFigures,
  thresholdTables,
} from "../shared/split/thresholds.ts";
import {
  ABOVE_ZERO,
  estimateOf,
  inWords,
  LINE_TITLES,
  onBothLines,
  type Piece,
  THROUGH,
  WITHIN_TWO_POINTS,
} from "../shared/synthetic/claims.ts";
import { type LineName, LINES } from "../shared/synthetic/gains.ts";
import { BASELINES, fitsTable } from "../shared/synthetic/page.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import { answerOf } from "./answer.ts";
import { gainsOf, networksOf, shiftOver, splitBy } from "./gains.ts";
import { intervalTables } from "./intervals.ts";
import {
  digitNetworkRecord,
  familiesTable,
  lettersPicture,
  mnistRecord,
  pretrainingRecords,
  scaledDown,
  shiftPicture,
  typefacesRecord,
  typesetRecord,
} from "./material.ts";
import {
  chosenRate,
  mnistSubsets,
  type Pretraining,
  PRETRAININGS,
  typesetDigits,
} from "./networks.ts";
import { type Scale, SCALES } from "./scale.ts";

const DISTRIBUTIONS = {
  reference: "handwritten digits",
  shifted: "typeset digits",
};

export const typesetDigitsPipeline: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "typeset-digits",
  title: "Handwritten to typeset digits",
  profiles: SCALES,

  build(scale: Scale) {
    const networks = networksOf(scale);
    const gains = gainsOf(scale, networks);
    const classifiers = {
      letters: splitBy(scale, "letters"),
      digits: splitBy(scale, "digits"),
    };
    const { epsilons, placebos } = scale.split;
    const measured = (line: LineName, kind: Pretraining) =>
      measuredSplit(
        shiftOver(scale, { networks, line, title: THROUGH[line] }),
        {
          split: classifiers[kind].split,
          name: kind,
          title: LINE_TITLES[line],
          scale: {
            epsilons: [...epsilons, EPSILON].sort((a, b) => a - b),
            placebos,
          },
        },
      );
    const splits = {
      sizes: measured("sizes", "letters"),
      checkpoints: measured("checkpoints", "letters"),
      second: measured("sizes", "digits"),
    };
    const { parts, groups, matched } = splits.sizes;
    const own = groupNamed("letters", groups);
    const ownMatched = groupNamed("letters", matched.groups);
    const controlMatched = groupNamed("digits", matched.groups);
    const digits = typesetDigits(scale);
    const agreement = compareParts({
      first: parts.parts,
      second: splits.second.parts.parts,
    }, "typeset");
    /** Estimates of one group in one part, on both lines. */
    const inPart = (kind: Pretraining, part: "inEstimate" | "outEstimate") => {
      const over = (line: LineName) =>
        groupNamed(kind, splits[line].groups).measured[part];
      return onBothLines(over);
    };
    const intervals = intervalTables(splits, gains);

    return {
      id: "typeset-digits",
      title: "Handwritten to typeset digits",
      question:
        "If networks learn handwritten digits and then meet typeset ones, does pre-training on other typefaces help, and on which digits?",
      answer: answerOf({
        gains,
        n: digits.n,
        inSupport: parts.inSupport,
        parts: own.measured,
        matched: ownMatched.measured,
      }),
      claims: [
        {
          id: "letters-out",
          statement:
            "On the typeset digits out of support, pre-training on other typefaces brings effective robustness.",
          paper:
            "far above that in support on ImageNet-Sketch and -R, near 0 on ImageNet-V2 (figure 5)",
          ...inPart("letters", "outEstimate"),
          rule: ABOVE_ZERO,
          answers: "out of support",
          remark: [
            ...asDifficult(ownMatched),
            " What keeps its intervals from being narrower is [computed](#table-networks-needed).",
          ],
          figure: "parts",
        },
        {
          id: "letters-in",
          statement:
            "On the typeset digits in support, pre-training on other typefaces brings little effective robustness.",
          paper: "mean ER on the part in support near 0",
          ...inPart("letters", "inEstimate"),
          rule: WITHIN_TWO_POINTS,
          answers: "in support",
          figure: "parts",
        },
        {
          id: "digits-out",
          statement:
            "Out of support, pre-training without typefaces brings little effective robustness.",
          paper: "not in the paper",
          ...inPart("digits", "outEstimate"),
          rule: WITHIN_TWO_POINTS,
          remark: [...asDifficult(controlMatched)],
          figure: "parts",
        },
        {
          id: "digits-in",
          statement:
            "In support, pre-training without typefaces brings little effective robustness.",
          paper: "not in the paper",
          ...inPart("digits", "inEstimate"),
          rule: WITHIN_TWO_POINTS,
          figure: "parts",
        },
        {
          id: "letters-over-digits",
          statement:
            "On all typeset digits, pre-training on letters of other typefaces brings more than pre-training on other handwritten digits.",
          paper: "not in the paper",
          ...onBothLines((line) =>
            estimateOf(gains[line].difference, LINE_TITLES[line])
          ),
          rule: ABOVE_ZERO,
          figure: "sizes",
        },
        placeboClaim(splits.sizes, {
          id: "placebos",
          where: "On the typeset digits",
          figure: "parts",
        }),
      ],
      figures: [
        ...LINES.map((name): Lazy<Figure> => ({
          kind: "on-the-line",
          id: name,
          title: `Typeset digits, over the ${LINE_TITLES[name]}`,
          finding: [
            "Mean effective robustness: letters ",
            ...inWords(gains[name].letters),
            "; digits ",
            ...inWords(gains[name].digits),
            ".",
          ],
          note:
            "Digits of one family resemble each other. The bars of shifted accuracy are therefore those of the smaller number of independent images with the same noise.",
          distributions: DISTRIBUTIONS,
          line: gains[name].fit.line,
          level: LEVEL,
          baselineTitle: BASELINES[name],
          baselines: gains[name].fit.points,
          groups: PRETRAININGS.map((kind) => ({
            name: kind,
            members: [{ title: kind, runs: gains[name][kind].points }],
            mean: gains[name][kind].mean,
          })),
        })),
        galleryFigure(splits.sizes.shift, {
          id: "examples",
          title: "Digits in support and out of support",
          finding: [
            "At the threshold ε = 0.2, ",
            { value: parts.inSupport, unit: "count" },
            " typeset digits are in support and ",
            { value: parts.outOfSupport, unit: "count" },
            " are out of support.",
          ],
          note: "The images are drawn at random.",
          reference: mnistSubsets(scale).reference,
          shifted: digits.images,
          parts: parts.parts,
          columns: 20,
        }),
        partBars(splits.sizes.shift, {
          id: "parts",
          title: "Effective robustness in support and out of support",
          finding: [
            "Effective robustness of *letters*, over the line of finished networks of each part: in support ",
            own.measured.inWords,
            ", out of support ",
            own.measured.outWords,
            ", the latter weighted to be as difficult ",
            ownMatched.measured.outWords,
            ".",
          ],
          note:
            "The parts are those of the classifier, the same with difficulty matched, and those of a second classifier.",
          ways: [
            { title: "by the classifier", groups: splits.sizes.groups },
            {
              title: "difficulty matched",
              groups: splits.sizes.matched.groups,
            },
            { title: "second classifier", groups: splits.second.groups },
          ],
        }),
        ...partLines(splits.sizes, {
          id: "line",
          title: "Typeset digits",
          distributions: DISTRIBUTIONS,
        }),
        ...thresholdFigures(splits.sizes, {
          id: "threshold",
          title: "Typeset digits",
        }),
        reliabilityFigure([
          { name: "from letters", split: classifiers.letters },
          { name: "from digits", split: classifiers.digits },
        ], {
          id: "calibration",
          title: "Calibration of the classifiers",
          level: LEVEL,
        }),
      ],
      mainFigures: ["sizes", "examples", "parts"],
      counterparts: {
        instead:
          "handwritten digits, and typeset ones as the shift; networks pre-trained here on letters, or on digits, of other typefaces",
        of: {
          "Figure 5a": ["examples"],
          "Figure 5b": ["parts"],
          "Figure B.2": ["calibration"],
          "Table C.3": ["thresholds-letters"],
          "Figure C.4": ["examples"],
          "Figure C.5": ["line-in", "line-out"],
          "Figure C.6": ["parts"],
        },
      },
      tables: [
        {
          id: "styles",
          caption:
            "The share of typeset digits of each style that the classifier puts in support, and the families with the largest and the smallest share.",
          ...tabulateStyles({
            families: digits.families,
            parts: parts.parts,
          }, "typeset"),
        },
        ...intervals.tables,
        fitsTable(
          LINES.map((name) => ({
            title: LINE_TITLES[name],
            fit: gains[name].fit,
          })),
          { id: "fits", title: "All typeset digits", label: "typeset" },
        ),
        placeboTable(splits.sizes, { id: "placebos", title: "Typeset digits" }),
        ...thresholdTables(splits.sizes, {
          id: "thresholds",
          title: "Typeset digits",
        }),
        familiesTable(),
      ],
      pictures: [shiftPicture(scale), lettersPicture(scale)],
      pretraining: pretrainingRecords(scale),
      scaledDown: scaledDown(scale),
      sections: [{
        id: "method",
        title: "Method",
        text: [
          "Training from scratch and fine-tuning use handwritten digits without augmentation; pre-training warps its characters. The learning rate of fine-tuning that does best on the selection images is ",
          { value: chosenRate(scale).value, digits: 4 },
          ".\n\n**Which typeset digits are in support** is decided by a network that starts from the weights pre-trained on letters and learns to tell typeset from handwritten digits. It is cross-fitted: each digit is scored by a network that saw no digit of its family. Its AUROC is ",
          { value: classifiers.letters.auroc, digits: 3 },
          ". A digit is in support if the density of handwritten digits there is at least 0.2 times that of typeset ones. A second classifier, from the weights of the control, has an AUROC of ",
          { value: classifiers.digits.auroc, digits: 3 },
          " and agrees on ",
          { value: agreement.agreement, unit: "percent" },
          " of the digits.\n\n**The units of the intervals are families and pre-trained networks.** Baselines and networks meet the same families, so the effects of each family through all of them are summed before they are squared: a typeface that is hard for all of them hardly counts. As families are few, that error is raised as Student’s t with their number less one is above the normal quantile. In the interval of an accuracy alone, a family counts by its effect on that accuracy. Half-widths were to be below 3 points. Wider than that, in points:\n\n",
          intervals.wider,
          "\n\nWhere one stays above 3 with endlessly many families, more families cannot help: what forbids it is the spread between pre-trained networks, then the line. [How many networks](#table-networks-needed) it would take is computed from that spread.",
        ],
      }],
      datasets: [mnistRecord(scale), typefacesRecord(scale)],
      shifts: [typesetRecord(scale)],
      models: [digitNetworkRecord(scale)],
    };
  },
});

/** What a group gains out of support, weighted to be as difficult as in support, in a sentence. */
function asDifficult({ measured }: MeasuredGroup): readonly Piece[] {
  return [
    "With the digits out of support weighted to be as difficult as those in support (figure C.6 of the paper) it is ",
    measured.outWords,
    `, over the ${LINE_TITLES.sizes}.`,
  ];
}

/** What is measured of the networks of a name. */
function groupNamed(
  name: Pretraining,
  groups: readonly MeasuredGroup[],
): MeasuredGroup {
  const found = groups.find((group) => group.name === name);
  if (found === undefined) {
    throw new TypeError(`Cannot find "${name}" networks among the measured`);
  }
  return found;
}
