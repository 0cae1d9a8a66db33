import assert from "node:assert/strict";
import { graphOf } from "../../engine/run/graph.ts";
import { ownShift } from "../../pipelines/own_shift.ts";

for (const profile of ownShift.profiles) {
  Deno.test(`ownShift trains on the packed images all but what is pre-trained, at ${profile}`, () => {
    const { nodes } = graphOf(ownShift.build(profile));
    const trained = nodes.filter(({ stage }) => stage.task.name === "train");
    const elsewhere = trained.filter(({ stage }) =>
      !stage.name.startsWith("train/own-")
    );
    assert.deepEqual(
      elsewhere.map(({ stage }) => stage.name.replace(/\d+$/, "SEED")),
      ["train/pretrain-photo-SEED"],
    );
    const baselines = trained.filter(({ stage }) =>
      stage.name.includes("own-scratch")
    );
    assert.ok(baselines.length >= (profile === "smoke" ? 3 : 10));
  });
}
