import { images } from "../../data/images/images.ts";
import {
  readSplits,
  type SplitDataset,
  type SplitSizes,
} from "../../data/datasets/splits.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Which dataset, how many images of each part to take, and how to draw the parts. */
export interface LoadSplitsArgs {
  readonly dataset: SplitDataset;
  /** Seed of the permutation that the parts are cut from. */
  readonly seed: number;
  readonly sizes: SplitSizes;
}

/**
 * A dataset, split: the reference set, the selection set and the pool are
 * disjoint parts of the training images, the test set is the start of the
 * official one.
 */
export const loadSplits = defineTask({
  module: import.meta.url,
  name: "loadSplits",
  runsIn: "worker",
  result: {
    reference: images,
    selection: images,
    pool: images,
    test: images,
  },
  run: ({ dataset, ...options }: LoadSplitsArgs) =>
    readSplits(dataset, options),
});
