/**
 * Where typefaces are from, as the pages say it.
 *
 * @module
 */
import { digestOf } from "../../../data/datasets/dataset.ts";
import type { Typeface } from "../../../data/drawings/typefaces.ts";
import type { DatasetRecord } from "../../../reports/value/material.ts";

/** Source, licences and digest of some typefaces. */
export function typefacePackages(
  typefaces: readonly Typeface[],
): Pick<
  DatasetRecord,
  "source" | "version" | "url" | "licence" | "citation" | "digest"
> {
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
