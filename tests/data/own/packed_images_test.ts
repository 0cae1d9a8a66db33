import assert from "node:assert/strict";
import type { Images } from "../../../data/images/images.ts";
import { checkAlike } from "../../../data/own/packed_images.ts";

function images(classes: readonly string[], side = 1): Images {
  return {
    images: new Uint8Array(3 * side * side),
    labels: new Uint8Array(1),
    shape: [side, side, 3],
    classes,
  };
}

const two = images(["cat", "owl"]);

Deno.test("checkAlike() accepts sets of the same classes and size", () => {
  checkAlike("photos", { reference: two, test: two, shifted: two });
});

for (
  const [what, shifted, state] of [
    [
      "a class that is missing",
      images(["cat"]),
      '"shifted" has no class "owl", which "reference" has',
    ],
    [
      "a class too many",
      images(["cat", "cow", "owl"]),
      '"shifted" has a class "cow", which "reference" lacks',
    ],
    [
      "another size",
      images(["cat", "owl"], 2),
      'images of "shifted" are 2 × 2 × 3, those of "reference" 1 × 1 × 3',
    ],
  ] as const
) {
  Deno.test(`checkAlike() refuses ${what}`, () => {
    assert.throws(
      () => checkAlike("photos", { reference: two, test: two, shifted }),
      {
        name: "TypeError",
        message: `Cannot use the images of "photos": ${state}`,
      },
    );
  });
}
