/**
 * Seeded, disjoint parts of a training set.
 *
 * @module
 */
import { stream } from "../../engine/define/random.ts";
import type { Dataset } from "./dataset.ts";
import { type Images, take } from "../images/images.ts";

/** Where each part lies in the permutation of a training set: from `start` up to, not including, `end`. */
export type Layout<Name extends string> = Readonly<
  Record<Name, { readonly start: number; readonly end: number }>
>;

/** What a training set is cut into: what models are developed on, what settings are chosen on, and more for pre-training and larger baselines. */
export type PartName = "reference" | "selection" | "pool";

/** A dataset that can be cut into parts. */
export interface SplitDataset extends Dataset {
  /** Its parts, disjoint; there may be others. */
  readonly layout: Layout<PartName>;
  /** All of it in its official order. */
  read(): Promise<{ readonly train: Images; readonly test: Images }>;
}

/** How many images to take of each part and of the test set. */
export type SplitSizes = Readonly<Record<PartName | "test", number>>;

function checkLayout(layout: Layout<string>, n: number): void {
  const parts = Object.entries(layout).sort(([, a], [, b]) =>
    a.start - b.start
  );
  let [before, taken] = ["", 0];
  for (const [name, { start, end }] of parts) {
    if (start < taken) {
      throw new RangeError(
        `Cannot split ${n} images: parts "${before}" and "${name}" overlap`,
      );
    }
    if (end < start || end > n) {
      throw new RangeError(
        `Cannot split ${n} images: part "${name}" is ${start} to ${end}`,
      );
    }
    [before, taken] = [name, end];
  }
}

/**
 * Indices of the images of each part. They depend on `n` and `seed` alone: a
 * part with a smaller size is a prefix of the same part with a larger one,
 * and the other parts stay as they are.
 *
 * @param options.n number of images to split
 * @param options.sizes how many images of a part to take; all unless given
 * @throws {RangeError} if parts overlap, reach past `n`, or hold fewer images than asked for
 */
export function split<Name extends string>(
  layout: Layout<Name>,
  { n, seed, sizes }: {
    readonly n: number;
    readonly seed: number;
    readonly sizes?: Readonly<Partial<Record<NoInfer<Name>, number>>>;
  },
): Readonly<Record<Name, Uint32Array>> {
  checkLayout(layout, n);
  const order = stream(seed, "splits").permutation(n);
  const parts: Partial<Record<Name, Uint32Array>> = {};
  for (const name of Object.keys(layout) as Name[]) {
    const { start, end } = layout[name];
    const size = sizes?.[name] ?? end - start;
    if (!(Number.isInteger(size) && size >= 0 && size <= end - start)) {
      throw new RangeError(
        `Cannot take ${size} images as part "${name}": it holds ${end - start}`,
      );
    }
    parts[name] = order.slice(start, start + size);
  }
  return parts as Record<Name, Uint32Array>;
}

/**
 * The parts of the training images, and the start of the official test set.
 *
 * @throws {RangeError} if there are fewer images than asked for
 */
export async function readSplits(
  dataset: SplitDataset,
  { seed, sizes: { test: testSize, ...sizes } }: {
    readonly seed: number;
    readonly sizes: SplitSizes;
  },
): Promise<Readonly<Record<PartName | "test", Images>>> {
  if (testSize > dataset.sizes.test) {
    throw new RangeError(
      `Cannot take ${testSize} test images: ${dataset.title} has ${dataset.sizes.test}`,
    );
  }
  const { train, test } = await dataset.read();
  const parts = split(dataset.layout, { n: train.labels.length, seed, sizes });
  return {
    reference: take(train, parts.reference),
    selection: take(train, parts.selection),
    pool: take(train, parts.pool),
    test: take(test, Array.from({ length: testSize }, (_, i) => i)),
  };
}
