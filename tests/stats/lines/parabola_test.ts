import assert from "node:assert/strict";
import {
  fitParabola,
  heightOverParabola,
} from "../../../stats/lines/parabola.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { close } from "../reference.ts";
import { photo, sizes, values } from "../straightness_reference.ts";

const line = fitLine(sizes.flatMap(({ points }) => points));

function place(reference: number, shifted: number): Point {
  return { model: "any", reference, shifted };
}

function groupsAt(references: readonly (readonly number[])[]) {
  return references.map((own, i) => ({
    name: `${i}`,
    points: own.map((reference) => place(reference, reference ** 2)),
  }));
}

function parabolaThrough(groups: ReturnType<typeof groupsAt>) {
  const points = groups.flatMap((group) => group.points);
  return fitParabola(groups, fitLine(points, { scale: "linear" }));
}

Deno.test("fitParabola() is NumPy's, as a mean height and as a test of the added term", () => {
  const parabola = fitParabola(sizes, line);
  assert.ok(parabola !== null);
  const heights = photo.map((point) => heightOverParabola(point, parabola));
  close(
    heights.reduce((a, b) => a + b, 0) / photo.length,
    values.parabola.gains.photo,
    1e-12,
  );
  assert.deepEqual(parabola.addedTerm?.degreesOfFreedom, [1, 15]);
  close(parabola.addedTerm?.f ?? NaN, values.parabola.f, 1e-8);
});

Deno.test("fitParabola() finds a parabola that there is, in a narrow range far from zero too", () => {
  for (const step of [0.1, 1e-4]) {
    const places = [0, 1, 2, 3].map((i) => [0.5 + i * step]);
    const parabola = parabolaThrough(groupsAt(places));
    assert.ok(parabola !== null);
    close(parabola.curvature, 1, 1e-6);
    close(heightOverParabola(place(0.9, 0.5), parabola), 0.5 - 0.81, 1e-6);
  }
});

Deno.test("fitParabola() asks for four baselines and three places along the line", () => {
  assert.equal(parabolaThrough(groupsAt([[0.5], [0.6], [0.7]])), null);
  assert.equal(parabolaThrough(groupsAt([[0.5, 0.7], [0.6, 0.8]])), null);
  // Two of three groups lie at one place.
  assert.equal(
    parabolaThrough(groupsAt([[0.5, 0.7], [0.6], [0.8]])),
    null,
  );
  // Means at three places, networks at two.
  assert.equal(
    parabolaThrough(groupsAt([[0.5, 0.5], [0.5, 0.7], [0.7]])),
    null,
  );
  assert.notEqual(
    parabolaThrough(groupsAt([[0.5, 0.55], [0.6], [0.8]])),
    null,
  );
});
