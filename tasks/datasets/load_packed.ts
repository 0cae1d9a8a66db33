import { createHash } from "node:crypto";
import { z } from "zod";
import { images, take } from "../../data/images/images.ts";
import {
  leftOutOf,
  type PackedImages,
  readPacked,
  SETS,
} from "../../data/own/packed_images.ts";
import { json } from "../../engine/define/codec.ts";
import { stream } from "../../engine/define/random.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Which images, how many of each set at most, and the seed of their order. */
export interface LoadPackedArgs {
  readonly from: PackedImages;
  readonly most: number;
  readonly seed: number;
}

/** The sets of a shift of one's own, shuffled, and what they are. */
export const loadPacked = defineTask({
  module: import.meta.url,
  name: "loadPacked",
  result: {
    reference: images,
    test: images,
    shifted: images,
    sizes: json(z.record(z.string(), z.int())),
    classes: json(z.array(z.string()).readonly()),
    /** Who has them, and how many files packing left out. */
    source: json(z.string()),
    /** SHA-256 of all pixels and labels that were taken. */
    digest: json(z.string()),
  },
  async run({ from, most, seed }: LoadPackedArgs) {
    const all = await readPacked(from);
    const leftOut = await leftOutOf(from);
    const hash = createHash("sha256");
    const [reference, test, shifted] = SETS.map((name) => {
      const order = stream(seed, "own", name)
        .permutation(all[name].labels.length);
      const taken = take(all[name], order.subarray(0, most));
      hash.update(taken.images).update(taken.labels);
      return taken;
    }) as [typeof all.test, typeof all.test, typeof all.test];
    return {
      reference,
      test,
      shifted,
      classes: reference.classes,
      source: `the owner of this copy, packed by \`deno task pack\`${
        leftOut === 0
          ? ""
          : `, which left out ${leftOut} ${
            leftOut === 1 ? "file" : "files"
          } that could not be read or had a copy`
      }`,
      sizes: Object.fromEntries(
        SETS.map((name, i) => [
          name,
          [reference, test, shifted][i]?.labels.length ?? 0,
        ]),
      ),
      digest: hash.digest("hex"),
    };
  },
});
