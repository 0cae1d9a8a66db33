/** A process of its own that trains a network in a worker, and says how far it is. */
import { definePipeline } from "../../engine/define/pipeline.ts";
import { openPipeline } from "../../engine/run/project.ts";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { environmentOf } from "../../models/device/environment.ts";
import { mlp } from "../../models/mlp.ts";
import { train } from "../../tasks/training/train.ts";
import { makeImages } from "./made_images.ts";

const [root = "", store = ""] = Deno.args;

const pipeline = definePipeline<unknown, unknown>({
  module: import.meta.url,
  name: "killed-training",
  title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build() {
    const images = makeImages({ n: 400, size: 16 });
    const { final, epochs, history } = train({
      images,
      model: mlp,
      augmentation: cropAndMirror,
      optimizer: {
        name: "adamw",
        learningRate: 0.001,
        weightDecay: 0.01,
      },
      epochs: 8,
      batchSize: 20,
      warmup: 0.5,
      seed: 3,
      averageDecay: 0.9,
      keepEpochs: [2, 8],
    });
    return { final, epochs, history };
  },
});

const { environment } = await environmentOf("wasm");
const open = await openPipeline(pipeline, {
  profile: "smoke",
  project: { root, store, environments: [environment] },
});
const { result } = await open.reproduce({
  force: new Set(),
  jobs: 1,
  signal: new AbortController().signal,
  emit(event) {
    if (event.kind !== "stage-progress" || event.stage !== "train") return;
    // deno-lint-ignore no-console -- this is a program
    console.log(`epoch ${event.progress.epoch}`);
  },
  ifLocked: "refuse",
  clock: Date.now,
});
// deno-lint-ignore no-console -- this is a program
console.log(JSON.stringify(result.records.get("train")?.outputs));
for (const failure of result.failures) throw failure;
