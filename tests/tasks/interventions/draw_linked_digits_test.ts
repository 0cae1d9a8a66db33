import assert from "node:assert/strict";
import { typefacesFor } from "../../../data/drawings/typefaces.ts";
import { drawLinkedDigits } from "../../../tasks/interventions/draw_linked_digits.ts";
import { runTask } from "../run_task.ts";

const families = typefacesFor("evaluation")
  .flatMap(({ family }) => Array.from({ length: 10 }, () => family));
const SIZE = 28 * 28;
/** Each glyph is a square in the middle. */
const glyphs = {
  images: Uint8Array.from({ length: families.length * SIZE }, (_, i) => {
    const [row, column] = [Math.floor(i % SIZE / 28), i % 28];
    return Math.max(Math.abs(row - 13.5), Math.abs(column - 13.5)) < 8
      ? 255
      : 0;
  }),
  labels: Uint8Array.from(families, (_, i) => i % 10),
  shape: [28, 28, 1] as const,
  classes: [..."0123456789"],
};

function drawn({ n = 20, p = 0.8, subset = "test", side = 16 }) {
  return runTask(drawLinkedDigits, {
    glyphs,
    families,
    n,
    p,
    seed: 1,
    subset,
    side,
  });
}

Deno.test("drawLinkedDigits() gives each image a warp of its own, at the side of photographs, with its groups", async () => {
  const { images, byStyle, byOwnStyle } = await drawn({});
  assert.deepEqual(images.shape, [16, 16, 3]);
  assert.equal(images.labels.length, 20);
  assert.equal(byStyle.names.length, 50);
  assert.deepEqual(
    [...byOwnStyle.of].map((group) => Math.floor(group / 2)),
    [...images.labels],
  );
  const looks = Array.from(
    { length: 20 },
    (_, i) => images.images.subarray(i * 768, (i + 1) * 768).join(),
  );
  assert.equal(new Set(looks).size, 20);
});

Deno.test("drawLinkedDigits() draws the same digits in the same warps in their own style and in a random one", async () => {
  const [own, random] = [await drawn({ p: 1 }), await drawn({ p: 0 })];
  // All glyphs are alike here, so that only digit and warp can differ.
  assert.deepEqual(own.images, random.images);
  assert.notDeepEqual(own.byStyle.of, random.byStyle.of);
  const other = await drawn({ p: 1, subset: "refit" });
  assert.notDeepEqual(other.images.images, own.images.images);
});
