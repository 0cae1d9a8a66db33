/**
 * The page of all that experiments are made of.
 *
 * @module
 */
import { placeLink, placeOf } from "../document/navigation.ts";
import { FOLDERS } from "../document/address.ts";
import { datasetTable } from "./compose_dataset.ts";
import { pageOf, smokeNotice } from "./compose_run.ts";
import { SUPPORT_WORDS } from "../value/support_words.ts";
import type { Page } from "../document/document.ts";
import { cards, heading, inlineProse } from "../document/pieces.ts";
import { gather } from "../document/gather.ts";
import type { Report } from "../value/report.ts";
import type { PageOptions } from "./site_page.ts";

const LEAD = "The shifts, networks and datasets of the experiments.";

/** Every shift, network and dataset, each with its page. */
export function composeMaterial(
  reports: readonly Report[],
  options: PageOptions,
): Page {
  const { datasets, shifts, models } = gather(reports);
  const folder = FOLDERS.material;
  const usedBy = (uses: readonly { readonly report: Report }[]) =>
    uses.map(({ report }) => report.title).join(", ");
  return pageOf(options, {
    folder,
    title: "Material",
    lead: LEAD,
    blocks: [
      ...smokeNotice(options.run),
      ...shifts.length === 0 ? [] : [
        heading("shifts", "Shifts"),
        cards(
          "Shifts",
          ["shift", "support", "reference", "shifted", "used by"],
          shifts.map(({ record, uses }) => [
            placeLink(folder, placeOf(record, FOLDERS.shifts)),
            SUPPORT_WORDS[record.support],
            inlineProse(record.reference),
            inlineProse(record.shifted),
            usedBy(uses),
          ]),
        ),
      ],
      ...models.length === 0 ? [] : [
        heading("networks", "Networks"),
        cards(
          "Networks",
          ["network", "what it is", "used by"],
          models.map(({ record, uses }) => [
            placeLink(folder, placeOf(record, FOLDERS.models)),
            inlineProse(record.description),
            usedBy(uses),
          ]),
        ),
      ],
      ...datasets.length === 0 ? [] : [
        heading("data", "Data"),
        datasetTable(datasets.map(({ record }) => record), { folder }),
      ],
    ],
  });
}
