import assert from "node:assert/strict";
import { graphOf } from "../../../engine/run/graph.ts";
import { naturalShifts } from "../../../pipelines/natural_shifts/natural_shifts.ts";
import { unseenTintPipeline } from "../../../pipelines/unseen_tint.ts";

for (const profile of naturalShifts.profiles) {
  Deno.test(`naturalShifts builds a graph at ${profile}, no two stages of one name`, () => {
    const { nodes } = graphOf(naturalShifts.build(profile));
    const names = nodes.map(({ stage }) => stage.name);
    assert.equal(new Set(names).size, names.length);
  });
}

Deno.test("naturalShifts trains nothing at smoke that other experiments do not", () => {
  const trained = (pipeline: typeof naturalShifts) =>
    graphOf(pipeline.build("smoke")).nodes
      .filter(({ stage }) => stage.task.name === "train")
      .map(({ stage }) => `${stage.name} ${JSON.stringify(stage.args)}`);
  const others = new Set(trained(unseenTintPipeline));
  const own = trained(naturalShifts);
  assert.ok(own.length > 2);
  assert.deepEqual(own.filter((stage) => !others.has(stage)), []);
});

Deno.test("naturalShifts masks deer on both sides of sketches and nowhere else", () => {
  const { nodes } = graphOf(naturalShifts.build("gpu"));
  const among = (set: string) =>
    nodes.filter(({ stage }) => stage.name.startsWith(`evaluate/${set}-`))
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

Deno.test("naturalShifts pre-trains on sketches of other things where there is a GPU", () => {
  const pretraining = naturalShifts.profiles.filter((profile) =>
    graphOf(naturalShifts.build(profile)).nodes
      .some(({ stage }) => stage.task.name === "loadDrawings")
  );
  assert.deepEqual(pretraining, ["gpu"]);
});
