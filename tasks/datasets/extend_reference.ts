import { extendReference as extend } from "../../data/images/extend_reference.ts";
import { type Images, images } from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";

/** The reference set and the pool, and how many of their images to take. */
export interface ExtendReferenceArgs {
  readonly reference: Images;
  readonly pool: Images;
  readonly n: number;
}

/** The first `n` images of reference set and pool: training data for baselines on less and more data. */
export const extendReference = defineTask({
  module: import.meta.url,
  name: "extendReference",
  runsIn: "worker",
  result: images,
  run: ({ reference, pool, n }: ExtendReferenceArgs) =>
    extend({ reference, pool }, n),
});
