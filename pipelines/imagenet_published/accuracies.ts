/**
 * Where the accuracies are from, and whether they are what is published: the
 * tables themselves are needed for nothing else.
 *
 * @module
 */
import { sourceOf } from "../../data/tables/published_table.ts";
import { TIMM_ACCURACIES } from "../../data/tables/timm_accuracies.ts";
import { ofEachTable, timmResults } from "../../data/tables/timm_results.ts";
import { orElse } from "../../engine/define/or_else.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import type { Prose } from "../../reports/value/prose.ts";
import type { Section } from "../../reports/value/report.ts";
import { checkAccuracies } from "../../tasks/datasets/check_accuracies.ts";
import { fetchSource } from "../../tasks/datasets/fetch_source.ts";
import type { loadAccuracies } from "../../tasks/datasets/load_accuracies.ts";

const ABOUT =
  `Accuracies are facts. Those used here are kept in \`${TIMM_ACCURACIES}\` as the published tables print them; its head names the address, commit and licence of each table. So no network access is needed. `;

/** What the page says of the accuracies, with one sentence on their check. */
export function accuraciesSection(
  copy: ReturnType<typeof loadAccuracies>,
): Lazy<Section> {
  const checked = checkAccuracies({
    copy,
    tables: ofEachTable((name) =>
      fetchSource({ source: sourceOf(timmResults[name]) }, name)
    ),
  });
  return {
    id: "accuracies",
    title: "The accuracies",
    text: orElse<Prose>(
      [
        ABOUT,
        "All ",
        { value: checked, unit: "count" },
        " of them were checked row by row against the published tables.",
      ],
      ({ kind }) =>
        ABOUT +
        (kind === "unavailable"
          ? `When this page was made, the published tables could not be reached. The numbers are those of \`${TIMM_ACCURACIES}\`, which was checked against the tables when it was written.`
          : `When this page was made, the check against the published tables failed. The numbers are those of \`${TIMM_ACCURACIES}\`.`),
    ),
  };
}
