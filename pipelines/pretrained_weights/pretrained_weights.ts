/**
 * Real pre-trained weights: the trunk of a detector that others trained on
 * COCO, as a linear probe and fine-tuned, under shifts out of support.
 *
 * Splits, seeds, the claims and their rules were fixed before the first run;
 * depths and learning rates to choose from after a pilot on images of the
 * selection split.
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
import type { Report, Table } from "../../reports/value/report.ts";
import { compareLines } from "../../tasks/lines/compare_lines.ts";
import { measureRobustness } from "../../tasks/lines/measure_robustness.ts";
import { placePoints } from "../../tasks/evaluation/place_points.ts";
import { tabulateRobustness } from "../../tasks/lines/tabulate_robustness.ts";
import { writeProse } from "../../tasks/pictures/write_prose.ts";
import { type CocoNetworks, cocoNetworks, METHODS } from "./networks.ts";
import { type Profile, PROFILES } from "./scale.ts";
import { splitTable } from "./split.ts";
import {
  differences,
  mobilenetRecord,
  networkSection,
  pretraining,
  trunkRecord,
} from "./text.ts";
import {
  ABOVE_TWO_POINTS,
  estimateOf,
  inWords,
  LINE_TITLES,
} from "../shared/synthetic/claims.ts";
import { type LineName, linesUnder } from "../shared/synthetic/gains.ts";
import {
  cifar10Record,
  flipRecord,
  resnet8Record,
  unseenTintRecord,
} from "../shared/synthetic/material.ts";
import { type Baselines, baselinesOf } from "../shared/synthetic/networks.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import {
  plainSetting,
  shiftedTo,
  UNSEEN_STRENGTHS,
} from "../shared/synthetic/setting.ts";

const LINES = ["checkpoints", "sizes"] as const satisfies readonly LineName[];

/** The shifts of the plain setting, all out of support. */
const SHIFTS = [
  {
    id: "weak-tint",
    set: "weakTint",
    title: `Unseen tint of strength ${UNSEEN_STRENGTHS.weak}`,
    shifted: `tint of strength ${UNSEEN_STRENGTHS.weak}`,
  },
  {
    id: "strong-tint",
    set: "strongTint",
    title: `Unseen tint of strength ${UNSEEN_STRENGTHS.strong}`,
    shifted: `tint of strength ${UNSEEN_STRENGTHS.strong}`,
  },
  {
    id: "flip",
    set: "flipped",
    title: "Vertical flip",
    shifted: "photographs upside down",
  },
] as const;

type CocoShift = typeof SHIFTS[number];

export const pretrainedWeights: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "pretrained-weights",
  title: "Real pre-trained weights",
  profiles: PROFILES,

  build(scale: Profile) {
    const setting = plainSetting(scale);
    const baselines = baselinesOf(setting, scale);
    const networks = cocoNetworks(setting, scale);
    const shifts = SHIFTS.map((shift) =>
      measure(shift, { baselines, networks })
    );

    return {
      id: "pretrained-weights",
      title: "Real pre-trained weights",
      question:
        "Do weights that others trained on another set of photographs bring effective robustness out of support?",
      answer: shifts.map(sentence),
      claims: shifts.map(claim),
      figures: shifts.flatMap((shift) =>
        LINES.map((line) => figure(shift, line))
      ),
      tables: [table(shifts), splitTable(scale)],
      pretraining,
      scaledDownTitle: "What differs from the paper",
      scaledDown: differences(scale),
      sections: [networkSection(networks, scale)],
      datasets: [cifar10Record(scale), trunkRecord()],
      shifts: [unseenTintRecord(scale, ["weak", "strong"]), flipRecord(scale)],
      models: [resnet8Record(scale), mobilenetRecord(scale)],
    };
  },
});

/** One shift, and what the networks on the trunk gain over both lines. */
type Measured = ReturnType<typeof measure>;

