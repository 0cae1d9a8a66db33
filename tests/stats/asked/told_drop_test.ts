import assert from "node:assert/strict";
import { littleLost } from "../../../stats/asked/told_drop.ts";
import { between, evidence } from "./judged.ts";

/** A drop with these accuracies on the reference set and out of support. */
function dropOf(
  reference: readonly [low: number, high: number],
  outOfSupport: readonly [low: number, high: number] | null,
) {
  const { drop } = evidence({});
  assert.ok(drop !== null);
  return {
    ...drop,
    accuracy: {
      ...drop.accuracy,
      reference: between(...reference),
      outOfSupport: outOfSupport === null ? null : between(...outOfSupport),
    },
  };
}

Deno.test("littleLost() says nothing where accuracy is lost for sure, or where nobody knows", () => {
  assert.equal(littleLost(dropOf([0.88, 0.92], [0.78, 0.82])), "");
  assert.equal(littleLost(dropOf([0.88, 0.92], null)), "");
  assert.equal(littleLost(null), "");
});

Deno.test("littleLost() says how much may be lost where that is not sure", () => {
  assert.equal(
    littleLost(dropOf([0.88, 0.92], [0.88, 0.92])),
    "on what is new little accuracy is lost, if any (2.8 points at most)",
  );
  assert.equal(
    littleLost(dropOf([0.88, 0.92], [0.98, 1])),
    "on what is new models are right more often than on the reference set, so that nothing to gain is seen",
  );
  assert.equal(
    littleLost(dropOf([0.86, 0.94], [0.7, 0.98])),
    "whether accuracy is lost on what is new is not sure (20.6 points at most)",
  );
});
