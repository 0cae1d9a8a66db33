/**
 * The report on a synthetic shift: networks of one setting, measured under one
 * shift or more, claims, figures, tables and text. The experiments say what is
 * peculiar to them.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Claim, JudgedClaim } from "../../../reports/value/claim.ts";
import type { Figure } from "../../../reports/value/figure.ts";
import type { Nomination } from "../../../reports/value/nomination.ts";
import type { InPlace } from "../../../reports/value/paper_figures.ts";
import type {
  Report,
  ScaledDown,
  Table,
} from "../../../reports/value/report.ts";
import { SUPPORT_WORDS } from "../../../reports/value/support_words.ts";
import type { Mixture } from "../../../shifts/mixture.ts";
import { overBothLines, withBold } from "./answers.ts";
import {
  ABOVE_TWO_POINTS,
  ABOVE_ZERO,
  type GainName,
  WITHIN_TWO_POINTS,
} from "./claims.ts";
import { overFiveDraws } from "./five_draws.ts";
import { byLine, type Gains, gainsUnder, LINES, networksOf } from "./gains.ts";
import {
  cifar10Record,
  pretrainedResnet8Record,
  type ShownShift,
} from "./material.ts";
import { KINDS } from "./networks.ts";
import {
  methodSection,
  pretrainingRecords,
  scaledDown,
  SMALLER_NETWORKS,
} from "./method.ts";
import { ofEach, type OneOrMore } from "./one_or_more.ts";
import {
  idOf,
  lineFigures,
  robustnessTables,
  type Shown,
  trainingFigure,
} from "./page.ts";
import type { Scale } from "./scale.ts";
import type { Setting } from "./setting.ts";
import {
  estimatesUnder,
  straightnessTable,
  type StraightnessUnder,
  straightnessUnder,
} from "./straightness.ts";

/** A shifted distribution that networks of one setting meet. */
export interface ReportedShift<Sets extends string> {
  /** Title of its figures. */
  readonly title: string;
  /** Ends the ids of its claims and begins those of its figures, where there are several. */
  readonly id?: string;
  /** Part of the names of its stages. */
  readonly label: string;
  readonly distributions: Mixture<Sets>;
  /** The shifted distribution in words. */
  readonly shifted: string;
  /** What the paper found under it; that of the experiment unless given. */
  readonly paper?: string;
}

/** What is peculiar to an experiment. */
export interface ShiftExperiment<Sets extends string> {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  /** Whether the shift leads out of the support of the reference distribution: the claims follow. */
  readonly support: "in" | "out";
  readonly setting: Setting<Sets>;
  /** The reference distribution in words: of the figures, and of what networks were trained on. */
  readonly reference: { readonly figures: string; readonly method: string };
  readonly shifts: OneOrMore<ReportedShift<Sets>>;
  /** What the paper found; left out of a shift that it does not have, whose claims are added ones. */
  readonly paper?: string;
  /** Further to the main claim. */
  readonly remark?: string;
  readonly record: ShownShift;
  readonly nominations?: readonly Nomination[];
  /** What it has in place of figures of the paper, beside that of the shift. */
  readonly inPlace?: InPlace;
  /** Claims, figures and tables of its own, after those of every shift. */
  readonly claims?: readonly Lazy<Claim>[];
  readonly figures?: readonly Lazy<Figure>[];
  readonly tables?: readonly Lazy<Table>[];
  /** What is smaller than in the paper besides. */
  readonly scaledDown?: readonly ScaledDown[];
}

/** What was found under one shift, and in the paper. */
interface Found extends Shown {
  readonly gains: Gains;
  readonly straightness: StraightnessUnder;
  readonly paper: string | undefined;
}

