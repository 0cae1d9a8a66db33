import assert from "node:assert/strict";
import { graphOf } from "../../../engine/run/graph.ts";
import { PROFILES } from "../../../engine/define/pipeline.ts";
import { naturalShifts } from "../../../pipelines/natural_shifts/natural_shifts.ts";
import { unseenTintPipeline } from "../../../pipelines/unseen_tint.ts";

for (const profile of PROFILES) {
  Deno.test(`naturalShifts builds a graph at ${profile}, no two stages of one name`, () => {
    const { nodes } = graphOf(naturalShifts.build(profile));
    const names = nodes.map(({ stage }) => stage.name);
    assert.equal(new Set(names).size, names.length);
  });
}

for (const profile of ["smoke", "default"] as const) {
  Deno.test(`naturalShifts trains nothing that other experiments do not, at ${profile}`, () => {
    const trained = (pipeline: typeof naturalShifts) =>
      graphOf(pipeline.build(profile)).nodes
        .filter(({ stage }) => stage.task.name === "train")
        .map(({ stage }) => `${stage.name} ${JSON.stringify(stage.args)}`);
    const others = new Set(trained(unseenTintPipeline));
    const own = trained(naturalShifts);
    assert.ok(own.length > 2);
    assert.deepEqual(own.filter((stage) => !others.has(stage)), []);
  });
}

Deno.test("naturalShifts masks deer on both sides of sketches and nowhere else", () => {
  const { nodes } = graphOf(naturalShifts.build("default"));
  const among = (set: string) =>
    nodes.filter(({ stage }) => stage.name.startsWith(`evaluateAmong/${set}-`))
      .map(({ stage }) => (stage.args as { among: string[] }).among);
  const sketches = among("sketches");
  assert.ok(sketches.length > 2);
  for (const classes of sketches) {
    assert.equal(classes.length, 9);
    assert.ok(!classes.includes("deer"));
  }
  for (const classes of [...among("colour"), ...among("monochrome")]) {
    assert.equal(classes.length, 10);
  }
});

Deno.test("naturalShifts pre-trains at full alone, on sketches of other things", () => {
  const pretrains = (profile: typeof PROFILES[number]) =>
    graphOf(naturalShifts.build(profile)).nodes
      .some(({ stage }) => stage.task.name === "loadDrawings");
  assert.deepEqual(PROFILES.map(pretrains), [false, false, true]);
});
