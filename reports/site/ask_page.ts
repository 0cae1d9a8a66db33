/**
 * The page of an answer: will pre-training help on somebody's own shift? The
 * answer first, then the evidence in the order in which it is weighed.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import type { Answer } from "../../stats/asked/ask_findings.ts";
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import { BOUNDS, surelyDiffer } from "../../stats/asked/rule_bounds.ts";
import { littleAtStake, littleLost } from "../../stats/asked/told_drop.ts";
import { isElsewhere } from "../../stats/asked/with_test_shift.ts";
import type { Block, Page, Surroundings } from "../document/document.ts";
import {
  code,
  commands,
  type Fact,
  fact,
  facts,
  folded,
  heading,
  line,
} from "../document/pieces.ts";
import { commitLine } from "../document/edited.ts";
import { pageMarkdown } from "../document/markdown.ts";
import { pageHtml } from "../document/page.ts";
import { citePaper } from "../pages/compose_run.ts";
import type { Place } from "../document/navigation.ts";
import type { SitePage } from "../pages/site_page.ts";
import { escapeMarkdown } from "../text/escape.ts";
import { formatCount, formatDuration } from "../value/quantity.ts";
import { counted } from "../value/wording.ts";
import { againstBiasBlocks, isOfBias } from "./ask_against_bias.ts";
import { biasBlocks } from "./ask_biases.ts";
import { dropBlocks } from "./ask_drop.ts";
import type { AskPageOptions } from "./ask_options.ts";
import { ANSWER_FILE, answerJson } from "./answer_file.ts";
import { askExamples } from "./ask_examples.ts";
import { askFigures } from "./ask_figures.ts";
import { needBlocks, ruleBlocks } from "./ask_needs.ts";
import { areDrawn, shownPath } from "./ask_pieces.ts";
import { shiftBlocks, testShiftBlocks } from "./ask_shift.ts";
import { supportBlocks } from "./ask_support.ts";
import { trialBlocks } from "./ask_trial.ts";
import { STYLE } from "./style.ts";

/** What an answer says. */
interface AnswerWords {
  /** In one line, for terminals. */
  readonly line: string;
  /** What it means for whoever has to act on it. */
  readonly meaning: string;
}

/** Answers, and what one of them is called where more is to be said. */
type Told = Answer | "bias, or labels";

const WORDS: Readonly<Record<Told, AnswerWords>> = {
  extrapolation: {
    line:
      "Extrapolation: shifted examples are new, or nearly so, to the reference set. Pre-training can help.",
    meaning:
      "**Yes, it can.** The shifted set holds examples that are new, or nearly so, to the reference set, and a model has to extrapolate to them: that is where pre-training helps.",
  },
  bias: {
    line:
      "Bias: nothing new is seen in the shifted set; what the reference set has occurs, or goes with the classes, in other proportions. Pre-training does not correct that; balance, reweight or collect reference data.",
    meaning:
      "**No, not for this.** Nothing new is seen in the shifted set; what the reference set has occurs, or goes with the classes, in other proportions: pre-training does not correct what the reference data teach wrongly. Collect, balance or reweight the reference data.",
  },
  "bias, or labels": {
    line:
      "Bias, or wrong labels: nothing new is seen in the shifted set, but the properties that tell most of its labels tell less of them, all alike. Pre-training corrects neither; check labels first.",
    meaning:
      "**No, not for this.** Nothing new is seen in the shifted set, but the properties that tell most of its labels tell less of them, all alike. Pre-training corrects neither wrong labels nor a bias. Check labels first; if they are right, collect, balance or reweight the reference data.",
  },
  both: {
    line:
      "Both: pre-training can help on the part that is new; the rest is bias, which needs other reference data.",
    meaning:
      "**For a part of it.** Some shifted examples are new, or nearly so, to the reference set, and pre-training can help there; the rest suffers from what the reference data teach wrongly, which must be balanced or collected.",
  },
  "no shift": {
    line:
      "No shift seen: none of the differences that were looked at is surely larger than chance.",
    meaning:
      "**No difference was seen in what was looked at.** None between the two sets is surely larger than chance; what no classifier and no property shows may differ.",
  },
  undecidable: {
    line: "Undecidable from these data.",
    meaning: "**These data do not decide it.** What would is listed below.",
  },
};

