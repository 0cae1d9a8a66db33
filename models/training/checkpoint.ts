/**
 * Checkpoints: a training that was stopped goes on from its last one, to the
 * same bytes.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { safetensors } from "../../engine/define/safetensors.ts";
import { readWeights, writeWeights } from "../model/device_weights.ts";
import { everything, type Variables } from "../model/model.ts";
import type { TrainOptions } from "./options.ts";
import type { Training } from "./state.ts";
import {
  joinGroups,
  splitGroups,
  type Weights,
  weights as weightsCodec,
} from "../model/weights.ts";

/**
 * Sets a training that was just started to its checkpoint, if there is one.
 * What comes back is to be called after each epoch: it saves the next
 * checkpoint when it is time.
 *
 * @throws {TypeError} if the checkpoint is not of this training
 */
export async function resumeTraining(
  training: Training,
): Promise<() => Promise<void>> {
  const { checkpoint, checkpointEvery = 1, device } = training.options;
  if (checkpoint === undefined) return () => Promise.resolve();
  const identity = identityOf(training.options);
  const bytes = await checkpoint.load();
  if (bytes !== undefined) restore(training, { bytes, identity });
  return async () => {
    if (training.history.length % checkpointEvery !== 0) return;
    const saved = await encode(training, { identity });
    device.tick();
    await checkpoint.save(saved);
  };
}

/**
 * A digest of all that the result of a training depends on but the code: a
 * checkpoint may only be resumed by a training of the same identity.
 */
function identityOf(options: TrainOptions): string {
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
  if (from !== undefined) hash.update(weightsCodec.encode(from));
  return hash.digest("hex");
}

const KEPT = "epoch ";

/** What steps change, by the groups of a checkpoint. */
function groupsOf(
  { network, optimizer, average }: Training,
): Readonly<Record<string, Variables>> {
  return {
    network: everything(network),
    optimizer: optimizer.state,
    ...(average === undefined ? {} : { average: average.variables }),
  };
}

/** The whole training as a safetensors file. */
async function encode(
  training: Training,
  { identity }: { readonly identity: string },
): Promise<Uint8Array> {
  // At once: a GPU idles in every wait for one of them.
  const groups: Record<string, Weights> = Object.fromEntries(
    await Promise.all(
      Object.entries(groupsOf(training)).map(async ([group, variables]) =>
        [group, await readWeights(variables)] as const
      ),
    ),
  );
  for (const [epoch, weights] of Object.entries(training.epochWeights)) {
    groups[`${KEPT}${epoch}`] = weights;
  }
  return safetensors.encode({
    arrays: joinGroups(groups),
    metadata: { identity, history: JSON.stringify(training.history) },
  });
}

function restore(
  training: Training,
  { bytes, identity }: {
    readonly bytes: Uint8Array;
    readonly identity: string;
  },
): void {
  const { arrays, metadata } = safetensors.decode(bytes);
  if (metadata["identity"] !== identity) {
    throw new TypeError(
      "Cannot resume the training: its checkpoint was made with other options, images, code or device; delete it to start anew",
    );
  }
  const groups = splitGroups(arrays as Weights);
  for (const [group, variables] of Object.entries(groupsOf(training))) {
    writeWeights(variables, { weights: groups[group] ?? {} });
  }
  for (const [name, weights] of Object.entries(groups)) {
    if (name.startsWith(KEPT)) {
      training.epochWeights[name.slice(KEPT.length)] = weights;
    }
  }
  for (const epoch of JSON.parse(metadata["history"] ?? "[]")) {
    training.history.push(epoch);
  }
}
