/**
 * The page of an answer: will pre-training help on somebody's own shift? The
 * answer first, then the evidence in the order in which it is weighed.
 *
 * @module
 */
import type {
  Answer,
  AskFindings,
  BoundedShare,
  Estimated,
  FoundDrop,
  FoundShift,
  FoundSupport,
} from "../../stats/asked/ask_findings.ts";
import type {
  FoundGain,
  FoundTrial,
  TrialGroup,
} from "../../stats/asked/found_trial.ts";
import {
  type Block,
  type Column,
  heading,
  type Line,
  type Page,
} from "../document/document.ts";
import { pageMarkdown } from "../document/markdown.ts";
import { pageHtml } from "../document/page.ts";
import {
  drawnOnTheLine,
  onTheLineCsv,
} from "../figures/on_the_line/on_the_line.ts";
import { citePaper } from "../pages/compose_run.ts";
import { blocks } from "../text/blocks.ts";
import { escapeMarkdown } from "../text/escape.ts";
import type { AskedPicture } from "../value/asked_answer.ts";
import type { OnTheLineFigure } from "../value/on_the_line_figure.ts";
import { formatCount, formatQuantity } from "../value/quantity.ts";
import { STYLE } from "./style.ts";

/** Name of the files with the answer for programs. */
export const ANSWER_FILE = "answer.json";

/** An input of the question, and the digest of what was read of it. */
export interface AskedInput {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
}

/** What the page tells beside the findings. */
export interface AskPageOptions {
  /** Name of the question. */
  readonly name: string;
  readonly pictures: readonly AskedPicture[];
  readonly inputs: readonly AskedInput[];
  /** Sentences on what was done to the inputs: what was left out, drawn, held out. */
  readonly done: readonly string[];
  /** Whether networks were trained. */
  readonly quick: boolean;
  /** How long it took; left out where all was in the store. */
  readonly seconds?: number | undefined;
  /** The command that asks again. */
  readonly command: string;
  /** Version of this program. */
  readonly version: string;
}

/** What each answer means for whoever has to act on it. */
const MEANINGS: Readonly<Record<Answer, string>> = {
  extrapolation:
    "**Yes, it can.** The shifted set holds examples unlike any in the reference set, and a model has to extrapolate to them: that is where pre-training helps.",
  bias:
    "**No, not for this.** The shifted set holds nothing that is new, only in other proportions: pre-training does not correct what the reference data teach wrongly. Collect, balance or reweight the reference data.",
  both:
    "**For a part of it.** Some shifted examples are unlike any in the reference set, and pre-training can help there; the rest suffers from what the reference data teach wrongly, which must be balanced or collected.",
  "no shift":
    "**There is nothing to correct.** No difference between the two sets is seen that is larger than chance.",
  undecidable:
    "**It cannot be told from these data.** What it would take stands below.",
};

/** The answer in one line, for terminals. */
export const ANSWER_LINES: Readonly<Record<Answer, string>> = {
  extrapolation:
    "Extrapolation: shifted examples are unlike any in the reference set. Pre-training can help.",
  bias:
    "Bias: the shifted set holds nothing new, only in other proportions. Pre-training does not correct that; balance, reweight or collect reference data.",
  both:
    "Both: pre-training can help on the part that is new; the rest is bias, which needs other reference data.",
  "no shift": "No shift: no difference between the sets is larger than chance.",
  undecidable: "Undecidable from these data.",
};

