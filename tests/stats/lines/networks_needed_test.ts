import assert from "node:assert/strict";
import {
  type ErrorComponent,
  errorComponent,
} from "../../../stats/intervals/error_component.ts";
import { combineErrors } from "../../../stats/intervals/mean.ts";
import { networksNeeded } from "../../../stats/lines/networks_needed.ts";

const level = 0.95;

/** A source with this standard error in points. */
function component(points: number, degreesOfFreedom: number): ErrorComponent {
  const standardError = points / 100;
  return errorComponent({ standardError, degreesOfFreedom }, { level });
}

/** Ten networks, a set of images and a line, with these standard errors in points. */
function measured(networks: number, images: number, line: number) {
  return {
    n: 10,
    level,
    components: {
      betweenModels: component(networks, 9),
      testSet: component(images, Infinity),
      line: component(line, 16),
    },
  };
}

const near = (value: number, expected: number) =>
  assert.ok(Math.abs(value - expected) < 1e-9, `${value}, ${expected}`);

Deno.test("networksNeeded() gives the fewest networks with which the half-width is as small", () => {
  const some = measured(1.5, 0.6, 0.8);
  const { networks } = networksNeeded(some, { halfWidth: 0.03 });
  const half = (n: number) =>
    combineErrors([
      {
        standardError: 0.015 * Math.sqrt(10 / n),
        degreesOfFreedom: n - 1,
      },
      { standardError: 0.006, degreesOfFreedom: Infinity },
      { standardError: 0.008, degreesOfFreedom: 16 },
    ], { level, guarded: true }).halfWidth;
  assert.ok(networks !== null && networks > 10);
  assert.ok(half(networks) <= 0.03);
  assert.ok(half(networks - 1) > 0.03);
  // Up to 1,000 networks, and no more.
  const most = half(1000);
  assert.equal(networksNeeded(some, { halfWidth: most }).networks, 1000);
  assert.equal(networksNeeded(some, { halfWidth: half(1001) }).networks, null);
});

Deno.test("networksNeeded() says how narrow it would be without the error of the images, and of the networks alone", () => {
  const { withoutImages, networksAlone } = networksNeeded(
    measured(1.5, 0.2, 0.8),
    { halfWidth: 0.03 },
  );
  near(networksAlone, component(1.5, 9).halfWidth);
  near(
    withoutImages,
    combineErrors([
      { standardError: 0.015, degreesOfFreedom: 9 },
      { standardError: 0.008, degreesOfFreedom: 16 },
    ], { level, guarded: true }).halfWidth,
  );
});

Deno.test("networksNeeded() asks for no more where the interval is narrow enough, and for none where no number is enough", () => {
  const asked = { halfWidth: 0.03 };
  assert.equal(networksNeeded(measured(0.5, 0.2, 0.8), asked).networks, 10);
  assert.equal(networksNeeded(measured(0.5, 0.2, 2), asked).networks, null);
});

Deno.test("networksNeeded() refuses networks that have no spread", () => {
  const { components, ...one } = measured(1, 1, 1);
  assert.throws(
    () =>
      networksNeeded({
        ...one,
        n: 1,
        components: { ...components, betweenModels: null },
      }, { halfWidth: 0.03 }),
    /Cannot say how many networks an interval takes: 1 of them have no spread/,
  );
});
