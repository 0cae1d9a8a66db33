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
  const found = new Map<
    string,
    { record: T; uses: Gathered<T>["uses"][number][] }
  >();
  for (const report of reports) {
    for (const record of recordsOf(report)) {
      const use = { report, record, settings: record.settings ?? [] };
      const earlier = found.get(record.id);
      if (earlier === undefined) found.set(record.id, { record, uses: [use] });
      else {
        earlier.uses.push(use);
        if (earlier.record.sheet === undefined && record.sheet !== undefined) {
          earlier.record = record;
        }
      }
    }
  }
  return [...found.values()];
}
