/**
 * The page of all that experiments are made of.
 *
 * @module
 */
import { addressFrom, FOLDERS, pathOf } from "../document/address.ts";
import { datasetTable } from "./compose_dataset.ts";
import { footer, smokeNotice } from "./compose_run.ts";
import { SUPPORT_WORDS } from "./compose_shift.ts";
import type { Block, Line, Page, Surroundings } from "../document/document.ts";
import { gather } from "../document/gather.ts";
import { proseMarkdown } from "../value/prose.ts";
import type { Report } from "../value/report.ts";
import type { RunRecord } from "../runs/run_record.ts";

const LEAD =
  "The shifts, the networks and the data that the experiments are made of.";

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
  const link = (
    { id, title }: { readonly id: string; readonly title: string },
    to: string,
  ): Line => ({
    kind: "link",
    text: title,
    href: addressFrom(folder, pathOf(`${to}${id}/`)),
  });
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
    items.length === 0
      ? []
      : [{ kind: "heading", level: 2, id, text: title }, block()];
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
          columns: ["shift", "support", "reference", "shifted", "used by"]
            .map((title) => ({ title })),
          rows: shifts.map(({ record, uses }) => [
            link(record, FOLDERS.shifts),
            SUPPORT_WORDS[record.support],
            { kind: "markdown", source: proseMarkdown(record.reference) },
            { kind: "markdown", source: proseMarkdown(record.shifted) },
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
          columns: ["network", "what it is", "used by"]
            .map((title) => ({ title })),
          rows: models.map(({ record, uses }) => [
            link(record, FOLDERS.models),
            { kind: "markdown", source: proseMarkdown(record.description) },
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
