/**
 * A split as its threshold moves: the same figures and tables for every shift.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Figure } from "../../../reports/value/figure.ts";
import type { Table } from "../../../reports/value/report.ts";
import { BAND } from "../synthetic/claims.ts";
import type { MeasuredSplit } from "./measured.ts";

/** Effective robustness in both parts against the threshold, and the sizes of the parts. */
export function thresholdFigures(
  { sweeps }: MeasuredSplit,
  { id, title }: { readonly id: string; readonly title: string },
): readonly Lazy<Figure>[] {
  return sweeps.map(({ name, sweep }): Lazy<Figure> => ({
    kind: "sweep",
    id: `${id}-${name}`,
    title: `${title}: ${name} networks as the threshold moves`,
    finding:
      `Mean effective robustness of the ${name} networks in both parts at each threshold ε, the smallest ratio of reference to shifted density that counts as in support; the paper takes 0.2.`,
    note:
      "A part of fewer than 50 examples has no mark. The lower panel shows the share of the shifted examples in each part.",
    parameter: { title: "threshold ε", scale: "log" },
    band: BAND,
    below: { title: "share of the examples", values: sweep.shares },
    estimates: sweep.estimates,
  }));
}

/** Both parts at each threshold, with their sizes and lines. */
export function thresholdTables(
  { sweeps }: MeasuredSplit,
  { id, title }: { readonly id: string; readonly title: string },
): readonly Lazy<Table>[] {
  return sweeps.map(({ name, sweep }): Lazy<Table> => ({
    id: `${id}-${name}`,
    caption:
      `${title}: the ${name} networks in both parts at each threshold ε, with the sizes of the parts.`,
    columns: sweep.columns,
    rows: sweep.rows,
  }));
}
