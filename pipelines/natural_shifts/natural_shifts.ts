/**
 * Natural shifts of CIFAR-10: from photographs to sketches, to icons and emoji
 * in colour, and to icons and emoji in black (section 4 of
 * arXiv:2403.00194, where the shifts are ImageNet-Sketch and -R).
 *
 * An exploration at this scale found no line of accuracies on these sets with
 * 8,000 training images. So without a GPU this shows the sets and whether there
 * is a line; effective robustness is for `gpu`. Names of
 * drawings, splits, seeds, the claims and their rules were fixed before the
 * first run.
 *
 * @module
 */
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import type { Claim } from "../../reports/value/claim.ts";
import type { Figure } from "../../reports/value/figure.ts";
import type { Report } from "../../reports/value/report.ts";
import {
  classesTable,
  rejectedTable,
  renditionsRecord,
  setPicture,
  setsTable,
  shiftRecords,
  sketchesRecord,
} from "./material.ts";
import { type Scale, SCALES } from "./scale.ts";
import { LEAST_R2, linesOn, shiftedSets } from "./sets.ts";
import { answerTable } from "../shared/synthetic/answers.ts";
import {
  ABOVE_ZERO,
  estimateOf,
  inWords,
  LINE_TITLES,
  onBothLines,
  type Piece,
} from "../shared/synthetic/claims.ts";
import { LINES } from "../shared/synthetic/gains.ts";
import { cifar10Record, resnet8Record } from "../shared/synthetic/material.ts";
import { BASELINES, fitsOver } from "../shared/synthetic/page.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";

export const naturalShifts: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "natural-shifts",
  title: "Photographs to sketches, icons and emoji",
  profiles: SCALES,

  build(scale: Scale) {
    const sets = Object.values(shiftedSets(scale))
      .map((set) => ({ ...set, ...linesOn(scale, set) }));
    return {
      id: "natural-shifts",
      title: "Photographs to sketches, icons and emoji",
      question:
        "If networks learn photographs and then meet drawings of the same things, do small networks lie on a line, so that effective robustness can be measured?",
      answer: [
        `A line counts if the 95% interval of its slope lies above 0 and its r² is at least ${LEAST_R2}. At this scale there is`,
        ...answerTable(
          ["photographs to", ...LINES.map((line) => LINE_TITLES[line])],
          sets.map(({ title, lines }) => [
            [title.toLowerCase()],
            ...LINES.map((line): readonly Piece[] => [
              lines[line].use.words,
              ", r² ",
              { value: lines[line].use.r2, digits: 2 },
            ]),
          ]),
        ),
      ],
      claims: sets.flatMap((
        { name, title, lines, gains },
      ): readonly Lazy<Claim>[] => [
        {
          id: `line-${name}`,
          asked: true,
          statement:
            `${title}: networks that are more accurate on photographs are also more accurate on the shifted images, on the probit scale.`,
          paper: "shown for ImageNet-Sketch and -R (figure 1)",
          ...onBothLines((line) => ({
            value: lines[line].use.slope,
            low: lines[line].use.low,
            high: lines[line].use.high,
            unit: "plain",
            level: LEVEL,
            title: `slope of the ${LINE_TITLES[line]}`,
          })),
          rule: ABOVE_ZERO,
          figure: `${name}-sizes`,
        },
        ...(gains === undefined ? [] : [{
          id: `drawings-${name}`,
          statement:
            `${title}: pre-training on sketches of other things brings effective robustness.`,
          paper: "large under ImageNet-Sketch and -R",
          ...onBothLines((line) => estimateOf(gains[line], LINE_TITLES[line])),
          rule: ABOVE_ZERO,
          remark: LINES.flatMap((line, i) => [
            `${i === 0 ? "" : " "}By the ${LINE_TITLES[line]} there is `,
            lines[line].use.words,
            " to measure over.",
          ]),
          figure: `${name}-sizes`,
        }]),
      ]),
      figures: sets.flatMap(({ name, title, lines, gains }) =>
        LINES.map((line): Lazy<Figure> => {
          const { fit, use } = lines[line];
          const gain = gains?.[line];
          return {
            kind: "on-the-line",
            id: `${name}-${line}`,
            title: `${title}, over the ${LINE_TITLES[line]}`,
            finding: [
              "Slope ",
              { value: use.slope, digits: 2 },
              " (95% interval ",
              { value: use.low, digits: 2 },
              " to ",
              { value: use.high, digits: 2 },
              "), r² ",
              { value: use.r2, digits: 2 },
              ": there is ",
              use.words,
              " to measure over.",
              ...(gain === undefined ? [] : [
                " Mean effective robustness of networks pre-trained on sketches of other things: ",
                ...inWords(gain),
                ".",
              ]),
            ],
            note:
              "Every class counts the same on both axes; classes that the shifted set lacks are masked on both.",
            distributions: {
              reference: "photographs",
              shifted: title.toLowerCase(),
            },
            line: fit.line,
            level: LEVEL,
            baselineTitle: BASELINES[line],
            baselines: fit.points,
            groups: gain === undefined ? [] : [{
              name: "drawings",
              members: [{ title: "drawings", runs: gain.points }],
              mean: gain.mean,
            }],
          };
        })
      ),
      mainFigures: ["sketches-sizes", "monochrome-sizes"],
      tables: [
        classesTable(scale),
        fitsOver(sets.map(({ title, lines }) => ({ name: title, lines })), {
          title: "Natural shifts",
          label: "natural",
        }),
        setsTable(),
        rejectedTable(),
      ],
      pictures: sets.map(setPicture),
      scaledDown: [
        {
          what: "Shift",
          paper:
            "ImageNet to ImageNet-Sketch (50,889 images) and ImageNet-R (30,000)",
          here:
            "CIFAR-10 to sketches, and to icons and emoji, 32 × 32 pixels; numbers of images by class in the table",
        },
        {
          what: "Pre-trained networks",
          paper:
            "55 published networks pre-trained on up to billions of images",
          here: scale.pretrains
            ? `${scale.networks.pretraining.seeds.photo.length} networks pre-trained on sketches of other things`
            : "none at this profile, which has no line to measure them by; `--profile gpu` trains them",
        },
      ],
      datasets: [
        cifar10Record(scale.networks),
        sketchesRecord(scale),
        renditionsRecord(scale, "colour"),
        renditionsRecord(scale, "monochrome"),
      ],
      shifts: shiftRecords(scale),
      models: [resnet8Record(scale.networks)],
    };
  },
});
