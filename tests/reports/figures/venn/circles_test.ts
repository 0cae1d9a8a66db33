import assert from "node:assert/strict";
import {
  type Circles,
  circlesOf,
} from "../../../../reports/figures/venn/circles.ts";
import fc from "../../../property.ts";

/** The areas of two circles, and of what they share, by counting the points of a fine grid. */
function counted({ circles: [one, other] }: Circles): readonly number[] {
  const r = Math.max(one.r, other.r);
  const end = Math.max(one.y + one.r, other.y + other.r);
  const step = r / 200;
  const found = [0, 0, 0];
  for (let x = -r + step / 2; x < r; x += step) {
    for (let y = step / 2; y < end; y += step) {
      const inside = [one, other].map(({ y: middle, r }) =>
        x * x + (y - middle) ** 2 <= r * r
      );
      [...inside, inside[0] && inside[1]].forEach((is, i) => {
        if (is) found[i] = (found[i] ?? 0) + step * step;
      });
    }
  }
  return found;
}

const GAP = { gap: 0.1 };

Deno.test("circlesOf() gives circles and what they share the areas that are asked for", () => {
  for (
    const [first, second, both] of [
      [6, 3, 1],
      [6, 3, 0.05],
      [6, 3, 2.9],
      [2, 5, 1],
      [4, 4, 3.9],
    ] as const
  ) {
    const areas = counted(circlesOf({ first, second, both }, GAP));
    [first, second, both].forEach((area, i) => {
      const off = Math.abs((areas[i] ?? 0) - area);
      assert.ok(off < 0.02, `${first} ${second} ${both}: ${areas}`);
    });
  }
});

Deno.test("circlesOf() puts one circle into another, on it or apart from it when its area says so", () => {
  const within = circlesOf({ first: 6, second: 2, both: 2 }, GAP);
  const [one, other] = within.circles;
  // They touch at the bottom.
  assert.ok(Math.abs(one.y + one.r - other.y - other.r) < 1e-9);
  const equal = circlesOf({ first: 3, second: 3, both: 3 }, GAP).circles;
  assert.ok(Math.abs(equal[0].y - equal[1].y) < 1e-9);
  const [above, below] =
    circlesOf({ first: 3, second: 2, both: 0 }, GAP).circles;
  assert.ok(Math.abs(below.y - below.r - (above.y + above.r) - 0.1) < 1e-9);
  const { circles, height } = circlesOf({ first: 0, second: 2, both: 0 }, GAP);
  assert.equal(circles[0].r, 0);
  assert.ok(Number.isFinite(height));
});

Deno.test("circlesOf() names places within the parts, from above to below, when they are not empty", () => {
  const area = fc.double({ min: 0.01, max: 10, noNaN: true });
  fc.assert(fc.property(
    area,
    area,
    fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    (first, second, share) => {
      const both = share * Math.min(first, second);
      const { circles: [one, other], middles: [top, middle, bottom], height } =
        circlesOf({ first, second, both }, GAP);
      const inside = (y: number, circle: typeof one) =>
        Math.abs(y - circle.y) <= circle.r + 1e-9;
      assert.ok(inside(top, one) && !inside(top - 1e-6, other));
      assert.ok(inside(middle, one) && inside(middle, other));
      assert.ok(inside(bottom, other) && !inside(bottom + 1e-6, one));
      assert.ok(0 <= top && top <= middle && middle <= bottom);
      assert.ok(bottom <= height + 1e-9);
    },
  ));
});
