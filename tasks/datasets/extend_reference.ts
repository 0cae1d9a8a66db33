import {
  concatenate,
  type Images,
  images,
  take,
} from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";

/** The reference set and the pool, and how many of their images to take. */
export interface ExtendReferenceArgs {
  readonly reference: Images;
  readonly pool: Images;
  readonly n: number;
}

/**
 * The first `n` images of the reference set followed by the pool: smaller and
 * larger reference sets for baselines on less and more data, each a prefix of
 * the next. Beyond the reference set it holds images of the pool with their
 * labels, so a baseline trained on it has seen, from scratch, images that
 * other networks are pre-trained on.
 */
export const extendReference = defineTask({
  module: import.meta.url,
  name: "extendReference",
  inline: true,
  result: images,
  run({ reference, pool, n }: ExtendReferenceArgs) {
    const own = reference.labels.length;
    const all = own + pool.labels.length;
    if (!(Number.isInteger(n) && n >= 0 && n <= all)) {
      throw new RangeError(
        `Cannot take ${n} reference images: reference and pool hold ${all}`,
      );
    }
    return concatenate([
      take(reference, firstOf(Math.min(n, own))),
      take(pool, firstOf(Math.max(n - own, 0))),
    ]);
  },
});

function firstOf(n: number): Uint32Array {
  return Uint32Array.from({ length: n }, (_, i) => i);
}
