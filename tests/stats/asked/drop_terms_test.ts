import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { bootstrapCounts, dropTerms } from "../../../stats/asked/drop_terms.ts";
import { close } from "../reference.ts";

const random = stream(1, "terms");
const n = 400;
const examples = {
  right: Float64Array.from({ length: n }, () => random.integer(2)),
  shifted: new Uint8Array(n).fill(1, n / 2),
  probability: Float64Array.from({ length: n }, () => random.uniform()),
};

Deno.test("dropTerms() add up to the drop, also in a bootstrap sample", () => {
  for (let sample = 0; sample < 20; sample++) {
    const counts = bootstrapCounts(
      { shifted: examples.shifted, groups: null },
      (bound) => random.integer(bound),
    );
    const { total, terms: [a, b, c] } = dropTerms(
      examples,
      sample === 0 ? undefined : counts,
    );
    close(a + b + c, total, 1e-12);
  }
});

Deno.test("dropTerms() book a drop as other labels where the sets cannot be told apart", () => {
  const { total, terms, sharedMass, effectiveSizes } = dropTerms({
    ...examples,
    probability: new Float64Array(n).fill(0.5),
  });
  close(terms[1], total, 1e-12);
  close(terms[0], 0, 1e-12);
  close(sharedMass, 1, 1e-12);
  close(effectiveSizes.test, n / 2, 1e-9);
});

Deno.test("dropTerms() book a drop as examples that the reference lacks where only those are wrong", () => {
  // Half of the shifted examples are surely shifted ones, and all wrong.
  const right = Float64Array.from({ length: n }, (_, i) => i < 300 ? 1 : 0);
  const probability = Float64Array.from(
    { length: n },
    (_, i) => i < 300 ? 1 / 3 : 1,
  );
  const { total, terms, sharedMass } = dropTerms({
    ...examples,
    right,
    probability,
  });
  close(total, 0.5, 1e-12);
  close(terms[2], 0.5, 1e-12);
  close(terms[1], 0, 1e-12);
  close(sharedMass, 2 / 3, 1e-12);
});

Deno.test("bootstrapCounts() draws whole groups, as many as each set has", () => {
  const shifted = Uint8Array.of(0, 0, 0, 1, 1, 1);
  const groups = ["a", "a", "b", "c", "d", "d"];
  for (let k = 0; k < 20; k++) {
    const counts = bootstrapCounts(
      { shifted, groups },
      (bound) => random.integer(bound),
    );
    assert.equal(counts[0], counts[1]);
    assert.equal(counts[4], counts[5]);
    assert.equal((counts[0] ?? 0) + (counts[2] ?? 0), 2);
    assert.equal((counts[3] ?? 0) + (counts[4] ?? 0), 2);
  }
});
