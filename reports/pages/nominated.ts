/**
 * Which figure, picture or table stands in a place of the whole site.
 *
 * @module
 */
import { pathOf } from "../document/address.ts";
import type { Place } from "../document/navigation.ts";
import type { Figure } from "../value/figure.ts";
import type { Nomination } from "../value/nomination.ts";
import type { Picture } from "../value/picture.ts";
import type { Report, Table } from "../value/report.ts";

/** A figure that there is. */
export type ShownFigure = Exclude<Figure, { readonly kind: "unavailable" }>;

/** What was nominated, and by which report. */
export interface Nominated {
  readonly report: Report;
  readonly figure?: ShownFigure;
  readonly picture?: Picture;
  readonly table?: Table;
}

/** The least r² of a line that illustrates the method; below it captions say that the line explains little. */
const LEAST_R2 = 0.9;

/** The first nomination for a place that can be shown, or nothing. */
export function nominated(
  reports: readonly Report[],
  place: Nomination["place"],
): Nominated | undefined {
  return allNominated(reports, place)[0];
}

/** Every nomination for a place that can be shown, in reading order. */
export function allNominated(
  reports: readonly Report[],
  place: Nomination["place"],
): readonly Nominated[] {
  return reports.flatMap((report) =>
    (report.nominations ?? []).flatMap((nomination): readonly Nominated[] => {
      if (nomination.place !== place) return [];
      const { id } = nomination;
      if (place === "front page, what helps") {
        const table = report.tables?.find((table) => table.id === id);
        return table === undefined ? [] : [{ report, table }];
      }
      const figure = report.figures.find((figure) => figure.id === id);
      const picture = report.pictures?.find((picture) => picture.id === id);
      if (picture !== undefined) return [{ report, picture }];
      return figure === undefined || figure.kind === "unavailable" ||
          !illustrates(figure, place)
        ? []
        : [{ report, figure }];
    })
  );
}

/** The table of what helps, and where it stands, if a report nominates one. */
export function whatHelps(
  reports: readonly Report[],
): { readonly table: Table; readonly place: Place } | undefined {
  const { report, table } = nominated(reports, "front page, what helps") ?? {};
  return report === undefined || table === undefined ? undefined : {
    table,
    place: {
      title: report.title,
      path: `${pathOf(`${report.id}/`)}#table-${table.id}`,
    },
  };
}

/** Whether a figure shows what it stands for: on the method page a line that its baselines lie on. */
function illustrates(
  figure: ShownFigure,
  place: Nomination["place"],
): boolean {
  return !["accuracy on the line", "effective robustness"].includes(place) ||
    (figure.kind === "on-the-line" && figure.line.r2 >= LEAST_R2);
}
