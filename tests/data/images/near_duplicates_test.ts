import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import { distinct } from "../../../data/images/near_duplicates.ts";

/** Flat grey images of 16×16 pixels. */
function flat(...levels: readonly number[]): Images {
  return {
    images: Uint8Array.from(
      levels.flatMap((level) => new Array(16 * 16 * 3).fill(level)),
    ),
    labels: new Uint8Array(levels.length),
    shape: [16, 16, 3],
    classes: ["grey"],
  };
}

Deno.test("distinct() keeps the first of images that look nearly the same", () => {
  // A difference of 10 is 0.039 of the range, one of 11 is 0.043.
  assert.deepEqual(distinct(flat(100, 110, 111, 100, 200), 0.04), [0, 2, 4]);
});

Deno.test("distinct() compares with what it keeps, not with what it leaves out", () => {
  assert.deepEqual(distinct(flat(100, 108, 116), 0.04), [0, 2]);
});
