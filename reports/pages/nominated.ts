/**
 * Which figure or picture stands in a place of the whole site.
 *
 * @module
 */
import type { Figure } from "../value/figure.ts";
import type { Nomination } from "../value/nomination.ts";
import type { Picture } from "../value/picture.ts";
import type { Report } from "../value/report.ts";

/** What was nominated, and by which report. */
export interface Nominated {
  readonly report: Report;
  readonly figure?: Exclude<Figure, { readonly kind: "unavailable" }>;
  readonly picture?: Picture;
}

/** The first nomination for a place that can be shown, or nothing. */
export function nominated(
  reports: readonly Report[],
  place: Nomination["place"],
): Nominated | undefined {
  for (const report of reports) {
    for (const nomination of report.nominations ?? []) {
      if (nomination.place !== place) continue;
      const { id } = nomination;
      const figure = report.figures.find((figure) => figure.id === id);
      const picture = report.pictures?.find((picture) => picture.id === id);
      if (picture !== undefined) return { report, picture };
      if (figure !== undefined && figure.kind !== "unavailable") {
        return { report, figure };
      }
    }
  }
  return undefined;
}
