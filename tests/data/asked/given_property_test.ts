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
    ["one value", ["a", "a"], ["a"], 'all its values are "a"'],
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

Deno.test("givenProperty() reads true and false alike in any case, and refuses other values that two sets spell differently", () => {
  const flash = givenProperty("flash", {
    reference: ["True", "False", "True", "False"],
    shifted: ["true", "false", "TRUE", ""],
  });
  assert(typeof flash !== "string");
  assert.deepEqual(flash(["True", "FALSE", "true", ""]), {
    values: Float64Array.of(1, 0, 1, NaN),
    categories: ["false", "true"],
  });
  assert.equal(
    givenProperty("flash", { reference: ["True"], shifted: ["true"] }),
    'column "flash" is no property: all its values are "true"; take it out of the properties',
  );
  const letters = ["a", "A", "a", "A"];
  assert.equal(
    typeof givenProperty("x", { reference: letters, shifted: letters }),
    "function",
  );
  assert.equal(
    givenProperty("x", { reference: letters, shifted: ["a", "a", "a"] }),
    'column "x" has "A" in set "reference" and "a" in set "shifted"; write them alike',
  );
});

Deno.test("givenProperty() reads decimal commas where they can be nothing else", () => {
  const age = givenProperty("age", {
    reference: ["37,1", "", "-2", "1,234"],
    shifted: ["1,5e3", ",5"],
  });
  assert(typeof age !== "string");
  assert.deepEqual(age(["37,1", "", "1,234", "1,5e3", ",5", "-2"]), {
    values: Float64Array.of(37.1, NaN, 1.234, 1500, 0.5, -2),
    categories: null,
  });
});

const THOUSANDS =
  "where the comma may stand before decimals or between thousands; write decimals after a point, and nothing between thousands";

const BOTH =
  "where decimals may follow the comma or the point; write decimals after a point, and nothing between thousands";

for (
  const [reference, shifted, why] of [
    [["37,1", "2"], ["38.2"], `"37,1" and "38.2", ${BOTH}`],
    [["37,1", "38.2"], ["1.234,5"], `"1.234,5", ${BOTH}`],
    [["12,345", "999"], ["1,234"], `"12,345", ${THOUSANDS}`],
    [["37,1", "1,234,567"], ["2"], `"1,234,567", ${THOUSANDS}`],
  ] as const
) {
  Deno.test(`givenProperty() refuses numbers such as ${reference} and ${shifted}`, () => {
    assert.equal(
      givenProperty("x", { reference, shifted }),
      `column "x" has ${why}`,
    );
  });
}

Deno.test("givenProperty() takes a cross, or nothing, for two values", () => {
  for (const [mark, value] of [["x", 0], ["1", 1]] as const) {
    const read = givenProperty("flash", {
      reference: [mark, "", mark],
      shifted: ["", mark],
    });
    assert(typeof read !== "string", `${read}`);
    assert.deepEqual(
      read(["", mark]).values,
      Float64Array.of(NaN, value),
    );
  }
});
