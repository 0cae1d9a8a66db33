import assert from "node:assert/strict";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { stream } from "../../../engine/define/random.ts";
import { tellApart } from "../../../models/asked/tell_apart.ts";
import { askQuickly } from "../../ask_quickly.ts";

const [CENTRES, DIMENSION] = [6, 12];

/** Examples about six centres, as often as told, of two classes that are alike at each. */
function setOf(
  frequencies: readonly number[],
  { n, seed }: { readonly n: number; readonly seed: number },
): AskedSet {
  const random = stream(seed, "redrawn");
  const centres = stream(1, "centres");
  const places = Array.from(
    { length: CENTRES * DIMENSION },
    () => 1.5 * centres.normal(),
  );
  const values = new Float32Array(n * DIMENSION);
  const labels = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let [u, centre] = [random.uniform(), 0];
    while (centre < CENTRES - 1 && u >= (frequencies[centre] as number)) {
      u -= frequencies[centre++] as number;
    }
    labels[i] = random.integer(2);
    for (let k = 0; k < DIMENSION; k++) {
      values[i * DIMENSION + k] = random.normal() +
        (places[centre * DIMENSION + k] as number);
    }
  }
  return {
    n,
    features: { given: { values, dimension: DIMENSION } },
    properties: {},
    labels,
    classes: ["a", "b"],
    groups: null,
    names: null,
    right: {},
  };
}

const BEFORE = [0.3, 0.2, 0.2, 0.15, 0.15, 0];
const OTHER = [0.1, 0.15, 0.3, 0.25, 0.2, 0];
const NEW = [0.25, 0.15, 0.15, 0.1, 0.1, 0.25];

function sets(later: readonly number[], n = 1000) {
  return {
    reference: setOf(BEFORE, { n, seed: 2 }),
    test: setOf(BEFORE, { n, seed: 3 }),
    shifted: setOf(later, { n, seed: 4 }),
  };
}

Deno.test("ask() says of other proportions that they are a bias, without any property; and not of what is new", () => {
  const other = askQuickly(sets(OTHER), { seed: 1 });
  assert.equal(other.answer, "bias");
  assert.match(
    other.why,
    /but in other proportions, or all of them are a little otherwise/,
  );
  const { left = null, lacking, drawn = 0 } = other.shift?.redrawn ?? {};
  assert.ok((other.shift?.withinClass?.auroc ?? 0) > 0.6);
  assert.ok(left !== null && left.high < 0.54, JSON.stringify(left));
  assert.ok((lacking?.high ?? 1) < 0.05, JSON.stringify(lacking));
  assert.ok(drawn > 300 && drawn < 1900, String(drawn));
  const beside = askQuickly(sets(NEW), { seed: 1 });
  assert.notEqual(beside.answer, "bias");
  assert.ok((beside.shift?.redrawn?.lacking.share ?? 0) > 0.2);
  assert.equal(beside.shift?.redrawn?.left, null);
});

Deno.test("tellApart() draws reference examples alike each time, and none where no shift is seen or labels are missing", () => {
  const redrawnOf = (some: ReturnType<typeof sets>) =>
    tellApart(some, { seed: 1, placebos: 99 }).shift?.redrawn;
  const some = sets(OTHER, 300);
  const [first, again] = [redrawnOf(some), redrawnOf(some)];
  assert.ok(first !== null && first !== undefined);
  assert.deepEqual(again, first);
  assert.equal(redrawnOf(sets(BEFORE, 300)), null);
  assert.equal(
    redrawnOf({ ...some, shifted: { ...some.shifted, labels: null } }),
    null,
  );
});
