/**
 * The natural shifts of ImageNet for which accuracies are published.
 *
 * @module
 */
import type { TimmTableName } from "../../data/tables/timm_results.ts";

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
}

/** The shifts: the paper's three, then two more. */
export const publishedShifts: {
  readonly v2: PublishedShift;
  readonly sketch: PublishedShift;
  readonly renditions: PublishedShift;
  readonly adversarial: PublishedShift;
  readonly real: PublishedShift;
} = {
  v2: {
    id: "v2",
    title: "ImageNet-V2",
    reference: "imagenet",
    referenceTitle: "ImageNet",
    shifted: "v2",
    about:
      "ImageNet-V2 (matched frequency): 10,000 new photographs, collected by ImageNet’s own protocol.",
  },
  sketch: {
    id: "sketch",
    title: "ImageNet-Sketch",
    reference: "imagenet",
    referenceTitle: "ImageNet",
    shifted: "sketch",
    about:
      "ImageNet-Sketch: 50,889 black-and-white sketches of the same 1000 classes.",
  },
  renditions: {
    id: "r",
    title: "ImageNet-R",
    reference: "renditionsClean",
    referenceTitle: "ImageNet, 200 classes",
    shifted: "renditions",
    about:
      "ImageNet-R: 30,000 paintings, cartoons, toys and other renditions of 200 classes; both accuracies are among these 200.",
  },
  adversarial: {
    id: "a",
    title: "ImageNet-A",
    reference: "adversarialClean",
    referenceTitle: "ImageNet, 200 classes",
    shifted: "adversarial",
    about:
      "ImageNet-A, which the paper does not use: 7500 photographs of 200 classes, chosen because a ResNet-50 trained on ImageNet gets them wrong; both accuracies are among these 200.",
  },
  real: {
    id: "real",
    title: "ImageNet with ReaL labels",
    reference: "imagenet",
    referenceTitle: "ImageNet",
    shifted: "real",
    about:
      "ReaL labels, which the paper does not use: the same validation photographs with new labels, for the 46,837 that kept a label.",
  },
};
