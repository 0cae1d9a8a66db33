/**
 * The intervals of the gains on typeset digits, and what keeps them wide.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Table } from "../../reports/value/report.ts";
import { tabulateNetworksNeeded } from "../../tasks/lines/tabulate_networks_needed.ts";
import { tabulateRobustness } from "../../tasks/lines/tabulate_robustness.ts";
import type { MeasuredSplit } from "../shared/split/measured.ts";
import { LINE_TITLES, type Piece } from "../shared/synthetic/claims.ts";
import { type ByLine, LINES } from "../shared/synthetic/gains.ts";
import type { gainsOf } from "./gains.ts";
import { PRETRAININGS } from "./networks.ts";

/** Half-widths were to be smaller. */
const ASKED = 0.03;

const PART_TITLES = {
  inSupport: "in support",
  outOfSupport: "out of support",
};

/** Tables of the intervals and of what would make them narrower, and which are wider than was asked, in words. */
export function intervalTables(
  splits: ByLine<Pick<MeasuredSplit, "groups">>,
  gains: ReturnType<typeof gainsOf>,
): { readonly tables: readonly Lazy<Table>[]; readonly wider: Piece } {
  const tabulated = {
    titles: ["typeset digits", "line", "pre-training"],
    rows: LINES.flatMap((line) => [
      ...PRETRAININGS.map((kind) => ({
        cells: ["all", LINE_TITLES[line], kind],
        mean: gains[line][kind].mean,
        overlap: gains[line][kind].overlap,
      })),
      ...(["inSupport", "outOfSupport"] as const).flatMap((part) =>
        splits[line].groups.map(({ name, measured }) => ({
          cells: [PART_TITLES[part], LINE_TITLES[line], name],
          part: measured[part],
        }))
      ),
    ]),
  };
  const { wider, ...needed } = tabulateNetworksNeeded({
    ...tabulated,
    images: "families",
    halfWidth: ASKED,
  }, "typeset");
  return {
    tables: [
      {
        id: "intervals",
        caption:
          "Mean effective robustness in points, on all typeset digits and in both parts of the classifier. “From” and “to” bound the 95% interval. Its three sources of error are listed as half-widths: the spread between pre-trained networks, the choice of families and handwritten test digits (beyond what the spread and the line already include), and the uncertainty of the line.",
        ...tabulateRobustness(tabulated, "typeset"),
      },
      {
        id: "networks-needed",
        caption:
          `What the half-widths of these intervals, in points, come from: with endlessly many families and handwritten test images, all else unchanged; of the spread between pre-trained networks alone; and how many networks would make it ±${
            100 * ASKED
          } if their spread stayed the same. Where it stays above that with endlessly many families, more of these cannot make it narrower.`,
        ...needed,
      },
    ],
    wider,
  };
}
