import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { z } from "zod";
import { formatNumber } from "../../reports/value/quantity.ts";
import {
  count,
  tableResult,
  unsigned,
} from "../../reports/value/table_cells.ts";
import { networksNeeded } from "../../stats/lines/networks_needed.ts";
import type { TabulateRobustnessArgs } from "./tabulate_robustness.ts";

/** The rows, measured over lines with runs, and how narrow their intervals are to be. */
export interface TabulateNetworksNeededArgs extends TabulateRobustnessArgs {
  /** What test images come in, in the plural: "families". */
  readonly images: string;
  /** The half-width asked for, a fraction of accuracy. */
  readonly halfWidth: number;
}

/** A table of what keeps intervals from being narrower, and of the networks that it would take. */
export const tabulateNetworksNeeded = defineTask({
  module: import.meta.url,
  name: "tabulateNetworksNeeded",
  result: {
    ...tableResult,
    /** The intervals that are wider than asked for, a list in Markdown. */
    wider: json(z.string()),
  },
  run({ titles, images, halfWidth, rows }: TabulateNetworksNeededArgs) {
    const measured = rows.flatMap((row) => {
      const mean = "part" in row ? row.part?.mean : row.mean;
      if (mean === undefined) return [];
      const { networks, ...widths } = networksNeeded(mean, { halfWidth });
      return [{
        cells: row.cells,
        n: mean.n,
        now: (mean.high - mean.low) / 2,
        ...widths,
        needed: networks === null ? "more than 1,000" : count(networks),
      }];
    });
    return {
      columns: [
        ...titles,
        "n",
        "half-width",
        `with endlessly many ${images}`,
        "networks alone",
        `networks for ±${points(halfWidth)}`,
      ],
      rows: measured.map((
        { cells, n, now, withoutImages, networksAlone, needed },
      ) => [
        ...cells,
        count(n),
        unsigned(now),
        unsigned(withoutImages),
        unsigned(networksAlone),
        needed,
      ]),
      wider: measured.filter(({ now }) => now > halfWidth).map((
        { cells, now, withoutImages, networksAlone },
      ) =>
        `- ${cells.join(", ")}: ±${
          points(now)
        }, of which networks alone give ±${points(networksAlone)}, and ±${
          points(withoutImages)
        } with endlessly many ${images}`
      ).join("\n") || "- none",
    };
  },
});

/** Points with as many decimals as tables have, or none where there are none. */
function points(fraction: number): string {
  const unit = "points";
  return Number.isInteger(100 * fraction)
    ? String(100 * fraction)
    : formatNumber({ value: fraction, unit, digits: 2, signed: false });
}
