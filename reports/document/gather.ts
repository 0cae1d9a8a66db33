/**
 * What all reports say of one dataset, shift or network, together.
 *
 * @module
 */
import type {
  DatasetRecord,
  ModelRecord,
  Setting,
  ShiftRecord,
} from "../value/material.ts";
import type { Report } from "../value/report.ts";

/** A record with the reports that have it. */
export interface Gathered<T> {
  /** The record of the first of them; of one with a picture, if any has one. */
  readonly record: T;
  /** The reports, and of each its own record and what was chosen in it. */
  readonly uses: readonly {
    readonly report: Report;
    readonly record: T;
    readonly settings: readonly Setting[];
  }[];
}

/** All datasets, shifts and networks of some reports, in the order in which they come first. */
export function gather(reports: readonly Report[]): {
  readonly datasets: readonly Gathered<DatasetRecord>[];
  readonly shifts: readonly Gathered<ShiftRecord>[];
  readonly models: readonly Gathered<ModelRecord>[];
} {
  return {
    datasets: byId(reports, ({ datasets }) => datasets),
    shifts: byId(reports, ({ shifts = [] }) => shifts),
    models: byId(reports, ({ models = [] }) => models),
  };
}

interface Identified {
  readonly id: string;
  readonly sheet?: unknown;
  readonly settings?: readonly Setting[] | undefined;
}

function byId<T extends Identified>(
  reports: readonly Report[],
  recordsOf: (report: Report) => readonly T[],
): readonly Gathered<T>[] {
  const uses = reports.flatMap((report) =>
    recordsOf(report).map((record) => ({
      report,
      record,
      settings: record.settings ?? [],
    }))
  );
  const groups = Map.groupBy(uses, ({ record }) => record.id);
  return [...groups.values()].flatMap((uses) => {
    const pictured = uses.filter(({ record }) => record.sheet !== undefined);
    const [first] = [...pictured, ...uses];
    return first === undefined ? [] : [{ record: first.record, uses }];
  });
}
