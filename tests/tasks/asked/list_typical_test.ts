import assert from "node:assert/strict";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { listTypical } from "../../../tasks/asked/list_typical.ts";
import { runTask } from "../run_task.ts";

function shifted(names: AskedSet["names"]): AskedSet {
  return {
    n: 3,
    features: {},
    properties: {},
    labels: null,
    classes: [],
    groups: null,
    names,
    right: {},
  };
}

Deno.test("listTypical() names the examples, those first that look least like reference ones, with their parts", async () => {
  const of = (names: AskedSet["names"]) =>
    runTask(listTypical, {
      shifted: shifted(names),
      typicality: Float64Array.of(1, -1, 2),
      parts: partsOf([true, true, false]),
      places: [0, 3, 7],
    });
  assert.deepEqual(await of(["a", "b", "c"]), [
    { name: "c", score: 2, inSupport: false },
    { name: "a", score: 1, inSupport: true },
    { name: "b", score: -1, inSupport: true },
  ]);
  // By their places in the set that was given, where they have no names.
  assert.deepEqual((await of(null)).map(({ name }) => name), ["8", "1", "4"]);
});

Deno.test("listTypical() names none where nothing tells examples apart", async () => {
  const none = await runTask(listTypical, {
    shifted: shifted(["a", "b", "c"]),
    typicality: new Float64Array(3),
    parts: partsOf([true, true, true]),
    places: [0, 1, 2],
  });
  assert.deepEqual(none, []);
});