/** Every file of the page but its pictures, by path; the same findings give the same bytes. */
export function composeAsk(
  findings: AskFindings,
  options: AskPageOptions,
): ReadonlyMap<string, string | Uint8Array> {
  const { name, pictures, quick, version } = options;
  const trial = findings.trial as FoundTrial | null;
  const figure = trial === null ? null : figureOf(trial, options);
  const drawn = figure === null ? null : drawnOnTheLine(figure);
  const title = `Will pre-training help on ${name}?`;
  const page: Page = {
    folder: "",
    title,
    lead:
      "Is a model asked for what its reference data never showed, or for what they showed in other proportions?",
    description: `${ANSWER_LINES[findings.answer]} Asked with shiftline.`,
    blocks: [
      {
        kind: "answer",
        markdown: `${MEANINGS[findings.answer]} ${
          escapeMarkdown(findings.why)
        }`,
      },
      ...needBlocks(findings),
      ruleTable(findings),
      heading("shift", "Is there a shift?"),
      ...shiftBlocks(findings),
      heading("support", "Which part is out of support?"),
      ...supportBlocks(findings.outOfSupport, { quick }),
      ...pictures.map((picture, i): Block => ({
        kind: "picture",
        id: `picture-${i + 1}`,
        caption: picture.caption,
        alt: picture.alt,
        src: `./${picture.file}`,
      })),
      heading("drop", "Where does the drop come from?"),
      ...dropBlocks(findings.drop),
      heading("bias", "Is there a bias to find?"),
      ...biasBlocks(findings),
      heading("trial", "What do pre-trained networks do?"),
      ...trialBlocks(trial, { quick }),
      ...drawn === null ? [] : [
        {
          kind: "figure",
          id: "figure-trial",
          number: 1,
          title: "Effective robustness of pre-trained networks",
          figure: drawn,
        } as const,
      ],
      heading("method", "What was done"),
      ...methodBlocks(findings, options),
      ...citePaper(),
    ],
    footer:
      `Made by shiftline ${version} from data of its reader. Not by the authors of the paper.`,
  };
  return new Map<string, string | Uint8Array>([
    ["index.html", pageHtml(page)],
    ["index.md", pageMarkdown(page)],
    ["style.css", STYLE],
    [ANSWER_FILE, answerJson(findings)],
    ...pictures.map(({ file, png }) => [file, png] as const),
    ...drawn === null || figure === null ? [] : [
      ["trial.svg", drawn.file] as const,
      ["trial.csv", [...blocks(onTheLineCsv(figure))].join("")] as const,
      ["trial.json", `${JSON.stringify(trial, null, 2)}\n`] as const,
    ],
  ]);
}

/** The findings as `ask --json` prints them. */
export function answerJson(findings: AskFindings): string {
  return `${JSON.stringify(findings, null, 2)}\n`;
}

const percent = (value: number) => formatQuantity({ value, unit: "percent" });
const points = (value: number) => formatQuantity({ value, unit: "points" });
const plain = (value: number, digits = 3) =>
  formatQuantity({ value, unit: "plain", digits });

function within(
  { value, low, high }: Estimated,
  show: (value: number) => string,
): string {
  return `${show(value)} (${show(low)} to ${show(high)})`;
}

const numbers = (title: string): Column => ({ title, align: "right" });

function table(
  label: string,
  columns: readonly (string | Column)[],
  rows: readonly (readonly Line[])[],
): Block {
  return {
    kind: "table",
    layout: "scroll",
    label,
    columns: columns.map((column) =>
      typeof column === "string" ? { title: column } : column
    ),
    rows,
  };
}

function line(text: Line): Block {
  return { kind: "line", text };
}

function needBlocks({ needs }: AskFindings): readonly Block[] {
  if (needs.length === 0) return [];
  return [{
    kind: "notice",
    text: [
      { kind: "strong", text: "What would decide it:" },
      ` ${
        needs.map(({ what, number }) =>
          Number.isFinite(number)
            ? `about ${formatCount(Math.ceil(number))} ${what}`
            : what
        ).join("; ")
      }.`,
    ],
  }];
}

function ruleTable({ rule }: AskFindings): Block {
  return table(
    "The rule, as it was applied",
    ["condition", "holds"],
    rule.map(({ condition, holds }) => [
      condition,
      holds === null ? "cannot be told" : holds ? "yes" : "no",
    ]),
  );
}

function shiftBlocks(
  { shift, labels, examples }: AskFindings,
): readonly Block[] {
  if (shift === null) {
    return [line("There are too few examples to tell the sets apart.")];
  }
  const of = (name: string, area: FoundShift["withinClass"]) =>
    area === null ? [] : [[
      name,
      within({ ...area, value: area.auroc }, plain),
      plain(area.placebo),
      plain(area.p),
    ]];
  const rows = [
    ...of("all features", shift),
    ...of("all features, within classes", shift.withinClass),
    ...Object.entries(shift.bySet).flatMap(([name, area]) =>
      name === "all" ? [] : [
        ...of(`"${name}" features`, area.marginal),
        ...of(`"${name}" features, within classes`, area.withinClass),
      ]
    ),
  ];
  return [
    line(
      `A classifier learns to tell ${
        formatCount(examples.test)
      } reference from ${
        formatCount(examples.shifted)
      } shifted examples, and is asked about examples that it did not see: 0.5 is chance, 1 tells every two apart. ${shift.placebos} random splits of the same examples say what chance alone gives.`,
    ),
    table("How well the sets are told apart", [
      "by",
      numbers("AUROC (95% interval)"),
      numbers("95% of random splits stay below"),
      numbers("p"),
    ], rows),
    ...labels === null ? [line("Without labels, classes are not compared.")] : [
      line(
        `Class frequencies differ by ${
          within(labels.distance, percent)
        } (total variation), p = ${plain(labels.p)}.`,
      ),
      table(
        "Examples of each class",
        ["class", numbers("test"), numbers("shifted")],
        labels.counts.map((row) => [
          row.class,
          formatCount(row.test),
          formatCount(row.shifted),
        ]),
      ),
    ],
  ];
}

