/**
 * What each claim and figure reads, and what is compared for it, beside the
 * files in tests/golden/wiring/. After a wanted change run the test with
 * `-- --update`, then read what changed beside the sentence that is claimed.
 */
import assert from "node:assert/strict";
import { isRef, targetOf } from "../../engine/define/ref.ts";
import { graphOf } from "../../engine/run/graph.ts";
import { assertGolden } from "../reports/figures/golden_svg.ts";
import { published } from "./published.ts";
import { allBuilt, stagesOf } from "./shared/synthetic/experiments.ts";
import { type Fields, told, wiringOf } from "./wiring.ts";

/** Those that train no networks, whose tests run them and look at the verdicts. */
const WITHOUT_NETWORKS = ["imagenet-published", "cifar-published", "theory"];

for (const { name, build } of published) {
  if (WITHOUT_NETWORKS.includes(name)) continue;
  Deno.test(`${name} decides its claims on what tests/golden/wiring/${name}.txt says`, () => {
    const report = build("smoke");
    assertGolden(wiringOf(report, graphOf(report)), `wiring/${name}.txt`);
  });
}

/** The arguments of the stage that a ref points at. */
function argumentsBelow(ref: unknown): Fields {
  assert.ok(isRef(ref));
  return targetOf(ref).stage.args as Fields;
}

/** Networks and shift of points, in words. */
function placed(points: unknown): readonly string[] {
  const { evaluations, distributions } = argumentsBelow(points);
  return [told(evaluations), told(distributions)];
}

Deno.test("what is judged image by image are the networks and baselines that are measured, under their shift", () => {
  let judgedSides = 0;
  for (const one of allBuilt) {
    const sides = [
      ...stagesOf(one, "measureRobustness").map(({ stage }) => stage.args),
      ...stagesOf(one, "compareGroups").map(({ stage }) => stage.args),
      ...stagesOf(one, "compareShifts").flatMap(({ stage }) => {
        const { first, second } = stage.args as Record<string, Fields>;
        return [first, { line: first?.["line"], ...second }];
      }),
    ] as readonly Fields[];
    for (const { line, judged, ...points } of sides) {
      if (judged === undefined) continue;
      const { baselines, distributions, networks: only, ...both } =
        judged as Fields;
      const { points: through } = argumentsBelow(line);
      const shift = told(distributions);
      assert.deepEqual([told(baselines), shift], placed(through));
      const networks = only === undefined ? both : { points: only };
      for (const [side, evaluations] of Object.entries(networks)) {
        assert.deepEqual([told(evaluations), shift], placed(points[side]));
        judgedSides++;
      }
    }
  }
  assert.ok(judgedSides > 1000);
});
