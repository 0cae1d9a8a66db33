/**
 * What the experiment on published networks is made of, as its pages show it.
 *
 * @module
 */
import { bibtex } from "../../data/datasets/dataset.ts";
import { TIMM_ACCURACIES } from "../../data/tables/timm_accuracies.ts";
import {
  timmResults,
  type TimmTableName,
  timmTestImages,
} from "../../data/tables/timm_results.ts";
import type {
  DatasetRecord,
  ShiftRecord,
} from "../../reports/value/material.ts";
import { publishedShifts } from "./shifts.ts";

const IDS: Readonly<Record<TimmTableName, string>> = {
  imagenet: "imagenet",
  v2: "imagenet-v2",
  sketch: "imagenet-sketch",
  renditions: "imagenet-r",
  renditionsClean: "imagenet-r-reference",
  adversarial: "imagenet-a",
  adversarialClean: "imagenet-a-reference",
  real: "imagenet-real",
};

/** The tables, one a test set. */
export const datasets: readonly DatasetRecord[] =
  (Object.keys(timmResults) as TimmTableName[]).map((name) => {
    const table = timmResults[name];
    return {
      id: IDS[name],
      title: table.title,
      description:
        `A table of accuracies that others measured; those used here are kept in \`${TIMM_ACCURACIES}\`. The images themselves are not downloaded.`,
      source: table.publisher,
      url: table.url,
      version: `commit ${table.commit} (${table.date})`,
      licence: table.licence,
      licenceUrl: table.licenceUrl,
      citation: bibtex(table.citation),
      reading: table.reading,
      sizes: { "test images behind each accuracy": timmTestImages[name] },
      digest: table.sha256,
    };
  });

/** The natural shifts. */
export const shifts: readonly ShiftRecord[] = Object.values(publishedShifts)
  .map(({ title, shifted, referenceTitle, support, about, why }) => ({
    id: IDS[shifted],
    title,
    support,
    description: `${about} ${why}`,
    reference: `${referenceTitle}, the validation photographs`,
    shifted: title,
  }));