function measure(
  shift: CocoShift,
  { baselines, networks: { evaluations } }: {
    readonly baselines: Baselines;
    readonly networks: CocoNetworks;
  },
) {
  const { id } = shift;
  const distributions = shiftedTo(shift.set);
  const fits = linesUnder(distributions, { baselines, label: id });
  const placed = (networks: typeof evaluations.LP, name: string) =>
    placePoints(
      { evaluations: networks, distributions },
      `${id}-coco-${name}`,
    );
  const points = placed(
    METHODS.flatMap((method) => evaluations[method]),
    "all",
  );
  const over = (name: LineName) => {
    const { line } = fits[name];
    const gain = (of: typeof points, what: string) =>
      measureRobustness(
        { line, level: LEVEL, points: of },
        `${id}-coco-${what}-${name}`,
      );
    return {
      fit: fits[name],
      all: gain(points, "all"),
      methods: METHODS.map((method) => ({
        method,
        gain: gain(placed(evaluations[method], method), method),
      })),
    };
  };
  return {
    shift,
    gains: { checkpoints: over("checkpoints"), sizes: over("sizes") },
    lines: compareLines({
      first: fits.checkpoints.line,
      second: fits.sizes.line,
      points,
      level: LEVEL,
    }, `${id}-coco`),
  };
}

/** What was found under one shift. */
function sentence({ shift: { id, title }, gains }: Measured) {
  return writeProse({
    prose: [
      `**${title}**: networks on the trunk trained on COCO have a mean effective robustness of `,
      ...inWords(gains.checkpoints.all),
      " over the line of checkpoints and ",
      ...inWords(gains.sizes.all),
      " over that of finished networks. ",
    ],
  }, `answer-coco-${id}`);
}

function claim({ shift: { id, shifted }, gains }: Measured): Lazy<Claim> {
  return {
    id,
    statement:
      `Out of support (${shifted}), weights trained on COCO bring much effective robustness.`,
    paper: "large for weights of CLIP and AugReg; no number in the text",
    rule: ABOVE_TWO_POINTS,
    answers: "out of support",
    figure: `${id}-checkpoints`,
    remark:
      "All probed and fine-tuned networks together. The baselines are smaller networks on smaller images, so that the gain is not that of pre-training alone.",
    estimate: estimateOf(gains.checkpoints.all, LINE_TITLES.checkpoints),
    further: [estimateOf(gains.sizes.all, LINE_TITLES.sizes)],
  };
}

function figure(
  { shift, gains, lines }: Measured,
  name: LineName,
): Lazy<Figure> {
  const { fit, all, methods } = gains[name];
  const [probed, tuned] = methods;
  return {
    id: `${shift.id}-${name}`,
    title: `${shift.title}, over the ${LINE_TITLES[name]}`,
    kind: "on-the-line",
    finding: [
      "Mean effective robustness of networks on the trunk trained on COCO: ",
      ...inWords(all),
      ...(probed === undefined || tuned === undefined ? [] : [
        "; of linear probes ",
        ...inWords(probed.gain),
        ", fine-tuned ",
        ...inWords(tuned.gain),
      ]),
      ".",
    ],
    note: name === "checkpoints"
      ? "Checkpoints of one run resemble each other, so the band, which takes them as independent, is too narrow."
      : [
        "Over the networks’ reference accuracies the two lines ",
        lines.words,
        "; that of checkpoints predicts ",
        ...inWords(lines),
        " more.",
      ],
    distributions: { reference: "plain photographs", shifted: shift.shifted },
    line: fit.line,
    level: LEVEL,
    baselineTitle: name === "checkpoints"
      ? "averaged checkpoints of networks trained from scratch"
      : "finished networks trained from scratch on fewer and more images",
    baselines: fit.points,
    groups: [{
      name: "COCO",
      members: methods.map(({ method, gain }) => ({
        title: `COCO, ${method}`,
        runs: gain.points,
      })),
      mean: all.mean,
    }],
  };
}

/** Every effective robustness with its errors apart. */
function table(shifts: readonly Measured[]): Lazy<Table> {
  const { columns, rows } = tabulateRobustness({
    titles: ["shift", "line", "method"],
    rows: shifts.flatMap(({ shift, gains }) =>
      LINES.flatMap((line) => {
        const { all, methods } = gains[line];
        return [{ method: "all", gain: all }, ...methods].map(
          ({ method, gain }) => ({
            cells: [shift.title, LINE_TITLES[line], method],
            mean: gain.mean,
            overlap: gain.overlap,
          }),
        );
      })
    ),
  }, "coco");
  return {
    id: "intervals",
    caption:
      "Mean effective robustness in points. “From” and “to” bound the 95% interval, whose three sources of error stand apart as half-widths: spread between networks, noise of the test images, uncertainty of the line; beside them what the paper prints after ±. The last columns say how many networks lie within the baselines’ reference accuracies, and how far outside the others are, in points.",
    columns,
    rows,
  };
}
