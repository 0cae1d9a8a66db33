import { coarseLabels } from "../../data/images/coarse_labels.ts";
import { type Images, images } from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Photographs of CIFAR-10. */
export interface LabelCoarselyArgs {
  readonly images: Images;
}

/** Photographs of CIFAR-10 with "animal" and "vehicle" for labels. */
export const labelCoarsely = defineTask({
  module: import.meta.url,
  name: "labelCoarsely",
  inline: true,
  result: images,
  run: ({ images }: LabelCoarselyArgs) => coarseLabels(images),
});