/** What "no shift" says where sets surely differ, in too little to matter; nothing where they need not. */
function littleShift(
  { labels, shift }: Pick<AskFindings, "labels" | "shift">,
): AnswerWords | undefined {
  const differ = [
    ...surelyDiffer(shift) ? ["examples look slightly different"] : [],
    ...(labels?.p ?? 1) <= BOUNDS.labelChance
      ? ["classes occur in slightly other proportions"]
      : [],
  ];
  if (differ.length === 0) return undefined;
  const other =
    "no other difference that was looked at is surely larger than chance";
  return {
    line: `No shift that matters seen: ${[...differ, other].join(", and ")}.`,
    meaning:
      `**No difference that matters was seen in what was looked at.** It is sure that ${
        listed(differ)
      }, but in less than a tenth of the examples; ${other}. What no classifier and no property shows may differ.`,
  };
}

/** That little accuracy is lost, on what is new or, of a shift of which nobody knows what it is, on all; "" where more is. */
function littleText(
  { answer, drop, testShift, trial }: AskFindings,
): string {
  switch (answer) {
    case "extrapolation":
    case "both":
      return littleLost(drop);
    case "undecidable":
      return isElsewhere(testShift)
        ? ""
        : littleAtStake(drop, { areNetworks: trial !== null });
    default:
      return "";
  }
}

/** What the answer says; also that little is lost, and what was not looked at, where nothing was given in which a bias could be seen besides. */
function wordsOf(findings: AskFindings): AnswerWords {
  const { answer, mayBeLabels, labels, shift, biases } = findings;
  const little = littleText(findings);
  const but = little === "" ? "" : ` But ${little}.`;
  const own =
    (answer === "no shift" ? littleShift({ labels, shift }) : undefined) ??
      WORDS[mayBeLabels ? "bias, or labels" : answer];
  const [line, meaning] = [`${own.line}${but}`, `${own.meaning}${but}`];
  return answer === "extrapolation" && (labels === null || biases.length === 0)
    ? {
      line:
        `${line} Whether the reference data are biased besides was not looked at.`,
      meaning:
        `${meaning} Whether the reference data also teach something wrong was not looked at.`,
    }
    : { line, meaning };
}

/** The answer in one line, with what was not looked at. */
export function answerLine(findings: AskFindings): string {
  return wordsOf(findings).line;
}

/** Where the page of an answer is on a site. */
export interface AskPlacement {
  /** Its folder, "" for a page that stands alone. */
  readonly folder: string;
  readonly around?: Surroundings | undefined;
  /** The table of what helps against a bias, where the site has it. */
  readonly helps?: Place | undefined;
}

/** Every file of a page that stands alone, by path; the same findings give the same bytes. */
export function composeAsk(
  findings: AskFindings,
  options: AskPageOptions,
): ReadonlyMap<string, string | Uint8Array> {
  const { page, files } = askPage(findings, options, { folder: "" });
  return new Map<string, string | Uint8Array>([
    ["index.html", pageHtml(page)],
    ["index.md", pageMarkdown(page)],
    ["style.css", STYLE],
    ...files ?? [],
  ]);
}

/** The page, and the files that lie beside it. */
export function askPage(
  findings: AskFindings,
  options: AskPageOptions,
  { folder, around, helps }: AskPlacement,
): SitePage {
  const { pictures, quick, version } = options;
  const figures = askFigures(findings, options);
  const named = askExamples(options.examples, findings);
  // Of images alone, of which there is a reference set; classes need labels.
  const canTellApart = quick && findings.examples.reference !== null;
  const canTrain = canTellApart && findings.labels !== null;
  const title = titleOf(options);
  const page: Page = {
    folder,
    title,
    lead:
      "Is a model asked for what its reference data never showed, or for what they showed in other proportions?",
    description: `${answerLine(findings)} Asked with shiftline.`,
    blocks: [
      {
        kind: "answer",
        markdown: `${wordsOf(findings).meaning} ${
          escapeMarkdown(findings.why)
        }`,
      },
      ...isOfBias(findings) ? againstBiasBlocks({ folder, helps }) : [],
      ...needBlocks(findings),
      ...ruleBlocks(findings),
      heading("shift", "Is there a shift?"),
      ...shiftBlocks(findings),
      ...testShiftBlocks(findings),
      ...figures.calibration.blocks,
      heading("support", "Which part is out of support?"),
      ...supportBlocks(findings, { canTrain: canTellApart }),
      ...pictures.map((picture, i): Block => ({
        kind: "picture",
        id: `picture-${i + 1}`,
        caption: picture.caption,
        alt: picture.alt,
        src: `./${picture.file}`,
      })),
      ...named.blocks,
      heading("drop", "Where does the drop come from?"),
      ...dropBlocks(findings),
      heading("bias", "Is there a bias to find?"),
      ...biasBlocks(findings),
      heading("trial", "What do pre-trained networks do?"),
      ...trialBlocks(findings, { canTrain }),
      ...figures.trial.blocks,
      heading("method", "What was done"),
      ...methodBlocks(findings, options),
      ...citePaper(),
    ],
    footer:
      `Made by shiftline ${version} from data of its reader. Not by the authors of the paper.`,
    around,
  };
  const files = new Map<string, string | Uint8Array>([
    [ANSWER_FILE, answerJson(findings, options)],
    ...pictures.map(({ file, png }) => [file, png] as const),
    ...named.files,
    ...figures.calibration.files,
    ...figures.trial.files,
  ]);
  return { page, files };
}

