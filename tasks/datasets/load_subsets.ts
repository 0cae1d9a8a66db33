import { images } from "../../data/images/images.ts";
import {
  readSubsets,
  type SubsetDataset,
  type SubsetOptions,
} from "../../data/datasets/subsets.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Which dataset, which images of it to take, and how large. */
export interface LoadSubsetsArgs extends SubsetOptions {
  readonly dataset: SubsetDataset;
}

/**
 * The subsets of a dataset: the reference set, the selection set, the pool and
 * what is left to refit on are disjoint subsets of the training images, the test set is the start of the
 * official one.
 */
export const loadSubsets = defineTask({
  module: import.meta.url,
  name: "loadSubsets",
  result: {
    reference: images,
    selection: images,
    pool: images,
    refit: images,
    test: images,
  },
  run: ({ dataset, ...options }: LoadSubsetsArgs) =>
    readSubsets(dataset, options),
});
