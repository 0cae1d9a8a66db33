import { ok } from "node:assert/strict";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { stream } from "../../../engine/define/random.ts";
import { draw } from "./draw.ts";
import { dropOf, truthsOf, withModel } from "./truths.ts";
import type { World } from "./worlds.ts";

const CLASSES = 10;

/** Examples of ten classes, each with a feature that tells it from the others, as clearly as it is strong. */
function poolOf(
  purpose: string,
  { n, strength }: { readonly n: number; readonly strength: number },
): AskedSet {
  const random = stream(1, "pool", purpose);
  const labels = Int32Array.from({ length: n }, () => random.integer(CLASSES));
  return {
    n,
    features: {
      given: {
        values: Float32Array.from(
          { length: n * CLASSES },
          (_, at) =>
            random.normal() +
            (at % CLASSES === labels[Math.floor(at / CLASSES)] ? strength : 0),
        ),
        dimension: CLASSES,
      },
    },
    properties: {},
    labels,
    classes: Array.from({ length: CLASSES }, (_, c) => `class ${c}`),
    groups: null,
    names: null,
    right: {},
  };
}

Deno.test("dropOf() gives an interval about what truthsOf() counts over whole pools", () => {
  const world: World = {
    name: "fainter",
    truth: "extrapolation",
    pools: "photo",
    reference: "plain",
    shifted: { fainter: 1 },
  };
  const pools = withModel({
    reference: poolOf("reference", { n: 2000, strength: 4 }),
    fainter: poolOf("fainter", { n: 2000, strength: 2 }),
  });
  const truth = truthsOf(world, { pools, seed: 1 })?.drop ?? NaN;
  ok(truth > 0.2, `${truth}`);
  const { low, high } = dropOf(draw(world, { pools, n: 400, seed: 1 }), {
    seed: 1,
    resamples: 200,
  }) ?? { low: NaN, high: NaN };
  ok(low <= truth && truth <= high && low > 0, `${low} to ${high}: ${truth}`);
});
