/**
 * The natural shifts of ImageNet for which accuracies are published; then the
 * tables and the shifts as pages show them.
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

/** A shift: two test sets that the same networks were tested on. */
export interface PublishedShift {
  /** Part of the names of its stages and figures. */
  readonly id: string;
  /** Name for readers. */
  readonly title: string;
  /** Table of the reference accuracies. */
  readonly reference: TimmTableName;
  /** What the reference accuracies are of, on an axis. */
  readonly referenceTitle: string;
  /** Table of the shifted accuracies. */
  readonly shifted: TimmTableName;
  /** What the shift is, in a sentence. */
  readonly about: string;
  /** Where the shifted images lie, and why that is said. */
  readonly support: ShiftRecord["support"];
  readonly why: string;
}

/** The shifts: the paper's three, then two more. */
export const publishedShifts: Readonly<
  Record<
    "v2" | "sketch" | "renditions" | "adversarial" | "real",
    PublishedShift
  >
> = {
  v2: {
    id: "v2",
    title: "ImageNet-V2",
    reference: "imagenet",
    referenceTitle: "ImageNet",
    shifted: "v2",
    about:
      "ImageNet-V2 (matched frequency): 10,000 new photographs, collected by ImageNet’s own protocol.",
    support: "part",
    why:
      "The paper’s classifier puts 1,920 of the 10,000 images in support and 8,080 out of support (table C.3); the paper finds hardly any effective robustness in either part.",
  },
  sketch: {
    id: "sketch",
    title: "ImageNet-Sketch",
    reference: "imagenet",
    referenceTitle: "ImageNet",
    shifted: "sketch",
    about:
      "ImageNet-Sketch: 50,889 black-and-white sketches of the same 1000 classes.",
    support: "part",
    why:
      "The paper’s classifier puts 162 images in support and 50,727 out of support (table C.3): nearly all sketches are unlike any photograph of ImageNet.",
  },
  renditions: {
    id: "r",
    title: "ImageNet-R",
    reference: "renditionsClean",
    referenceTitle: "ImageNet, 200 classes",
    shifted: "renditions",
    about:
      "ImageNet-R: 30,000 paintings, cartoons, toys and other renditions of 200 classes; both accuracies are among these 200.",
    support: "part",
    why:
      "The paper’s classifier puts 588 of the 30,000 images in support and 29,412 out of support (table C.3).",
  },
  adversarial: {
    id: "a",
    title: "ImageNet-A",
    reference: "adversarialClean",
    referenceTitle: "ImageNet, 200 classes",
    shifted: "adversarial",
    about:
      "ImageNet-A, which the paper does not use: 7500 photographs of 200 classes, chosen because a ResNet-50 trained on ImageNet gets them wrong; both accuracies are among these 200.",
    support: "unknown",
    why:
      "The paper does not split it, and a split needs the images, so whether they lie in support is unknown.",
  },
  real: {
    id: "real",
    title: "ImageNet with ReaL labels",
    reference: "imagenet",
    referenceTitle: "ImageNet",
    shifted: "real",
    about:
      "ReaL labels, which the paper does not use: the same validation photographs with new labels, for the 46,837 that kept a label.",
    support: "in",
    why: "In support: the photographs are the same, only their labels changed.",
  },
};

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
