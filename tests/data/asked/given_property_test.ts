import assert from "node:assert/strict";
import { givenProperty } from "../../../data/asked/given_property.ts";

Deno.test("givenProperty() reads a quantity where all known values are numbers, and else categories by name", () => {
  const age = givenProperty("age", {
    reference: ["1.5", "", "-2"],
    shifted: ["1e3", ".5"],
  });
  assert(typeof age !== "string");
  assert.deepEqual(age(["1.5", "", "1e3", ".5"]), {
    values: Float64Array.of(1.5, NaN, 1000, 0.5),
    categories: null,
  });
  const camera = givenProperty("camera", {
    reference: ["b", "", "b", "10"],
    test: ["b", "c"],
    shifted: ["10", "c", "b"],
  });
  assert(typeof camera !== "string");
  assert.deepEqual(camera(["b", "", "10", "c"]), {
    values: Float64Array.of(1, NaN, 0, 2),
    categories: ["10", "b", "c"],
  });
});

for (
  const [what, reference, shifted, why] of [
    ["one value", ["a", "", "a"], ["a"], 'all its values are "a"'],
    [
      "values in one set alone",
      ["a", "b"],
      ["", ""],
      'no row of set "shifted" has a value there',
    ],
    [
      "names of examples",
      ["0", "img1", "img2"],
      ["img3", "img3"],
      'more than half of its values differ, 4 of 5, and they are no numbers, such as "img1"',
    ],
  ] as const
) {
  Deno.test(`givenProperty() refuses ${what}`, () => {
    assert.equal(
      givenProperty("x", { reference, shifted }),
      `column "x" is no property: ${why}; take it out of the properties`,
    );
  });
}
