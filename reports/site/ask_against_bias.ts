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
import { line, link, prose, strong } from "../document/pieces.ts";
import { told } from "./ask_pieces.ts";

/** The command that measures it. */
const COMMAND = "deno task reproduce interventions";

/** The shifts that were compared: columns of docs/what_helps.json, and what they are called here. */
export const SHIFTS = [
  ["spurious tint (in support)", "tint"],
  ["spurious typeface (in support)", "typeface"],
  ["label shift (in support)", "class frequencies"],
  [
    "vertical flip, tints kept (out of support)",
    "tint stays, images upside down",
  ],
] as const;

/** What was done, and to which networks; then cells of docs/what_helps.json, by shift; a test compares them. */
export const HELPS: readonly (readonly [string, string, ...string[]])[] = [
  [
    "no intervention",
    "from scratch, n = 6",
    "51.0%",
    "88.0%",
    "51.3%",
    "47.1%",
  ],
  [
    "no intervention",
    "pre-trained, n = 6",
    "64.0%; +3.4 (2.6, 4.1)",
    "78.8%; 0.0 (−1.0, 1.1)",
    "57.4%; −1.0 (−2.2, 0.2)",
    "48.1%; −0.4 (−1.1, 0.4)",
  ],
  [
    "last layer refitted, groups weighted alike",
    "from scratch, n = 6",
    "54.8%; +15.8 (14.6, 16.9)",
    "92.2%; +3.5 (2.7, 4.4)",
    "61.7%; +19.0 (17.4, 20.5)",
    "34.8%; −9.9 (−10.9, −8.9)",
  ],
  [
    "last layer refitted, groups weighted alike",
    "pre-trained, n = 6",
    "65.2%; +10.3 (9.5, 11.1)",
    "89.3%; +7.3 (6.0, 8.6)",
    "67.0%; +16.7 (15.0, 18.5)",
    "42.0%; −5.5 (−6.8, −4.1)",
  ],
  [
    "last layer refitted on balanced subsets",
    "from scratch, n = 6",
    "55.1%; +14.9 (13.7, 16.2)",
    "90.5%; +1.7 (0.8, 2.6)",
    "62.2%; +20.5 (18.9, 22.1)",
    "35.4%; −9.5 (−10.5, −8.5)",
  ],
  [
    "last layer refitted on balanced subsets",
    "pre-trained, n = 6",
    "64.9%; +9.0 (7.5, 10.4)",
    "86.9%; +6.5 (5.0, 7.9)",
    "67.8%; +18.6 (17.1, 20.2)",
    "43.4%; −4.2 (−5.7, −2.7)",
  ],
  [
    "trained with random tints",
    "from scratch, n = 4",
    "64.7%; +20.0 (19.3, 20.7)",
    "–",
    "–",
    "32.2%; −13.5 (−14.3, −12.6)",
  ],
  [
    "trained with random tints",
    "pre-trained, n = 4",
    "69.9%; +16.4 (15.5, 17.4)",
    "–",
    "–",
    "38.0%; −9.2 (−10.1, −8.3)",
  ],
  [
    "trained on balanced groups",
    "from scratch, n = 4",
    "63.8%; +20.2 (19.7, 20.8)",
    "87.5%; +4.9 (4.1, 5.8)",
    "64.7%; +22.5 (20.8, 24.3)",
    "31.6%; −13.8 (−14.5, −13.1)",
  ],
  [
    "trained on balanced groups",
    "pre-trained, n = 4",
    "68.9%; +17.1 (16.4, 17.8)",
    "82.9%; +14.0 (11.7, 16.2)",
    "69.3%; +19.2 (17.8, 20.6)",
    "37.6%; −9.4 (−10.6, −8.1)",
  ],
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
      `What helps against a bias, by shifted accuracy in a run of \`full\` on CIFAR-10 and typefaces: against a tint, training with tints drawn at random or on balanced groups, and more so with pre-training; against other class frequencies, training on balanced groups; against a typeface, refitting the last layer with groups weighted alike. Where the bias stays and something else is new all of it costs accuracy. Other data may differ; \`${COMMAND}\` measures it again, at a smaller scale, in tens of minutes.`,
    ),
    ...told(
      "Shifted accuracy; then effective robustness in points with its 95% interval; n is the number of networks",
      ["what was done", "networks", ...SHIFTS.map(([, title]) => title)],
      HELPS.map(([what, networks, ...cells]) => [
        strong(what),
        ...[networks, ...cells].map(unbroken),
      ]),
    ),
    ...helps === undefined ? [] : [line([
      "On this site: ",
      link(helps.title, addressFrom(folder, helps.path)),
      ".",
    ])],
  ];
}

/** `n = 6` and `(2.6, 4.1)` in one piece. */
function unbroken(text: string): string {
  return text.replaceAll(" = ", "\u00a0=\u00a0")
    .replaceAll(/, (?=[−\d])/g, ",\u00a0");
}
