import assert from "node:assert/strict";
import fc from "../../property.ts";
import { editDistance, nearest } from "../../../cli/arguments/nearest.ts";

Deno.test("editDistance() counts letters added, removed and replaced", () => {
  // https://en.wikipedia.org/wiki/Levenshtein_distance
  assert.equal(editDistance("kitten", "sitting"), 3);
  assert.equal(editDistance("saturday", "sunday"), 3);
  assert.equal(editDistance("flaw", "lawn"), 2);
  assert.equal(editDistance("", "abc"), 3);
  assert.equal(editDistance("abc", ""), 3);
});

const word = fc.string({ maxLength: 6, unit: fc.constantFrom("a", "b", "c") });

Deno.test("editDistance() is a metric", () => {
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      assert.equal(editDistance(a, b) === 0, a === b);
      assert.equal(editDistance(a, b), editDistance(b, a));
      assert.ok(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c));
    }),
    { seed: 1 },
  );
});

Deno.test("nearest() gives the name of which a third of the letters is wrong at most, and one at least right", () => {
  const options = ["--force", "--help", "--dry-run", "--site"];
  assert.equal(nearest("--hlep", options), "--help");
  assert.equal(nearest("-dry-run", options), "--dry-run");
  assert.equal(nearest("--nope", options), undefined);
  assert.equal(nearest("x", ["line", "n", "r2"]), undefined);
  assert.equal(nearest("N", ["line", "n", "r2"]), "n");
});
