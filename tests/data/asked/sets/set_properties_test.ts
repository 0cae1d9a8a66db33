import assert from "node:assert/strict";
import type { PackedSet } from "../../../../data/asked/sets/packed_set.ts";
import {
  cellsOf,
  setProperties,
} from "../../../../data/asked/sets/set_properties.ts";

/** A set of three images with some properties. */
function packed(
  properties?: Readonly<Record<string, readonly string[]>>,
): PackedSet {
  return {
    images: new Uint8Array(9),
    side: 1,
    labels: null,
    classes: [],
    groups: null,
    ...properties && { properties },
    names: ["a", "b", "c"],
    widths: new Int32Array(3),
    heights: new Int32Array(3),
    bytes: new Int32Array(3),
    types: new Uint8Array(3),
    found: 3,
    unreadable: [],
    copies: [],
  };
}

Deno.test("setProperties() reads what all sets together say, and nothing where no list gives any", () => {
  const reference = packed({ camera: ["canon", "nikon", "nikon"] });
  const shifted = packed({ camera: ["nikon", "", "canon"] });
  const read = setProperties({ reference, shifted });
  assert(read.kind === "read");
  assert.deepEqual(
    read.properties.get("camera")?.(cellsOf(shifted, "camera")),
    {
      values: Float64Array.of(1, NaN, 0),
      categories: ["canon", "nikon"],
    },
  );
  const none = setProperties({ reference: packed(), shifted: packed() });
  assert(none.kind === "read" && none.properties.size === 0);
});

Deno.test("setProperties() has a line for each column that is none, and for one that a set lacks", () => {
  const sets = {
    reference: packed({ camera: ["A", "A", "A"], site: ["x", "x", "y"] }),
    test: packed({ camera: ["A", "A", "A"] }),
    shifted: packed({ camera: ["A", "A", "A"], site: ["x", "x", "y"] }),
  };
  const read = setProperties(sets);
  assert(read.kind === "refused");
  assert.deepEqual(read.problems, [
    'Cannot use images: column "camera" is no property: all its values are "A"; take it out of the properties',
    'Cannot use images: column "site" is no property: no row of set "test" has a value there; take it out of the properties',
  ]);
});
