import { createHash } from "node:crypto";
import type { TrainOptions } from "./training_options.ts";
import { weights } from "./weights.ts";

/**
 * A digest of all that the result of a training depends on but the code: a
 * checkpoint may only be resumed by a training of the same identity.
 */
export function trainingIdentity(options: TrainOptions): string {
  const { model, modelOptions, images, augmentation, from, device } = options;
  const { optimizer, epochs, steps, batchSize, warmup, seed } = options;
  const { labelSmoothing, clipNorm, averageDecay, keepEpochs } = options;
  const { carry, trainable } = options;
  const recipe = {
    model: model.name,
    modelOptions,
    augmentation: augmentation.name,
    optimizer,
    length: { epochs, steps, batchSize, warmup },
    loss: { labelSmoothing, clipNorm },
    average: { averageDecay, keepEpochs },
    tuning: { carry, trainable },
    seed,
    device: Object.entries(device.facts).sort(([a], [b]) => a < b ? -1 : 1),
    shape: images.shape,
    classes: images.classes,
  };
  const hash = createHash("sha256")
    .update(JSON.stringify(recipe))
    .update(images.images)
    .update(images.labels);
  if (from !== undefined) hash.update(weights.encode(from));
  return hash.digest("hex");
}
