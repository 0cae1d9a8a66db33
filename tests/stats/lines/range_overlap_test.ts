import assert from "node:assert/strict";
import {
  rangeOverlap,
  rangeOverlapSchema,
} from "../../../stats/lines/range_overlap.ts";
import { close } from "../reference.ts";

const networks = (references: readonly number[]) =>
  references.map((reference) => ({ model: "n", reference, shifted: 0.5 }));

Deno.test("rangeOverlap() counts the networks inside and measures to the nearer end", () => {
  const result = rangeOverlap(networks([0.35, 0.4, 0.6, 0.7]), {
    range: [0.4, 0.6],
  });
  assert.equal(result.inside, 2);
  assert.equal(result.share, 0.5);
  close(result.meanDistance, 0.0375);
  close(result.maxDistance, 0.1);
  assert.deepEqual(rangeOverlapSchema.parse(result), result);
});

Deno.test("rangeOverlap() needs a network", () => {
  assert.throws(
    () => rangeOverlap([], { range: [0.4, 0.6] }),
    /Cannot compare networks with the baselines' range: there is no network/,
  );
});
