/**
 * Seeded, disjoint parts of a training set.
 *
 * @module
 */
import { stream } from "../engine/random.ts";

/** Where each part lies in the permutation of a training set: from `start` up to, not including, `end`. */
export type Layout<Name extends string> = Readonly<
  Record<Name, { readonly start: number; readonly end: number }>
>;

/**
 * The parts of CIFAR-10's 50,000 training images: the reference set, a spare
 * one, the one that hyper-parameters are selected on, and the pool for
 * pre-training.
 */
export const cifar10Layout = {
  reference: { start: 0, end: 8_000 },
  spare: { start: 8_000, end: 10_000 },
  selection: { start: 10_000, end: 12_000 },
  pool: { start: 12_000, end: 50_000 },
} as const satisfies Layout<string>;

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
