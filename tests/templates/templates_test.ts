/** The templates where they lie; what is made of them is tried in tests/cli/commands/new_test.ts. */
import assert from "node:assert/strict";
import "../../templates/shift_test.ts";
import { graphOf } from "../../engine/run/graph.ts";
import { isRef, mapLeaves } from "../../engine/define/ref.ts";
import type { Claim } from "../../reports/value/claim.ts";
import { examplePipeline } from "../../templates/pipeline.ts";
import { allBuilt } from "../pipelines/shared/synthetic/experiments.ts";
import { clashAmong } from "../pipelines/shared/synthetic/stage_clash.ts";

Deno.test("examplePipeline makes added claims alone, which answer no half of the question", () => {
  const { claims } = mapLeaves(
    examplePipeline.build("smoke"),
    (leaf) => isRef(leaf) ? 0 : leaf,
  ) as { readonly claims: readonly Claim[] };
  assert.deepEqual(
    claims.map(({ whose, answers, paper }) => ({ whose, answers, paper })),
    claims.map(() => ({
      whose: "added",
      answers: undefined,
      paper: "not in the paper",
    })),
  );
  assert.equal(claims.length, 2);
});

Deno.test("examplePipeline tells what its shift is once, below the picture", () => {
  const { pictures: [picture], shifts: [shift] } = examplePipeline
    .build("smoke") as unknown as Record<"pictures" | "shifts", [
      { readonly caption: string; readonly description: string },
    ]>;
  assert.ok(shift.description.length > 0);
  assert.ok(!picture.caption.includes(shift.description), picture.caption);
});

Deno.test("examplePipeline has no stage of the name of another", () => {
  for (const profile of ["smoke", "default", "full"] as const) {
    const graph = graphOf(examplePipeline.build(profile));
    const one = { name: "example", profile, graph };
    assert.equal(clashAmong([...allBuilt, one]), undefined);
  }
});