function shareText(
  { share, low, high }: BoundedShare,
  { atLeast }: { readonly atLeast: boolean },
): string {
  return atLeast
    ? `at least ${percent(low)} (best estimate ${percent(share)})`
    : `${percent(share)} (${percent(low)} to ${percent(high)})`;
}

function supportBlocks(
  found: FoundSupport | null,
  { quick }: { readonly quick: boolean },
): readonly Block[] {
  if (found === null) {
    return [line("It cannot be told which part is out of support.")];
  }
  const { atLeast, epsilon, features, agreement, sweep } = found;
  return [
    line(
      `Out of support is what is less than ${
        plain(epsilon, 2)
      } times as dense in the reference as in the shifted set: ${
        shareText(found, { atLeast })
      } of the shifted examples, by "${features}" features.${
        agreement === null
          ? ""
          : ` Two kinds of features put ${
            percent(agreement)
          } of them on the same side.`
      }${
        atLeast && quick
          ? " Linear classifiers see weak or mixed shifts in part only; the trial fine-tunes one."
          : ""
      }`,
    ),
    table(
      "The share as the bound moves",
      [numbers("bound ε"), numbers("out of support")],
      sweep.map((one) => [
        plain(one.epsilon, 2),
        shareText(one, { atLeast }),
      ]),
    ),
  ];
}

function dropBlocks(drop: FoundDrop | null): readonly Block[] {
  if (drop === null) {
    return [
      line(
        "Without labels and predictions of the shifted set there is no drop to explain.",
      ),
    ];
  }
  const { accuracy, models, terms, sharedMass, effectiveSizes } = drop;
  const accuracies: readonly (readonly [string, Estimated | null])[] = [
    ["reference", accuracy.reference],
    ["shifted", accuracy.shifted],
    ["shifted, in support", accuracy.inSupport],
    ["shifted, out of support", accuracy.outOfSupport],
  ];
  return [
    line(
      `${
        models === "probe"
          ? "A linear classifier on the features, trained on other reference examples,"
          : models === 1
          ? "The model"
          : `The mean of ${models} models`
      } loses ${
        within({ value: drop.total, low: drop.low, high: drop.high }, points)
      } from the reference to the shifted set${
        drop.placebo === null
          ? ""
          : `; random splits give ${points(drop.placebo.low)} to ${
            points(drop.placebo.high)
          }`
      }.`,
    ),
    table(
      "Accuracies",
      ["on", numbers("accuracy (95% interval)")],
      accuracies.map(([name, value]) => [
        name,
        value === null ? "too few examples" : within(value, percent),
      ]),
    ),
    terms.length === 0
      ? line(
        `The sets share too little${
          sharedMass === null ? "" : ` (${percent(sharedMass)} of their mass)`
        } for the drop to be taken apart: nearly all of it would be booked as other labels, wrongly.`,
      )
      : table(
        `The drop taken apart; the terms add up to it (shared mass ${
          percent(sharedMass ?? 0)
        }, worth ${formatCount(Math.round(effectiveSizes.test))} test and ${
          formatCount(Math.round(effectiveSizes.shifted))
        } shifted examples)`,
        [
          "because of",
          numbers("points (95% interval)"),
          numbers("random splits give"),
        ],
        terms.map((term) => [
          term.name,
          within(term, points),
          `${points(term.placebo.low)} to ${points(term.placebo.high)}`,
        ]),
      ),
    ...drop.difficultyControlled === null ? [] : [line(
      `Among examples of the same difficulty, accuracy out of support is lower by ${
        within(drop.difficultyControlled.difference, points)
      }.`,
    )],
  ];
}

