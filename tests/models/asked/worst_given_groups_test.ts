import assert from "node:assert/strict";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { attributeDrop } from "../../../models/asked/attribute_drop.ts";
import { tellApart } from "../../../models/asked/tell_apart.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { groupedSets } from "./grouped_sets.ts";

/** Worst groups of a model that is wrong on group s3, and otherwise on class a alone. */
function worst(change: (set: AskedSet) => AskedSet) {
  const { reference, test, shifted } = groupedSets({
    seed: 1,
    groups: 10,
    size: 40,
  });
  const changed = (set: AskedSet): AskedSet => ({
    ...change(set),
    features: {},
    right: {
      model: Uint8Array.from(
        { length: set.n },
        (_, i) => set.groups?.[i] !== "s3" && set.labels?.[i] === 1 ? 1 : 0,
      ),
    },
  });
  const sets = { reference, test: changed(test), shifted: changed(shifted) };
  const { scores } = tellApart(sets, { seed: 1, placebos: 2 });
  const { worstGroups } = attributeDrop(sets, {
    seed: 1,
    resamples: 40,
    scores,
    parts: partsOf(new Array(shifted.n).fill(true)),
  });
  return worstGroups.map((group) => [
    group.group,
    group.class,
    group.accuracy,
  ]);
}

Deno.test("attributeDrop() lists given groups among the worst", () => {
  const found = worst((set) => set);
  assert.ok(
    found.some(([group, kind, right]) =>
      group === "group s3" && kind === null && right === 0
    ),
    JSON.stringify(found),
  );
});

Deno.test("attributeDrop() lists classes where no property is given", () => {
  const table = worst((set) => ({ ...set, properties: {} }));
  assert.deepEqual(table[0], ["class a", null, 0]);
  assert.ok(table.some(([group]) => group === "group s3"));
  const bare = worst((set) => ({ ...set, properties: {}, groups: null }));
  assert.deepEqual(bare.map(([group]) => group), ["class a", "class b"]);
});
