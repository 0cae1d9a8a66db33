import assert from "node:assert/strict";
import { ruleConditions } from "../../../stats/asked/rule_conditions.ts";
import type { Evidence } from "../../../stats/asked/rule_bounds.ts";
import { whatHolds } from "../../../stats/asked/what_holds.ts";
import { evidence } from "./judged.ts";

/** The conditions of the rule of evidence. */
function conditionsOf(some: Evidence) {
  return ruleConditions({ ...some, ...whatHolds(some) });
}

Deno.test("ruleConditions() says why conditions cannot be told, and nothing of what they would say", () => {
  const untold = conditionsOf({
    ...evidence({}),
    shift: null,
    labels: null,
    outOfSupport: null,
    drop: null,
    biases: [],
  });
  const [enough, ...others] = untold;
  assert.equal(enough?.holds, true);
  assert.deepEqual(
    others.map(({ condition, holds }) => [condition, holds]),
    [
      ["a shift is seen: no features to look at", null],
      ["examples are nearly alike: no features to look at", null],
      ["examples are alike: no features to look at", null],
      [
        "examples surely differ within single classes, or in how features spread: no features to look at",
        null,
      ],
      [
        "the shift lies in how often each value of a property occurs: no features to look at",
        null,
      ],
      [
        "the shift lies in how often the sets have what both of them have: no features to look at",
        null,
      ],
      ["a part is out of support: no features to look at", null],
      ["class frequencies differ: no labels", null],
      ["class frequencies are the same: no labels", null],
      ["labels of two classes may have been exchanged: no labels", null],
      ["a property lost its association with the label: no labels", null],
      [
        "a property goes with the label that did not, or more closely: no labels",
        null,
      ],
      ["no loss is left open: no labels", null],
      [
        "what is in support has the values of properties about as often: no labels",
        null,
      ],
      ["accuracy stays: no predictions and no labels", null],
    ],
  );
});

Deno.test("ruleConditions() says of properties that none is given, and tells all else", () => {
  const told = conditionsOf({ ...evidence({}), biases: [] });
  assert.deepEqual(
    told.filter(({ condition }) => condition.endsWith("no property is given"))
      .map(({ holds }) => holds),
    [null, null, null, null, null],
  );
  assert.equal(told.filter(({ holds }) => holds !== null).length, 11);
});
