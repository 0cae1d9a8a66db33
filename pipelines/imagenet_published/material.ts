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
import { type PublishedShift, publishedShifts } from "./shifts.ts";

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

/** What is known of where the shifted images lie, and from where. */
const SUPPORT: Readonly<
  Record<
    keyof typeof publishedShifts,
    { readonly support: ShiftRecord["support"]; readonly why: string }
  >
> = {
  v2: {
    support: "part",
    why:
      "The paper’s classifier puts 1,920 of the 10,000 images in support and 8,080 out of support (table C.3); the paper finds hardly any effective robustness in either part.",
  },
  sketch: {
    support: "part",
    why:
      "The paper’s classifier puts 162 images in support and 50,727 out of support (table C.3): nearly all sketches are unlike any photograph of ImageNet.",
  },
  renditions: {
    support: "part",
    why:
      "The paper’s classifier puts 588 of the 30,000 images in support and 29,412 out of support (table C.3).",
  },
  adversarial: {
    support: "unknown",
    why:
      "The paper does not split it, and a split needs the images, so whether they lie in support is unknown.",
  },
  real: {
    support: "in",
    why: "In support: the photographs are the same, only their labels changed.",
  },
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
export const shifts: readonly ShiftRecord[] =
  (Object.keys(publishedShifts) as (keyof typeof publishedShifts)[])
    .map((name) => {
      const shift: PublishedShift = publishedShifts[name];
      const { support, why } = SUPPORT[name];
      return {
        id: IDS[shift.shifted],
        title: shift.title,
        support,
        description: `${shift.about} ${why}`,
        reference: `${shift.referenceTitle}, the validation photographs`,
        shifted: shift.title,
      };
    });
