/**
 * Effective robustness of the models of a table.
 *
 * @module
 */
import type { AccuracyRow } from "../data/accuracy_table.ts";
import {
  type EffectiveRobustness,
  effectiveRobustness,
} from "../stats/effective_robustness.ts";
import {
  type MeanEffectiveRobustness,
  meanEffectiveRobustness,
} from "../stats/mean_effective_robustness.ts";
import { fitLine, type Line } from "../stats/regression.ts";
import type { ScaleName } from "../stats/scale.ts";
import { count } from "./display/quantities.ts";
import { UsageError } from "./usage_error.ts";

/** How many test examples are behind every accuracy of a column. */
export interface TestSizes {
  readonly referenceSize: number;
  readonly shiftedSize: number;
}

/** A model and what the line says of it. */
export interface MeasuredModel {
  readonly group: string;
  readonly robustness: EffectiveRobustness;
}

/** Models that share a group, and their mean. */
export interface MeasuredGroup {
  readonly name: string;
  readonly robustness: MeanEffectiveRobustness;
}

/** What was measured in a table; all accuracies are fractions. */
export interface Measurement {
  /** Name of the group of baselines. */
  readonly baseline: string;
  /** Confidence level of every interval. */
  readonly level: number;
  /** Sizes of the test sets, if they are known. */
  readonly sizes: TestSizes | undefined;
  readonly line: Line;
  /** Every model, baselines too, in the order of the table. */
  readonly models: readonly MeasuredModel[];
  /** Every group but the baselines, in the order of the table. */
  readonly groups: readonly MeasuredGroup[];
}

/**
 * Fits the line through one group and measures every model by it. A model's
 * interval is that of the line; a group's holds the spread between its models
 * too, and the noise of the test examples where sizes are given.
 *
 * @param options.columns names of the columns, for errors
 * @throws {UsageError} if the groups do not allow it
 */
export function measure(
  rows: readonly AccuracyRow[],
  { baseline, scale, level, sizes, columns }: {
    readonly baseline: string;
    readonly scale: ScaleName;
    readonly level: number;
    readonly sizes?: TestSizes | undefined;
    readonly columns: { readonly reference: string; readonly group: string };
  },
): Measurement {
  const baselines = rows.filter(({ group }) => group === baseline);
  check(baselines, { baseline, columns });
  const others = new Set(rows.map(({ group }) => group));
  others.delete(baseline);
  if (others.size === 0) {
    throw new UsageError(
      `Cannot measure effective robustness: column "${columns.group}" has no group beside the baselines "${baseline}"`,
    );
  }
  const line = fitLine(baselines, { scale });
  const models = rows.map((row): MeasuredModel => ({
    group: row.group,
    robustness: effectiveRobustness(row, { line, level }),
  }));
  return {
    ...{ baseline, level, sizes, line, models },
    groups: [...others].map((name) => ({
      name,
      robustness: meanEffectiveRobustness(
        rows.filter(({ group }) => group === name)
          .map((row) => ({ ...row, ...sizes })),
        { line, level },
      ),
    })),
  };
}

function check(
  baselines: readonly AccuracyRow[],
  { baseline, columns }: {
    readonly baseline: string;
    readonly columns: { readonly reference: string; readonly group: string };
  },
): void {
  const lines = baselines.map(({ line }) => line);
  const where = lines.length === 1
    ? `line ${lines[0]}`
    : `lines ${lines.slice(0, -1).join(", ")} and ${lines.at(-1)}`;
  if (baselines.length < 3) {
    throw new UsageError(
      `Cannot fit a line through the baselines: group "${baseline}" of column "${columns.group}" has ${
        count(baselines.length, "model")
      } (${where}), and at least 3 are needed`,
    );
  }
  const [first] = baselines;
  if (baselines.every(({ reference }) => reference === first?.reference)) {
    throw new UsageError(
      `Cannot fit a line through the baselines: column "${columns.reference}" has the same value for all ${baselines.length} of them, from line ${
        lines[0]
      } to line ${lines.at(-1)}`,
    );
  }
}

/** The fit, the groups and every model as JSON, in fractions at full precision. */
export function measurementJson(
  { line, level, sizes, groups, models }: Measurement,
): string {
  const { scale, n, slope, intercept, r2 } = line;
  const value = {
    fit: { scale, n, slope, intercept, r2 },
    level,
    ...sizes,
    groups: Object.fromEntries(groups.map(({ name, robustness }) => {
      const { n, mean, low, high, averagedColumns } = robustness;
      const { max, maxModel } = averagedColumns;
      const lineAlone = {
        low: averagedColumns.low,
        high: averagedColumns.high,
      };
      return [name, { n, mean, low, high, lineAlone, max, maxModel }];
    })),
    models: models.map(({ group, robustness }) => {
      const { model, reference, shifted, predicted, er, low, high } =
        robustness;
      return {
        name: model,
        ...{ group, reference, shifted, predicted, er, low, high },
      };
    }),
  };
  return `${JSON.stringify(value, null, 1)}\n`;
}
