import assert from "node:assert/strict";
import { cifar10 } from "../../../data/datasets/cifar10.ts";
import {
  classRelatives,
  withoutRelatives,
} from "../../../data/drawings/class_relatives.ts";
import { quickDrawCategories } from "../../../data/drawings/quick_draw_files.ts";

const relatives = Object.values(classRelatives).flat();

Deno.test("classRelatives has every class of CIFAR-10", () => {
  assert.deepEqual(Object.keys(classRelatives).sort(), [...cifar10.classes]);
});

Deno.test("classRelatives names categories of Quick, Draw!, each once", () => {
  const known = new Set(quickDrawCategories);
  assert.deepEqual(relatives.filter((name) => !known.has(name)), []);
  assert.equal(new Set(relatives).size, relatives.length);
});

Deno.test("withoutRelatives() leaves out the relatives and keeps the order of the others", () => {
  assert.deepEqual(
    withoutRelatives(["banana", "swan", "cat", "axe", "van"]),
    ["banana", "axe"],
  );
  assert.equal(
    withoutRelatives(quickDrawCategories).length,
    quickDrawCategories.length - relatives.length,
  );
});
