import assert from "node:assert/strict";
import type { Weights } from "../../../models/model/weights.ts";
import { weights } from "../../../models/model/weights.ts";
import { resnet8 } from "../../../models/resnet8.ts";
import type { TrainingRecipe } from "../../../models/training/options.ts";
import { loadWeights } from "../../../tasks/training/load_weights.ts";
import { train } from "../../../tasks/training/train.ts";
import { bits, tinyTraining } from "../../models/training_fixture.ts";
import type { Device } from "../../../models/device/device.ts";
import { runTask } from "../run_task.ts";

const widths = [4, 8, 8];
const source = { url: "file:///a", sha256: "0".repeat(64), title: "w/a" };

/** What the stage makes of a file. */
function load(file: Uint8Array): Promise<Weights> {
  return runTask(loadWeights, { source, widths }, {
    fetch: (wanted) => {
      assert.equal(wanted, source);
      return Promise.resolve(file);
    },
  });
}

/** Two steps of our network, on images of three classes or of those that are named. */
async function trained(changes: Partial<TrainingRecipe>): Promise<Weights> {
  const { device: _, keepEpochs: __, ...recipe } = tinyTraining({} as Device, {
    model: resnet8,
    modelOptions: { widths },
    steps: 2,
    ...changes,
  });
  const { final } = await runTask(train, recipe);
  return final;
}

Deno.test("loadWeights() of what we have trained begins a training that ends in the same bytes", async () => {
  const { images } = tinyTraining({} as Device);
  const ours = await trained({
    images: { ...images, classes: ["a", "b", "c", "d", "e"] },
    seed: 5,
  });
  const loaded = await load(weights.encode(ours));
  const { "head.kernel": kernel, "head.bias": bias, ...trunk } = ours;
  assert.deepEqual([kernel?.shape, bias?.shape], [[8, 5], [5]]);
  assert.deepEqual(bits(loaded), bits(trunk));
  const expected = bits(await trained({ from: ours }));
  assert.deepEqual(bits(await trained({ from: loaded })), expected);
  // Which means something only if they matter.
  assert.notDeepEqual(bits(await trained({})), expected);
});

Deno.test("loadWeights() says what a file lacks", async () => {
  const kernel = { shape: [4, 3, 3, 3], data: new Float32Array(108) };
  await assert.rejects(load(weights.encode({ "stem.kernel": kernel })), {
    message:
      "Cannot use weights w/a: it lacks stem.bias, block1.convolution1.kernel, block1.norm1.scale, block1.norm1.offset, block1.norm1.mean, block1.norm1.variance, block1.convolution2.kernel, block1.norm2.scale and 23 more; stem.kernel is [4, 3, 3, 3], not [3, 3, 3, 4] (kernels are [height, width, in, out]); docs/guide/ask.md has the names and shapes",
  });
});
