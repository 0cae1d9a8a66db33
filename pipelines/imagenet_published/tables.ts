/**
 * The tables: all shifts in one, then each shift by itself.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Table } from "../../reports/value/report.ts";
import {
  DATA_COLUMNS,
  NOISE_COLUMNS,
  SENSITIVITY_COLUMNS,
  SUMMARY_COLUMNS,
  TOP_COLUMNS,
} from "../../reports/value/shift_tables.ts";
import type { MeasuredShift } from "./measure.ts";
import type { PublishedShift } from "./shifts.ts";

/** A row a shift: the fit, the means, the maxima. */
export function summaryTable(shifts: readonly MeasuredShift[]): Lazy<Table> {
  return {
    id: "shifts",
    caption:
      "All shifts: the probit line through the paper’s baselines, and the effective robustness of its pre-trained models. *± authors’* is the half-width of the 95% interval of the mean as the paper’s published code computes it, from the line alone; *± line* is the same with the textbook’s residual standard error; *± all* adds the spread between models and the noise of the test images.",
    columns: SUMMARY_COLUMNS,
    rows: shifts.map(({ rows }) => rows.summary),
  };
}

/** A row a shift: how much of the maximum is noise. */
export function noiseTable(shifts: readonly MeasuredShift[]): Lazy<Table> {
  return {
    id: "noise",
    caption:
      "The highest effective robustness of the pre-trained models and the noise of the test images in it, in points. The *95% interval* is that of the highest true value, whichever model has it. *Candidates* are the models whose own simultaneous interval reaches its lower end. *Noise* is the standard error of one model’s effective robustness; *spread* is the standard deviation between models, as measured and *without noise*. *Excess* is by how much noise is expected to raise the measured maximum above the true one. *By noise alone* is the expected height of the maximum above the mean if all models were truly alike.",
    columns: NOISE_COLUMNS,
    rows: shifts.map(({ rows }) => rows.noise),
  };
}

/** What other choices make of the headline of a shift. */
export function sensitivityTable({ shift, rows }: MeasuredShift): Lazy<Table> {
  return tableOf(shift, {
    id: "sensitivity",
    caption:
      "mean and maximum under other choices. Where a choice is a family of choices, the lowest and the highest are given; for the bootstrap, the ends of the middle 95%.",
    columns: SENSITIVITY_COLUMNS,
    rows: rows.sensitivity,
  });
}

/** The networks by pre-training data: the paper's, then all. */
export function dataTable({ shift, rows }: MeasuredShift): Lazy<Table> {
  return tableOf(shift, {
    id: "data",
    caption:
      "effective robustness by pre-training data, for the paper’s models and for all models with tags that name other data. The interval is that of the mean and allows for the spread between models, the noise of the test images and the line.",
    columns: DATA_COLUMNS,
    rows: rows.data,
  });
}

/** The networks with the highest effective robustness under a shift. */
export function topTable({ shift, rows }: MeasuredShift): Lazy<Table> {
  return tableOf(shift, {
    id: "top",
    caption:
      "the paper’s models with the highest effective robustness, with the 95% interval of the line, computed with the textbook’s residual standard error and with the authors’.",
    columns: TOP_COLUMNS,
    rows: rows.top,
  });
}

/** A table of one shift: of several on a page each begins with its title. */
function tableOf(
  shift: PublishedShift,
  { id, caption, ...table }:
    & Pick<Table, "id" | "caption" | "columns">
    & { readonly rows: Lazy<Table["rows"]> },
): Lazy<Table> {
  return {
    id: `${id}-${shift.id}`,
    caption: `${shift.title}: ${caption}`,
    ...table,
  };
}
