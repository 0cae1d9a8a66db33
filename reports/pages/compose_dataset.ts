/**
 * Datasets on pages, and the page of one.
 *
 * @module
 */
import { placeLink, placeOf } from "../document/navigation.ts";
import { FOLDERS } from "../document/address.ts";
import { sheetBlocks, usesBlocks } from "./compose_uses.ts";
import { pageOf, smokeNotice } from "./compose_run.ts";
import type { Block, Inline, Page } from "../document/document.ts";
import {
  cards,
  code,
  type Fact,
  fact,
  facts,
  folded,
  heading,
  line,
  link,
  prose,
} from "../document/pieces.ts";
import { safeUrl } from "../text/escape.ts";
import type { Gathered } from "../document/gather.ts";
import type { DatasetRecord } from "../value/material.ts";
import { proseMarkdown } from "../value/prose.ts";
import { formatCounts } from "../value/quantity.ts";
import type { PageOptions } from "./site_page.ts";

/** The page of a dataset: what it is, where it is from, who uses it. */
export function composeDataset(
  gathered: Gathered<DatasetRecord>,
  options: PageOptions,
): Page {
  const { record } = gathered;
  const folder = `${FOLDERS.data}${record.id}/`;
  return pageOf(options, {
    folder,
    title: record.title,
    lead: "What it contains, where it comes from and how it may be used.",
    description: `${record.title}: source, licence and use.`,
    blocks: [
      ...smokeNotice(options.run),
      ...record.description === undefined
        ? []
        : [prose(proseMarkdown(record.description))],
      ...sheetBlocks(record.sheet),
      heading("source", "Source"),
      facts(datasetFacts(record)),
      folded("The exact bytes", [
        line([
          "What was read from it has the SHA-256 digest ",
          code(record.digest),
          ".",
        ]),
      ], { onScreen: true }),
      heading("cite", "Cite"),
      { kind: "code", language: "bibtex", text: record.citation.trim() },
      ...usesBlocks(gathered, { folder }),
    ],
  });
}

/** A table of datasets, each with its page. */
export function datasetTable(
  datasets: readonly DatasetRecord[],
  { folder }: { readonly folder: string },
): Block {
  return cards(
    "Data",
    ["data", "images", "licence"],
    datasets.map((dataset) => [
      placeLink(folder, placeOf(dataset, FOLDERS.data)),
      sizesText(dataset) ?? "–",
      dataset.licence,
    ]),
  );
}

function datasetFacts(dataset: DatasetRecord): readonly Fact[] {
  const { source, url, version, licence, licenceUrl, classes, reading } =
    dataset;
  const address: readonly Inline[] = url === undefined ? [] : [
    ", ",
    link(url, safeUrl(url)),
  ];
  return [
    [
      "source",
      [
        source,
        ...version === undefined ? [] : [`, version ${version}`],
        ...address,
      ],
    ],
    [
      "licence",
      licenceUrl === undefined ? licence : [link(licence, safeUrl(licenceUrl))],
    ],
    ...fact("images", sizesText(dataset)),
    ...fact("classes", classes && `${classes.length}: ${classes.join(", ")}`),
    ...fact("read as", reading),
  ];
}

function sizesText({ sizes }: DatasetRecord): string | undefined {
  if (sizes === undefined) return undefined;
  const counts = formatCounts(Object.values(sizes));
  return Object.keys(sizes).map((name, i) => `${counts[i]} ${name}`).join(", ");
}
