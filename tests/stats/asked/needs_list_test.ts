import assert from "node:assert/strict";
import { NeedsList } from "../../../stats/asked/needs_list.ts";
import type { Evidence } from "../../../stats/asked/rule_bounds.ts";

/** A list for sets of so many examples, each a group by itself. */
function listFor(test: number, shifted: number, atMost = 5000): NeedsList {
  const examples: Evidence["examples"] = {
    reference: null,
    test,
    shifted,
    given: { reference: null, test, shifted },
    groups: { test, shifted },
    atMost,
  };
  const duplicates = { removed: 0, reference: 0, test: 0, shifted: 0 };
  return new NeedsList({ examples, duplicates }, {});
}

Deno.test("NeedsList asks for the most of each thing, and for no number without end", () => {
  const needs = listFor(300, 300);
  assert.ok(needs.isEmpty);
  needs.ask("trial");
  needs.askTimes(2);
  needs.askTimes(4);
  needs.askTimes(3);
  needs.ask("baselines", Infinity);
  needs.askTimes(Infinity);
  assert.deepEqual(needs.list(), [
    { what: "trial", number: 1 },
    { what: "test examples", number: 1200, there: 300 },
    { what: "shifted examples", number: 1200, there: 300 },
  ]);
});

Deno.test("NeedsList asks for a way to look at more examples only where these would do", () => {
  const enough = listFor(300, 300);
  enough.askTimes(10);
  enough.askBeyondMost();
  assert.deepEqual(enough.list().map(({ number }) => number), [3000, 3000]);
  const most = listFor(4800, 5000);
  assert.ok(!most.canGrow);
  most.askTimes(10);
  assert.ok(!most.isEmpty);
  assert.deepEqual(most.list(), []);
  most.askBeyondMost();
  assert.match(
    most.list()[0]?.what ?? "",
    /^way to look at more than 5,000 examples of a set, .* \(some 48,000 would do;/,
  );
});