/** The question, as the title of its page. */
export function titleOf({ name }: Pick<AskPageOptions, "name">): string {
  return `Will pre-training help on ${name}?`;
}

/** How many examples of each set were asked about, and of how many. */
export function sizesOf(
  { examples: { given, ...examples } }: AskFindings,
): string {
  return (["reference", "test", "shifted"] as const).flatMap((set) => {
    const [used, all] = [examples[set], given[set]];
    if (used === null || all === null) return [];
    return [
      `${formatCount(used)}${
        used < all ? ` of ${formatCount(all)}` : ""
      } ${set}`,
    ];
  }).join(", ");
}

/** What is not of a draw alone. */
const OF_ALL =
  "Of all without duplicates are the numbers of each class and, of given models, accuracies, their difference and, where no property is given, groups with the lowest accuracy.";

/** Steps of more characters name many files, which few readers look up. */
const LONG_STEP = 400;

function methodBlocks(
  findings: AskFindings,
  options: AskPageOptions,
): readonly Block[] {
  const { examples, duplicates } = findings;
  const { done, inputs, networks, command } = options;
  return [
    facts([
      [
        "examples",
        `${sizesOf(findings)}${
          areDrawn(findings)
            ? `: ${formatCount(examples.atMost)} of a set are drawn. ${OF_ALL}`
            : `; at most ${formatCount(examples.atMost)} of a set at a time`
        }`,
      ],
      [
        "duplicates",
        duplicates.removed === 0
          ? examples.reference === null
            // Of a table: a user's own features may have few values.
            ? "none removed; where more than 1% of a set’s rows have their equal in it, equal rows do not count"
            : "none across the sets"
          : `${
            counted(duplicates.removed, "example")
          } removed, equal or nearly equal to one of another set`,
      ],
      ...inputs.map((input): Fact => [
        input.name,
        [
          code(shownPath(input.path)),
          ", ",
          code(`sha256:${input.sha256}`),
          ...input.isPacked === true
            ? [", of the small images packed from it"]
            : [],
        ],
      ]),
      ...timeFacts(options, { areImages: examples.reference !== null }),
    ]),
    ...networks.map(line),
    ...done.map(({ text, inPublic }) =>
      text.length <= LONG_STEP || text === inPublic
        ? line(text)
        : folded(inPublic, [line(text)], { onScreen: true })
    ),
    line("To ask again; only what has changed is computed:"),
    commands(command),
    line([
      "How often such answers are right, and false, where the truth is known (thousands without training, some 240 with networks): ",
      code("docs/guide/planted.md"),
      " of shiftline.",
    ]),
  ];
}

/** How long it took, and on what. */
function timeFacts(
  { seconds, wallSeconds, device, deno, commit, edited }: AskPageOptions,
  { areImages }: { readonly areImages: boolean },
): readonly Fact[] {
  const after = (time: number | undefined, text: string) =>
    time === undefined ? undefined : formatDuration(time) + text;
  return [
    ...fact(
      "computing time",
      after(
        seconds,
        `: all stages behind the answer added up, in whichever run each was computed${
          areImages ? "; reading images is not in it" : ""
        }`,
      ),
    ),
    ...fact(
      "wall time",
      after(wallSeconds, ", when something was last computed for it"),
    ),
    ...fact("device", device),
    ["Deno", deno],
    ["commit", commitLine({ commit, edited })],
  ];
}
