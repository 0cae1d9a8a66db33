import assert from "node:assert/strict";
import { workOf } from "../../../cli/display/pace.ts";
import { refTo, type Stage } from "../../../engine/define/ref.ts";
import { graphOf } from "../../../engine/run/graph.ts";
import { resnet8 } from "../../../models/resnet8.ts";
import { pipelines } from "../../../pipelines/registry.ts";

function stage(task: string, args: unknown): Stage {
  return { name: task, task: { name: task } as Stage["task"], args };
}

const subsets = stage("loadSubsets", { sizes: { reference: 500, test: 100 } });
const shifted = stage("applyShift", { images: refTo(subsets, "reference") });
const more = stage("extend", { pool: refTo(subsets, "test"), n: 550 });

Deno.test("workOf() counts the image-steps of a training, however long it is and wherever its images are from", () => {
  const steps = (args: object) => workOf(stage("train", args)).imageSteps;
  const [batchSize, epochs] = [32, 3];
  const images = refTo(shifted, "value");
  assert.equal(steps({ images, batchSize, epochs }), 1500);
  assert.equal(
    steps({ images: refTo(more, "value"), batchSize, epochs }),
    1650,
  );
  assert.equal(steps({ images, batchSize, steps: 10 }), 320);
  const unknown = refTo(stage("own", {}), "images");
  assert.equal(steps({ images: unknown, batchSize, epochs }), NaN);
  assert.equal(steps({ images: unknown, batchSize, steps: 10 }), 320);
});

Deno.test("workOf() tells trainings by their model, and other stages by their task", () => {
  const { alike, task } = workOf(stage("train", { model: resnet8 }));
  assert.deepEqual([alike, task], ["train resnet8", "train"]);
  assert.deepEqual(workOf(subsets), {
    alike: "loadSubsets",
    task: "loadSubsets",
    imageSteps: undefined,
  });
});

Deno.test("workOf() knows the image-steps of every training of the pipelines", () => {
  const unknown: string[] = [];
  let trainings = 0;
  for (const pipeline of pipelines) {
    for (const profile of pipeline.profiles) {
      if (profile === "full" || profile === "gpu") continue;
      for (const { stage } of graphOf(pipeline.build(profile)).nodes) {
        if (stage.task.name !== "train") continue;
        trainings++;
        const { imageSteps = NaN } = workOf(stage);
        if (!(imageSteps > 0)) unknown.push(`${stage.name} at ${profile}`);
      }
    }
  }
  assert.ok(trainings > 100, `${trainings}`);
  assert.deepEqual(unknown, []);
});
