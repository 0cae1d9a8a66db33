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
import type { Measured } from "./measure.ts";

/** A row a shift: the fit, the means, the maxima. */
export function summaryTable(shifts: readonly Measured[]): Lazy<Table> {
  return {
    id: "shifts",
    caption:
      "All shifts: probit line through the paper’s baselines, and effective robustness of its pre-trained models. *± authors’*: half-width of the 95% interval of the mean by the paper’s published code, of the line alone; *± line*: the same by the textbook’s residual standard error; *± all*: with the spread between models and the noise of the test images.",
    columns: SUMMARY_COLUMNS,
    rows: shifts.map(({ rows }) => rows.summary),
  };
}

/** A row a shift: how much of the maximum is noise. */
export function noiseTable(shifts: readonly Measured[]): Lazy<Table> {
  return {
    id: "noise",
    caption:
      "The highest of the pre-trained models’ effective robustness, and the noise of the test images in it; all in points. *95% interval*: of the highest true value, whichever model has it. *Candidates*: models whose own simultaneous interval reaches its lower end. *Noise*: standard error of one model’s effective robustness; *spread*: standard deviation between the models, as measured and *without noise*. *Excess*: of the measured over the true highest, expected of noise. *By noise alone*: expected highest above the mean if all models were truly alike.",
    columns: NOISE_COLUMNS,
    rows: shifts.map(({ rows }) => rows.noise),
  };
}

/** What other choices make of the headline of a shift. */
export function sensitivityTable(measured: Measured): Lazy<Table> {
  return tableOf(measured, {
    id: "sensitivity",
    caption:
      "what other choices make of mean and maximum. Where a choice is a family, its lowest and highest; for the bootstrap the ends of the middle 95%.",
    columns: SENSITIVITY_COLUMNS,
    rows: ({ rows }) => rows.sensitivity,
  });
}

/** The networks by pre-training data: the paper's, then all. */
export function dataTable(measured: Measured): Lazy<Table> {
  return tableOf(measured, {
    id: "data",
    caption:
      "effective robustness by pre-training data, for the paper’s models and for all whose tag names other data. The interval is that of the mean, with the spread between models, the noise of the test images and the line.",
    columns: DATA_COLUMNS,
    rows: ({ rows }) => rows.data,
  });
}

/** The networks with the highest effective robustness under a shift. */
export function topTable(measured: Measured): Lazy<Table> {
  return tableOf(measured, {
    id: "top",
    caption:
      "the paper’s models with the highest effective robustness, with the 95% interval of the line by the textbook’s residual standard error and by the authors’.",
    columns: TOP_COLUMNS,
    rows: ({ rows }) => rows.top,
  });
}

function tableOf(
  measured: Measured,
  { id, caption, columns, rows }: {
    readonly id: string;
    readonly caption: string;
    readonly columns: readonly string[];
    readonly rows: (measured: Measured) => Lazy<Table["rows"]>;
  },
): Lazy<Table> {
  const { shift } = measured;
  return {
    id: `${id}-${shift.id}`,
    caption: `${shift.title}: ${caption}`,
    columns,
    rows: rows(measured),
  };
}
