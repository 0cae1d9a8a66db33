import { images, take } from "../data/images.ts";
import { mnist, readMnist } from "../data/mnist.ts";
import { mnistLayout } from "../data/mnist_layout.ts";
import { split } from "../data/splits.ts";
import { defineTask } from "../engine/task.ts";

/** How many images of each part to take, and how to draw the parts. */
export interface LoadMnistArgs {
  /** Seed of the permutation that the parts are cut from. */
  readonly seed: number;
  /** Images of the reference set, of the pool for pre-training and larger baselines, and of the test set. */
  readonly sizes: {
    readonly reference: number;
    readonly selection: number;
    readonly pool: number;
    readonly test: number;
  };
}

/**
 * MNIST, split: the reference set, the selection set and the pool are disjoint
 * parts of the training images, the test set is the start of the official one.
 */
export const loadMnist = defineTask({
  module: import.meta.url,
  name: "loadMnist",
  runsIn: "worker",
  result: {
    reference: images,
    selection: images,
    pool: images,
    test: images,
  },
  async run({ seed, sizes }: LoadMnistArgs) {
    if (sizes.test > mnist.sizes.test) {
      throw new RangeError(
        `Cannot take ${sizes.test} test images: ${mnist.title} has ${mnist.sizes.test}`,
      );
    }
    const { train, test } = await readMnist();
    const { reference, selection, pool } = sizes;
    const parts = split(mnistLayout, {
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
