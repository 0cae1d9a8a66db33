import { images } from "../../data/images/images.ts";
import {
  readSubsets,
  type SubsetDataset,
  type SubsetSizes,
} from "../../data/datasets/subsets.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Which dataset, how many images of each subset to take, and how to draw them. */
export interface LoadSubsetsArgs {
  readonly dataset: SubsetDataset;
  /** Seed of the permutation that the subsets are cut from. */
  readonly seed: number;
  readonly sizes: SubsetSizes;
}

/**
 * The subsets of a dataset: the reference set, the selection set and the pool are
 * disjoint subsets of the training images, the test set is the start of the
 * official one.
 */
export const loadSubsets = defineTask({
  module: import.meta.url,
  name: "loadSubsets",
  result: {
    reference: images,
    selection: images,
    pool: images,
    test: images,
  },
  run: ({ dataset, ...options }: LoadSubsetsArgs) =>
    readSubsets(dataset, options),
});
