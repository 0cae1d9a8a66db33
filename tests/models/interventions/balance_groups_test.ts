import assert from "node:assert/strict";
import fc from "../../property.ts";
import { groupSizes } from "../../../data/images/groups.ts";
import { stream } from "../../../engine/define/random.ts";
import {
  balancedPositions,
  classesAsGroups,
  smallestGroup,
} from "../../../models/interventions/balance_groups.ts";

/** Groups of up to 20 images, some of none. */
const groups = fc.record({
  of: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 20 }),
}).map(({ of }) => ({
  names: ["a", "b", "c", "d", "e", "f"],
  of: Int32Array.from(of),
}));

/** How often each of some numbers occurs. */
function occurrences(values: Uint32Array, bound: number): number[] {
  const counts = Array<number>(bound).fill(0);
  for (const value of values) counts[value] = (counts[value] ?? NaN) + 1;
  return counts;
}

Deno.test("balancedPositions() gives groups with images equal shares, and images of a group equal ones, to within one", () => {
  fc.assert(fc.property(
    groups,
    fc.integer({ min: 1, max: 60 }),
    fc.integer(),
    (groups, n, seed) => {
      const drawn = balancedPositions(groups, { n, random: stream(seed) });
      assert.equal(drawn.length, n);
      const times = occurrences(drawn, groups.of.length);
      const present = groupSizes(groups).flatMap((size, g) =>
        size > 0 ? [g] : []
      );
      const shares = present.map((g) =>
        times.reduce((sum, t, i) => sum + (groups.of[i] === g ? t : 0), 0)
      );
      assert.equal(shares.reduce((a, b) => a + b), n);
      assert.ok(Math.max(...shares) - Math.min(...shares) <= 1);
      for (const g of present) {
        const within = times.filter((_, i) => groups.of[i] === g);
        assert.ok(Math.max(...within) - Math.min(...within) <= 1);
      }
    },
  ));
});

Deno.test("balancedPositions() draws anew with another seed, and the same with the same", () => {
  const groups = { names: ["a", "b"], of: new Int32Array(40).fill(1, 30) };
  const draw = (seed: number) =>
    balancedPositions(groups, { n: 20, random: stream(seed) });
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  // Shuffled: groups are not one after the other.
  const order = [...draw(1)].map((i) => groups.of[i]);
  assert.notDeepEqual(order, order.toSorted());
});

Deno.test("balancedPositions() refuses no images and a number that is none", () => {
  const random = stream(1);
  assert.throws(
    () =>
      balancedPositions({ names: ["a"], of: new Int32Array() }, {
        n: 4,
        random,
      }),
    new RangeError(
      "Cannot draw 4 images from 0 groups with images: there must be one of each at least",
    ),
  );
  assert.throws(
    () =>
      balancedPositions({ names: ["a"], of: new Int32Array(3) }, {
        n: 0.5,
        random,
      }),
    new RangeError(
      "Cannot draw 0.5 images from 1 groups with images: there must be one of each at least",
    ),
  );
});

Deno.test("smallestGroup() leaves groups without images out", () => {
  assert.deepEqual(
    smallestGroup({ names: ["a", "b", "c"], of: Int32Array.of(2, 0, 0) }),
    { size: 1, groups: 2 },
  );
});

Deno.test("classesAsGroups() names groups as classes", () => {
  assert.deepEqual(
    classesAsGroups({ labels: Uint8Array.of(1, 0), classes: ["a", "b"] }),
    { names: ["a", "b"], of: Int32Array.of(1, 0) },
  );
});
