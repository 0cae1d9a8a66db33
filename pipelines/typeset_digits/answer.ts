/**
 * What pre-training on other typefaces brings, in a sentence; then by part, and
 * beside the control over both lines.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { MeasuredGroup } from "../shared/split/measured.ts";
import { overBothLines, withBold } from "../shared/synthetic/answers.ts";
import type { Piece } from "../shared/synthetic/claims.ts";
import { type ByLine, byLine } from "../shared/synthetic/gains.ts";
import type { TypesetGains } from "./gains.ts";
import { PRETRAININGS } from "./networks.ts";

/** What is known of the networks that were pre-trained on letters, and of the digits. */
interface Known {
  readonly gains: ByLine<TypesetGains>;
  /** Number of typeset digits, and of those in support. */
  readonly n: Lazy<number>;
  readonly inSupport: Lazy<number>;
  /** Over the line of finished networks; then with digits weighted to be as difficult. */
  readonly parts: MeasuredGroup["measured"];
  readonly matched: MeasuredGroup["measured"];
}

/** The answer, with numbers to come. */
export function answerOf(
  { gains, n, inSupport, parts, matched }: Known,
): readonly Piece[] {
  return [
    "Pre-training on letters of other typefaces brings ",
    ...withBold(gains.sizes.letters),
    " of effective robustness on all typeset digits, over the line of finished networks. Of the ",
    { value: n, unit: "count" },
    " digits, the classifier puts ",
    { value: inSupport, unit: "count" },
    " in support; by part it brings",
    "\n\n- in support: ",
    parts.inWords,
    "\n- out of support: ",
    parts.outWords,
    "\n- out of support, weighted to be as difficult as those in support: ",
    matched.outWords,
    "\n\nOn all digits, in points with 95% intervals; the control is pre-trained on other handwritten digits:",
    ...overBothLines(
      "mean effective robustness",
      PRETRAININGS.map((kind) => ({
        title: `*${kind}*`,
        over: byLine((line) => gains[line][kind]),
      })),
    ),
  ];
}
