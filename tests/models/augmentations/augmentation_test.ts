import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import { isDefinition, sourceOf } from "../../../engine/define/definition.ts";
import { drawsOf, philoxKey } from "../../../engine/define/philox.ts";
import { stream } from "../../../engine/define/random.ts";
import { augment } from "../../../models/augmentations/augmentation.ts";
import {
  cropAndMirror,
  cropAndMirrorSmall,
} from "../../../models/augmentations/crop_and_mirror.ts";
import { none } from "../../../models/augmentations/none.ts";
import { wide, wideUntinted } from "../../../models/augmentations/wide.ts";

const draws = (seed: number) => drawsOf(philoxKey(seed), 1);

const all = [none, cropAndMirror, cropAndMirrorSmall, wide, wideUntinted];

const random = stream(1, "images");
const from: Images = {
  images: Uint8Array.from({ length: 5 * 6 * 7 * 3 }, () => random.integer(256)),
  labels: Uint8Array.of(0, 1, 0, 1, 0),
  shape: [6, 7, 3],
  classes: ["a", "b"],
};
const SIZE = 6 * 7 * 3;

for (const augmentation of all) {
  const { name, fill } = augmentation;

  Deno.test(`${name}.fill() writes every value, between 0 and 1`, () => {
    const batch = new Float32Array(200 * SIZE).fill(NaN);
    const indices = Array.from({ length: 200 }, (_, i) => i % 5);
    fill(batch, { from, indices, draw: draws(2) });
    assert.ok(batch.every((value) => value >= 0 && value <= 1 + 1e-6));
  });

  Deno.test(`${name}.fill() depends on the draws alone`, () => {
    const [a, b] = [1, 2].map(() => {
      const batch = new Float32Array(3 * SIZE);
      fill(batch, { from, indices: [4, 0, 4], draw: draws(3) });
      return batch;
    });
    assert.deepEqual(a, b);
  });

  Deno.test(`${name}.fill() changes an image alike wherever others change`, () => {
    const [a, b] = [0, 1].map((first) => {
      const batch = new Float32Array(2 * SIZE);
      fill(batch, { from, indices: [first, 2], draw: draws(4) });
      return batch.slice(SIZE);
    });
    assert.deepEqual(a, b);
  });

  Deno.test(`${name}.fill() throws when the batch does not fit`, () => {
    assert.throws(
      () =>
        fill(new Float32Array(10), {
          from,
          indices: [0, 1],
          draw: draws(0),
        }),
      {
        name: "RangeError",
        message:
          "Cannot fill a batch of 10 values: 2 images of shape [6,7,3] need 252",
      },
    );
  });

  Deno.test(`${name}.fill() throws when there is no such image`, () => {
    const batch = new Float32Array(SIZE);
    assert.throws(
      () => fill(batch, { from, indices: [5], draw: draws(0) }),
      {
        name: "RangeError",
        message: "Cannot fill a batch with image 5: there are 5 images",
      },
    );
  });

  Deno.test(`${name} is a definition`, async () => {
    assert.ok(isDefinition(augmentation));
    const source = sourceOf(augmentation);
    const module = await import(source.module);
    assert.equal(module[source.name], augmentation);
  });
}

Deno.test("augment() gives back the images with no augmentation", () => {
  assert.deepEqual(
    augment(from, { augmentation: none, draw: draws(0) }),
    from,
  );
});