function biasBlocks(
  { biases, worstGroups }: AskFindings,
): readonly Block[] {
  return [
    ...biases.length === 0
      ? [line("No property could be held against the labels.")]
      : [table(
        "Properties that tell the label in the reference set, and less so in the shifted one",
        [
          "property",
          numbers("information, test (nats)"),
          numbers("shifted"),
          numbers("fall (95% interval)"),
          numbers("p"),
          "bias",
        ],
        biases.slice(0, 8).map((bias) => [
          bias.property,
          plain(bias.test),
          plain(bias.shifted),
          within(bias.fall, plain),
          plain(bias.p),
          bias.counts ? "yes" : "no",
        ]),
      )],
    ...worstGroups.length === 0 ? [] : [table(
      "Shifted examples on which models are right least often",
      [
        "examples with",
        "class",
        numbers("n"),
        numbers("accuracy (95% interval)"),
      ],
      worstGroups.slice(0, 8).map((group) => [
        group.group,
        group.class ?? "all",
        formatCount(group.n),
        within({ ...group, value: group.accuracy }, percent),
      ]),
    )],
  ];
}

function wholeText({ all: { mean, low, high } }: TrialGroup): string {
  return within({ value: mean, low, high }, points);
}

function gainText(gain: FoundGain): string {
  return "tooFew" in gain
    ? `only ${formatCount(gain.tooFew)} examples`
    : within(gain, points);
}

function trialBlocks(
  trial: FoundTrial | null,
  { quick }: { readonly quick: boolean },
): readonly Block[] {
  if (trial === null) {
    return [line(
      quick
        ? "No network was trained (--quick). The trial trains baselines on shares of the reference images, fine-tunes pre-trained networks, and measures effective robustness."
        : "No network was trained: that takes labelled images of both sets.",
    )];
  }
  return [
    ...trial.lineHolds ? [] : [
      {
        kind: "notice",
        text: [
          { kind: "strong", text: "The line does not hold:" },
          ` r² ${
            plain(trial.line.r2)
          }. Shifted accuracy hardly follows reference accuracy here, and effective robustness means little.`,
        ],
      } as const,
    ],
    table(
      "Mean effective robustness of pre-trained networks, over networks from scratch",
      [
        "pre-training",
        numbers("networks"),
        numbers("all shifted images"),
        numbers("in support"),
        numbers("out of support"),
      ],
      trial.groups.map((group) => [
        group.name,
        formatCount(group.points.length),
        wholeText(group),
        gainText(group.inSupport),
        gainText(group.outOfSupport),
      ]),
    ),
  ];
}

function figureOf(
  { line, baselines, groups }: FoundTrial,
  { name }: AskPageOptions,
): OnTheLineFigure {
  return {
    kind: "on-the-line",
    id: "trial",
    title: `Pre-trained networks on ${name}`,
    finding: groups.map((group) => `${group.name}: ${wholeText(group)}`)
      .join("; ") + ".",
    distributions: { reference: "held-out reference images", shifted: name },
    line,
    level: 0.95,
    baselineTitle: "networks trained from scratch on shares of the images",
    baselines,
    groups: groups.map((group) => ({
      name: group.name,
      members: [{ title: group.name, runs: group.points }],
      mean: group.all,
    })),
  };
}

function methodBlocks(
  { examples, duplicates }: AskFindings,
  { done, inputs, seconds, command }: AskPageOptions,
): readonly Block[] {
  const sizes = [
    ...examples.reference === null
      ? []
      : [`${formatCount(examples.reference)} reference`],
    `${formatCount(examples.test)} test`,
    `${formatCount(examples.shifted)} shifted`,
  ].join(", ");
  const code = (text: string) => ({ kind: "code" as const, text });
  return [
    {
      kind: "facts",
      items: [
        [
          "examples",
          `${sizes}; at most ${
            formatCount(examples.atMost)
          } of a set at a time`,
        ],
        [
          "duplicates",
          duplicates.removed === 0
            ? "none across the sets"
            : `${
              formatCount(duplicates.removed)
            } examples removed, equal or nearly equal to one of another set`,
        ],
        ...inputs.map(({ name, path, sha256 }): readonly [string, Line] => [
          name,
          [code(path), ", ", code(`sha256:${sha256}`)],
        ]),
        ...seconds === undefined
          ? []
          : [["time", `${formatCount(Math.round(seconds))} seconds`] as const],
      ],
    },
    ...done.map((sentence) => line(sentence)),
    line("To ask again; only what has changed is computed:"),
    { kind: "code", language: "sh", text: command },
  ];
}
