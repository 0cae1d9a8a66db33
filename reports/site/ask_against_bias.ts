/**
 * What helps against a bias, on the page of an answer and in a line: what one
 * past run found, and where it is measured again.
 *
 * @module
 */
import record from "../../docs/what_helps.json" with { type: "json" };
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import { addressFrom } from "../document/address.ts";
import type { Block } from "../document/document.ts";
import type { Place } from "../document/navigation.ts";
import { line, link, prose, strong } from "../document/pieces.ts";
import { told } from "./ask_pieces.ts";

/** The command that measures it. */
const COMMAND = "deno task reproduce interventions";

/** The shifts that were compared: columns of docs/what_helps.json, and what they are called here. */
const SHIFTS = [
  ["spurious tint (in support)", "tint"],
  ["spurious typeface (in support)", "typeface"],
  ["label shift (in support)", "class frequencies"],
  [
    "vertical flip, tints kept (out of support)",
    "tint stays, images upside down",
  ],
] as const;

/** What was done: of docs/what_helps.json what the text below speaks of. */
const INTERVENTIONS = [
  "no intervention",
  "last layer refitted, groups weighted alike",
  "last layer refitted on balanced subsets",
  "trained with random tints",
  "trained on balanced groups",
  "last layer refitted, nothing balanced (control)",
];

/** Networks that are told of elsewhere: with LP-FT, and the control for pre-training. */
const LEFT_OUT = /LP-FT|^narrow/u;

/** Rows of what was done, and to which networks; then a cell a shift. */
const HELPS = record.rows.flatMap(([first = "", ...cells]) => {
  const [what = "", networks = ""] = first.split("; ");
  // Marks, under which there may be fewer networks, are not quoted.
  return !INTERVENTIONS.includes(what) || LEFT_OUT.test(networks) ? [] : [[
    what,
    networks.replace(/ \(marks: \d+\)$/, ""),
    ...SHIFTS.map(([column]) =>
      cells[record.columns.indexOf(column) - 1] ?? "–"
    ),
  ]];
});

/** Whether an answer is one against which this helps. */
export function isOfBias({ answer }: Pick<AskFindings, "answer">): boolean {
  return answer === "bias" || answer === "both";
}

/** Where one reads on, for terminals. */
export const AGAINST_BIAS =
  `What helps against a bias, as one run found it, is on the page; measured again, in tens of minutes: ${COMMAND}`;

/** What helps against a bias, and on a site the way to its table there. */
export function againstBiasBlocks(
  { folder, helps }: {
    /** Folder of the page on the site. */
    readonly folder: string;
    /** The table on the site, where it has one. */
    readonly helps?: Place | undefined;
  },
): readonly Block[] {
  return [
    prose(
      `What helps against a bias, by shifted accuracy in a run of \`${record.profile}\` on CIFAR-10 and typefaces: against a tint, training with tints drawn at random or on balanced groups, and more so with pre-training; against other class frequencies, training on balanced groups; against a typeface, refitting the last layer with groups weighted alike, most of which the control has, too. Where the bias stays and something else is new all of it costs accuracy. Other data may differ; \`${COMMAND}\` measures it again, at a smaller scale, in tens of minutes.`,
    ),
    ...told(
      "Shifted accuracy; then effective robustness in points with its 95% interval; n is the number of networks",
      ["what was done", "networks", ...SHIFTS.map(([, title]) => title)],
      HELPS.map(([what = "", ...cells]) => [
        strong(what),
        ...cells.map(wholeInterval),
      ]),
    ),
    ...helps === undefined ? [] : [line([
      "On this site: ",
      link(helps.title, addressFrom(folder, helps.path)),
      ".",
    ])],
  ];
}

/** `(2.6, 4.1)` in one piece. */
function wholeInterval(text: string): string {
  return text.replaceAll(/, (?=[−\d])/g, ",\u00a0");
}
