/**
 * What a training leaves behind: after each epoch, and at its end.
 *
 * @module
 */
import { readWeights } from "./device_weights.ts";
import type { Variables } from "./model.ts";
import type { Trained, TrainOptions } from "./training_options.ts";
import {
  averaged,
  everything,
  saveTraining,
  type TrainingState,
} from "./training_state.ts";
import type { Weights } from "./weights.ts";

/**
 * Keeps the averaged weights of the epoch that was just finished, if they were
 * asked for, and saves a checkpoint if it is time.
 *
 * @throws {Error} if weights that are kept are not finite
 */
export async function keepEpoch(
  state: TrainingState,
  { keepEpochs = [], checkpoint, checkpointEvery = 1, device, identity }:
    & TrainOptions
    & { readonly identity: string },
): Promise<void> {
  const epoch = state.history.length;
  if (keepEpochs.includes(epoch)) {
    state.kept[epoch] = await readFinite(averaged(state), { epoch });
  }
  if (checkpoint !== undefined && epoch % checkpointEvery === 0) {
    const saved = await saveTraining(state, { identity });
    device.tick();
    await checkpoint.save(saved);
  }
}

/**
 * The result of a training that is finished.
 *
 * @throws {Error} if the weights are not finite
 */
export async function trainedOf(state: TrainingState): Promise<Trained> {
  const at = { epoch: state.history.length };
  return {
    final: await readFinite(everything(state.network), at),
    average: await readFinite(averaged(state), at),
    epochs: state.kept,
    history: state.history,
  };
}

async function readFinite(
  variables: Variables,
  { epoch }: { readonly epoch: number },
): Promise<Weights> {
  const weights = await readWeights(variables);
  for (const [name, { data }] of Object.entries(weights)) {
    if (!data.every(Number.isFinite)) {
      throw new Error(
        `Cannot keep the weights of epoch ${epoch}: "${name}" has values that are not finite`,
      );
    }
  }
  return weights;
}
