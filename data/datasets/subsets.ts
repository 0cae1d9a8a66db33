/**
 * Seeded, disjoint subsets of a training set.
 *
 * @module
 */
import { stream } from "../../engine/define/random.ts";
import type { Dataset } from "./dataset.ts";
import { type Images, take } from "../images/images.ts";
import { shrink } from "../images/shrink.ts";

/** Where each subset lies in the permutation of a training set: from `start` up to, not including, `end`. */
export type Layout<Name extends string> = Readonly<
  Record<Name, { readonly start: number; readonly end: number }>
>;

/** What a training set is cut into: what models are developed on, what settings are chosen on, more for pre-training and larger baselines, and what no network sees before interventions refit its last layer or fine-tune it on few examples. */
export type SubsetName = "reference" | "selection" | "pool" | "refit";

/** A dataset that can be cut into subsets. */
export interface SubsetDataset extends Dataset {
  /** Where its subsets lie, which are disjoint; there may be others. */
  readonly layout: Layout<SubsetName>;
  /** All training and all test images, in their official order. */
  read(): Promise<{ readonly train: Images; readonly test: Images }>;
}

/** How many images to take of each subset and of the test set. */
export type SubsetSizes = Readonly<Record<SubsetName | "test", number>>;

function checkLayout(layout: Layout<string>, n: number): void {
  const subsets = Object.entries(layout).sort(([, a], [, b]) =>
    a.start - b.start
  );
  let [before, taken] = ["", 0];
  for (const [name, { start, end }] of subsets) {
    if (start < taken) {
      throw new RangeError(
        `Cannot cut ${n} images into subsets: "${before}" and "${name}" overlap`,
      );
    }
    if (end < start || end > n) {
      throw new RangeError(
        `Cannot cut ${n} images into subsets: "${name}" is ${start} to ${end}`,
      );
    }
    [before, taken] = [name, end];
  }
}

/**
 * Indices of the images of each subset. They depend on `n` and `seed` alone: a
 * subset with a smaller size is a prefix of the same subset with a larger one,
 * and the other subsets stay as they are.
 *
 * @param options.n number of images to cut into subsets
 * @param options.sizes how many images of a subset to take; all unless given
 * @throws {RangeError} if subsets overlap, reach past `n`, or hold fewer images than asked for
 */
export function drawSubsets<Name extends string>(
  layout: Layout<Name>,
  { n, seed, sizes }: {
    readonly n: number;
    readonly seed: number;
    readonly sizes?: Readonly<Partial<Record<NoInfer<Name>, number>>>;
  },
): Readonly<Record<Name, Uint32Array>> {
  checkLayout(layout, n);
  const order = stream(seed, "splits").permutation(n);
  const subsets: Partial<Record<Name, Uint32Array>> = {};
  for (const name of Object.keys(layout) as Name[]) {
    const { start, end } = layout[name];
    const size = sizes?.[name] ?? end - start;
    if (!(Number.isInteger(size) && size >= 0 && size <= end - start)) {
      throw new RangeError(
        `Cannot take ${size} images as subset "${name}": it holds ${
          end - start
        }`,
      );
    }
    subsets[name] = order.slice(start, start + size);
  }
  return subsets as Record<Name, Uint32Array>;
}

/** Which images to take of a dataset, and how large. */
export interface SubsetOptions {
  /** Seed of the permutation that the subsets are cut from. */
  readonly seed: number;
  readonly sizes: SubsetSizes;
  /** Side to which images are shrunk, in pixels; their own where left out. */
  readonly side?: number | undefined;
}

/**
 * The subsets of the training images, and the start of the official test set.
 *
 * @throws {RangeError} if there are fewer images than asked for, or they cannot be shrunk to that side
 */
export async function readSubsets(
  dataset: SubsetDataset,
  { seed, sizes: { test: testSize, ...sizes }, side }: SubsetOptions,
): Promise<Readonly<Record<SubsetName | "test", Images>>> {
  if (testSize > dataset.sizes.test) {
    throw new RangeError(
      `Cannot take ${testSize} test images: ${dataset.title} has ${dataset.sizes.test}`,
    );
  }
  const { train, test } = await dataset.read();
  const subsets = drawSubsets(dataset.layout, {
    n: train.labels.length,
    seed,
    sizes,
  });
  const taken = (images: Images, indices: ArrayLike<number>) => {
    const all = take(images, indices);
    return side === undefined ? all : shrink(all, side);
  };
  return {
    reference: taken(train, subsets.reference),
    selection: taken(train, subsets.selection),
    pool: taken(train, subsets.pool),
    refit: taken(train, subsets.refit),
    test: taken(test, Array.from({ length: testSize }, (_, i) => i)),
  };
}
