import { cifar10, readCifar10 } from "../data/cifar10.ts";
import { images, take } from "../data/images.ts";
import { cifar10Layout, split } from "../data/splits.ts";
import { defineTask } from "../engine/task.ts";

/** How many images of each part to take, and how to draw the parts. */
export interface LoadCifar10Args {
  /** Seed of the permutation that the parts are cut from. */
  readonly seed: number;
  /** Images of the reference set, of the set that settings are chosen on, of the pool for pre-training and of the test set. */
  readonly sizes: {
    readonly reference: number;
    readonly selection: number;
    readonly pool: number;
    readonly test: number;
  };
}

/**
 * CIFAR-10, split: the reference set, the selection set and the pool are
 * disjoint parts of the training images, the test set is the start of the
 * official one.
 */
export const loadCifar10 = defineTask({
  module: import.meta.url,
  name: "loadCifar10",
  runsIn: "worker",
  result: {
    reference: images,
    selection: images,
    pool: images,
    test: images,
  },
  async run({ seed, sizes }: LoadCifar10Args) {
    if (sizes.test > cifar10.sizes.test) {
      throw new RangeError(
        `Cannot take ${sizes.test} test images: ${cifar10.title} has ${cifar10.sizes.test}`,
      );
    }
    const { train, test } = await readCifar10();
    const { reference, selection, pool } = sizes;
    const parts = split(cifar10Layout, {
      n: train.labels.length,
      seed,
      sizes: { reference, selection, pool },
    });
    return {
      reference: take(train, parts.reference),
      selection: take(train, parts.selection),
      pool: take(train, parts.pool),
      test: take(test, Array.from({ length: sizes.test }, (_, i) => i)),
    };
  },
});
