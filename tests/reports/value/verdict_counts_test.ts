import assert from "node:assert/strict";
import { claimCounts } from "../../../reports/value/verdict_counts.ts";

Deno.test("claimCounts() counts added claims by themselves, after all others", () => {
  const claims = [
    { whose: "added", verdict: "supported" },
    { whose: "paper", verdict: "supported" },
    { verdict: "inconclusive" },
    { whose: "control", verdict: "supported" },
  ] as const;
  assert.equal(
    claimCounts(claims),
    "3 claims: 2 supported, 1 inconclusive; 1 added claim: 1 supported",
  );
  assert.equal(claimCounts(claims.slice(0, 1)), "1 added claim: 1 supported");
  assert.equal(claimCounts(claims.slice(1, 2)), "1 claim: 1 supported");
  assert.equal(claimCounts([]), "no claims");
});