/** Trains and measures everything, and reports. */
export function shiftReport<Sets extends string>(
  experiment: ShiftExperiment<Sets>,
  scale: Scale,
): Lazy<Report> {
  const { setting, reference, shifts, record } = experiment;
  const networks = networksOf(setting, scale);
  const found = ofEach(shifts, (
    { title, id, label, distributions, shifted, paper = experiment.paper },
  ): Found => {
    const gains = gainsUnder(distributions, { networks, label });
    return {
      title,
      id,
      gains,
      straightness: straightnessUnder(gains, { setting, scale }),
      distributions: { reference: reference.figures, shifted },
      paper,
    };
  });
  const [first] = found;
  const isOurs = found.some(({ paper }) => paper !== undefined);
  return {
    id: experiment.id,
    title: experiment.title,
    question: experiment.question,
    answer: answerOf(found),
    claims: [
      ...found.flatMap((one) => claimsOf(one, experiment, scale)),
      ...experiment.claims ?? [],
    ],
    figures: [
      ...found.flatMap(lineFigures),
      trainingFigure(first, { title: experiment.title, setting, scale }),
      ...experiment.figures ?? [],
    ],
    nominations: experiment.nominations ?? [],
    counterparts: !isOurs ? undefined : {
      instead: SMALLER_NETWORKS,
      of: {
        ...experiment.inPlace,
        "Figure 4": LINES.map((line) => idOf(first, line)),
      },
    },
    tables: [
      ...found.flatMap(robustnessTables),
      straightnessTable(found, {
        label: experiment.id,
        isOurs,
      }),
      ...experiment.tables ?? [],
    ],
    pictures: [record.sheet],
    pretraining: pretrainingRecords(scale),
    scaledDown: [...scaledDown(scale), ...experiment.scaledDown ?? []],
    sections: [
      methodSection([{
        on: reference.method,
        learningRate: networks.learningRate,
      }]),
    ],
    datasets: [cifar10Record(scale)],
    shifts: [record],
    models: [pretrainedResnet8Record(scale)],
  };
}

/** What broad pre-training brings under the first shift, in a sentence; then that under all and the control, over both lines. */
function answerOf(found: OneOrMore<Found>) {
  const [first, ...others] = found;
  const several = others.length > 0;
  return [
    "Broad pre-training brings ",
    ...withBold(first.gains.sizes.photo),
    ` of effective robustness${
      several ? ` under a ${first.distributions.shifted}` : ""
    }, over the line of finished networks.`,
    "\n\nIn points, with 95% intervals; *narrow* is the control, pre-trained on the same photographs with narrow augmentation:",
    ...overBothLines(
      "mean effective robustness",
      found.flatMap(({ gains, distributions: { shifted } }) =>
        KINDS.map((kind) => ({
          title: several ? `*${kind}*, ${shifted}` : `*${kind}*`,
          over: byLine((line) => gains[line][kind]),
        }))
      ),
    ),
  ];
}

function claimsOf<Sets extends string>(
  found: Found,
  { id: experiment, support, remark: further }: ShiftExperiment<Sets>,
  scale: Scale,
) {
  const { id, title, paper } = found;
  const where = `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
  const claim = (
    name: string,
    { whose, statement, rule }: Pick<
      JudgedClaim,
      "whose" | "statement" | "rule"
    >,
    measured: GainName,
  ) => {
    const { remark, ...estimates } = estimatesUnder(found, measured);
    const own = id === undefined ? name : `${name}-${id}`;
    return {
      paper: "not in the paper",
      ...estimates,
      redrawn: overFiveDraws(`${experiment}/${own}`, scale),
      id: own,
      figure: idOf(found, "sizes"),
      whose: paper === undefined ? "added" as const : whose,
      statement,
      rule,
      remark,
    };
  };
  /** What answers for the paper, if it has the shift. */
  const mainClaim = (
    name: string,
    stated: Pick<JudgedClaim, "statement" | "rule">,
  ) => {
    const { remark, ...made } = claim(name, stated, "photo");
    return {
      ...made,
      remark: [...remark, ...further === undefined ? [] : [` ${further}`]],
      ...paper === undefined ? {} : {
        paper,
        answers: SUPPORT_WORDS[support],
        short: `under ${/^[aeiou]/i.test(title) ? "an" : "a"} ${where}`,
      },
    };
  };
  if (support === "out") {
    return [
      mainClaim("photo", {
        statement:
          `Out of support (${where}), broad pre-training brings much effective robustness.`,
        rule: ABOVE_TWO_POINTS,
      }),
      claim("photo-over-narrow", {
        whose: "ours",
        statement:
          `Out of support (${where}), broad pre-training brings more than pre-training on the same photographs without such changes.`,
        rule: ABOVE_ZERO,
      }, "difference"),
    ];
  }
  return [
    mainClaim("photo-in-support", {
      statement:
        `In support (${where}), pre-training brings little effective robustness.`,
      rule: WITHIN_TWO_POINTS,
    }),
    claim("narrow-in-support", {
      whose: "control",
      statement:
        `In support (${where}), the control, pre-trained with narrow augmentation, has little effective robustness.`,
      rule: WITHIN_TWO_POINTS,
    }, "narrow"),
    claim("photo-over-narrow", {
      whose: "ours",
      statement:
        `In support (${where}), broad pre-training brings about as much as narrow pre-training.`,
      rule: WITHIN_TWO_POINTS,
    }, "difference"),
  ];
}
