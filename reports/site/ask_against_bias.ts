/**
 * What helps against a bias, on the page of an answer and in a line: what one
 * past run found, and where it is measured again.
 *
 * @module
 */
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import { addressFrom } from "../document/address.ts";
import type { Block } from "../document/document.ts";
import type { Place } from "../document/navigation.ts";
import { line, link, numbers, prose } from "../document/pieces.ts";
import { told } from "./ask_pieces.ts";

/** The command that measures it. */
const COMMAND = "deno task reproduce interventions";

/** The shifts that were compared. */
const SHIFTS = [
  "tint",
  "typeface",
  "class frequencies",
  "tint stays, images upside down",
] as const;

/** Shifted accuracies in percent from scratch and with pre-training, by shift; null where nothing was tried. Those of `interventions` at `default`. */
const HELPS: readonly (readonly [
  string,
  ...(readonly [number, number] | null)[],
])[] = [
  ["nothing", [50.6, 64], [87.5, 78.3], [51, 57.4], [47.2, 48.2]],
  [
    "last layer refitted, groups weighted alike",
    [54.5, 65.1],
    [91.9, 89.5],
    [61.4, 66.9],
    [34.2, 42.3],
  ],
  [
    "last layer refitted on balanced subsets",
    [54.8, 64.7],
    [90, 87],
    [62.1, 67.9],
    [34.9, 43.3],
  ],
  [
    "trained with tints drawn at random",
    [64.6, 70.1],
    null,
    null,
    [32.1, 37.9],
  ],
  ["trained on balanced groups", null, [88, 82.4], null, null],
];

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
      `What helps against a bias, by shifted accuracy in a run of 2026-11-29 on CIFAR-10 and typefaces, three or four networks of each kind: against a tint, training with tints drawn at random, and more so with pre-training; against a typeface and other class frequencies, refitting the last layer on balanced groups. Where the bias stays and something else is new all of it costs accuracy. Other data may differ; \`${COMMAND}\` measures it again in tens of minutes, with intervals and effective robustness.`,
    ),
    ...told(
      "Shifted accuracy from scratch / with pre-training, in percent",
      ["what was done", ...SHIFTS.map(numbers)],
      HELPS.map(([what, ...cells]) => [
        what,
        ...cells.map((cell) =>
          cell === null ? "–" : cell.map((one) => one.toFixed(1)).join(" / ")
        ),
      ]),
    ),
    ...helps === undefined ? [] : [line([
      "On this site: ",
      link(helps.title, addressFrom(folder, helps.path)),
      ".",
    ])],
  ];
}
