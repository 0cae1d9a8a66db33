/**
 * The page of all that experiments are made of.
 *
 * @module
 */
import { placeLink, placeOf } from "../document/navigation.ts";
import { FOLDERS } from "../document/address.ts";
import { datasetTable } from "./compose_dataset.ts";
import { footer, smokeNotice } from "./compose_run.ts";
import { SUPPORT_WORDS } from "../value/support_words.ts";
import {
  type Block,
  heading,
  inlineProse,
  type Page,
  type Surroundings,
  textColumns,
} from "../document/document.ts";
import { gather } from "../document/gather.ts";
import type { Report } from "../value/report.ts";
import type { RunRecord } from "../runs/run_record.ts";

const LEAD = "The shifts, networks and datasets of the experiments.";

/** Every shift, network and dataset, each with its page. */
export function composeMaterial(
  reports: readonly Report[],
  { run, around }: {
    readonly run: RunRecord;
    readonly around: Surroundings;
  },
): Page {
  const { datasets, shifts, models } = gather(reports);
  const folder = FOLDERS.material;
  const usedBy = (uses: readonly { readonly report: Report }[]) =>
    uses.map(({ report }) => report.title).join(", ");
  const section = (
    items: readonly unknown[],
    { id, title, block }: {
      readonly id: string;
      readonly title: string;
      readonly block: () => Block;
    },
  ): readonly Block[] =>
    items.length === 0 ? [] : [heading(id, title), block()];
  return {
    folder,
    title: "Material",
    lead: LEAD,
    description: LEAD,
    blocks: [
      ...smokeNotice(run),
      ...section(shifts, {
        id: "shifts",
        title: "Shifts",
        block: () => ({
          kind: "table",
          layout: "cards",
          label: "Shifts",
          columns: textColumns(
            "shift",
            "support",
            "reference",
            "shifted",
            "used by",
          ),
          rows: shifts.map(({ record, uses }) => [
            placeLink(folder, placeOf(record, FOLDERS.shifts)),
            SUPPORT_WORDS[record.support],
            inlineProse(record.reference),
            inlineProse(record.shifted),
            usedBy(uses),
          ]),
        }),
      }),
      ...section(models, {
        id: "networks",
        title: "Networks",
        block: () => ({
          kind: "table",
          layout: "cards",
          label: "Networks",
          columns: textColumns("network", "what it is", "used by"),
          rows: models.map(({ record, uses }) => [
            placeLink(folder, placeOf(record, FOLDERS.models)),
            inlineProse(record.description),
            usedBy(uses),
          ]),
        }),
      }),
      ...section(datasets, {
        id: "data",
        title: "Data",
        block: () =>
          datasetTable(datasets.map(({ record }) => record), { folder }),
      }),
    ],
    footer: footer(run),
    around,
  };
}
