import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { TogetherStage } from "../../../engine/define/any_task.ts";
import type { Progress } from "../../../engine/define/task_context.ts";
import type { Device } from "../../../models/device/device.ts";
import type { TrainingRecipe } from "../../../models/training/options.ts";
import { train } from "../../../tasks/training/train.ts";
import { onEachDevice } from "../../models/on_each_device.ts";
import {
  bits,
  memoryPlace,
  tinyTraining,
} from "../../models/training_fixture.ts";
import { inFull } from "../../full.ts";

const { together, run } = train.task;
type Ends = Awaited<ReturnType<NonNullable<typeof together>["run"]>>;

/** Three stages of one shape; what they say goes to `hear`. */
function stagesOn(
  { facts }: Device,
  hear: (progress: Progress, n: number) => void = () => {},
) {
  return [0, 1, 2].map((n) => {
    const { device: _, ...args } = tinyTraining({} as Device, { seed: n });
    const place = memoryPlace();
    const stage: TogetherStage<TrainingRecipe> = {
      args,
      context: {
        signal: new AbortController().signal,
        environment: facts,
        scratch: place,
        progress: (progress) => hear(progress, n),
        fetch: () => assert.fail(),
      },
    };
    return { ...stage, place };
  });
}

function finals(ends: Ends) {
  return ends.map((end) => {
    assert(end.status === "fulfilled", `${Object(end).reason}`);
    const { final, history } = end.value;
    return [bits(final), history];
  });
}

async function alone(device: Device) {
  const results = [];
  for (const { args, context } of stagesOn(device)) {
    const { final, history } = await run(args, context);
    results.push([bits(final), history]);
  }
  return results;
}

Deno.test("train() runs together what differs in seed, images, start and rate alone", () => {
  const recipe = {
    seed: 1,
    images: null,
    batchSize: 8,
    warmup: 1,
    optimizer: { name: "adamw", learningRate: 1, weightDecay: 2 },
  };
  const group = (changes: object) =>
    JSON.stringify(together?.group({ ...recipe, ...changes }));
  const same = group({});
  const optimizer = { ...recipe.optimizer, learningRate: 3 };
  assert.equal(group({ seed: 2, from: null, warmup: 3, optimizer }), same);
  assert.notEqual(group({ batchSize: 4 }), same);
  assert.notEqual(
    group({ optimizer: { ...recipe.optimizer, weightDecay: 3 } }),
    same,
  );
  assert.equal(together?.most({ device: "webgpu" }), 16);
  for (const device of ["webgpu-software", "wasm", "cpu", "none"]) {
    assert.equal(together?.most({ device }), 1);
  }
});

onEachDevice(
  "train() gives stages that run together what each gets alone, and says so to each",
  async (device) => {
    const steps: number[][] = [[], [], []];
    const stages = stagesOn(device, ({ done }, n) => steps[n]?.push(done));
    const ends = await together?.run(stages);
    assert.deepEqual(finals(ends ?? []), await alone(device));
    const every = Array.from({ length: 12 }, (_, i) => i + 1);
    assert.deepEqual(steps, [every, every, every]);
    assert.deepEqual(stages.map(({ place }) => place.saved.length), [3, 3, 3]);
  },
  { devices: inFull("webgpu-software") },
);

onEachDevice(
  "train() goes on with halves when the GPU fails twice at stages that run together",
  async (device) => {
    const expected = await alone(device);
    let faults = 0;
    const said: Progress[] = [];
    const stages = stagesOn(device, (progress, n) => {
      if (n === 0 && progress.unit === "attempt") said.push(progress);
      if (progress.done !== 6 || n !== 0 || faults === 2) return;
      faults++;
      (tf.backend() as unknown as { device: GPUDevice }).device.destroy();
    });
    const ends = await together?.run(stages);
    assert.deepEqual(finals(ends ?? []), expected);
    assert.equal(faults, 2);
    assert.equal(said.length, 1); // in halves, it did not fail
  },
  { devices: inFull("webgpu-software") },
);
