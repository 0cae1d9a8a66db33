/**
 * What a training carries from epoch to epoch, on the device and off it; it
 * can be saved and restored exactly.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { safetensors } from "../engine/safetensors.ts";
import { readWeights, writeWeights } from "./device_weights.ts";
import type { Network, Variables } from "./model.ts";
import { type MovingAverage, movingAverage } from "./moving_average.ts";
import {
  createOptimizer,
  type Optimizer,
  type OptimizerSettings,
} from "./optimizer.ts";
import { joinGroups, splitGroups, type Weights } from "./weights.ts";

/** What is said about a finished epoch. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Mean training loss over the batches of the epoch. */
  readonly loss: number;
  /** Learning rate of its last step. */
  readonly learningRate: number;
}

/** A training between two epochs. */
export interface TrainingState {
  readonly network: Network;
  /** The parameters that the training changes. */
  readonly trained: Variables;
  readonly optimizer: Optimizer;
  /** Left out when nothing is averaged. */
  readonly average?: MovingAverage;
  /** One record a finished epoch. */
  readonly history: EpochRecord[];
  /** Averaged weights of the epochs that are kept, by epoch. */
  readonly kept: Record<string, Weights>;
}

/** The state of a training that has not begun. */
export function startTraining(
  network: Network,
  { optimizer, averageDecay, trainable = "all" }: {
    readonly optimizer: OptimizerSettings;
    readonly averageDecay?: number | undefined;
    readonly trainable?: "all" | "head";
  },
): TrainingState {
  const trained = trainable === "all" ? network.parameters : headOf(network);
  // What stays as it is would come out of an average with rounding errors.
  const changing = trainable === "all" ? everything(network) : trained;
  return {
    network,
    trained,
    optimizer: createOptimizer(optimizer, trained),
    ...(averageDecay === undefined ? {} : {
      average: movingAverage(changing, { limit: averageDecay }),
    }),
    history: [],
    kept: {},
  };
}

function headOf({ parameters, head }: Network): Variables {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => head.includes(name)),
  );
}

/** Parameters and statistics of a network. */
export function everything(network: Network): Variables {
  return { ...network.parameters, ...network.statistics };
}

/** The network's variables, with the averages in place of those that have one. */
export function averaged({ network, average }: TrainingState): Variables {
  return { ...everything(network), ...average?.variables };
}

/** All variables that steps change, in a fixed order. */
export function changing(
  { network, optimizer, average }: TrainingState,
): readonly tf.Variable[] {
  return [everything(network), optimizer.state, average?.variables ?? {}]
    .flatMap((variables) => Object.values(variables));
}

/** Frees what the training holds on the device. */
export function disposeTraining(
  { network, optimizer, average }: TrainingState,
): void {
  network.dispose();
  optimizer.dispose();
  average?.dispose();
}

/** The whole state as a safetensors file. `identity` says which training it belongs to. */
export async function saveTraining(
  state: TrainingState,
  { identity }: { readonly identity: string },
): Promise<Uint8Array> {
  const groups: Record<string, Weights> = {
    network: await readWeights(everything(state.network)),
    optimizer: await readWeights(state.optimizer.state),
  };
  if (state.average !== undefined) {
    groups["average"] = await readWeights(state.average.variables);
  }
  for (const [epoch, weights] of Object.entries(state.kept)) {
    groups[`${KEPT}${epoch}`] = weights;
  }
  return safetensors.encode({
    arrays: joinGroups(groups),
    metadata: { identity, history: JSON.stringify(state.history) },
  });
}

const KEPT = "epoch ";

/**
 * Sets `state`, newly started, to what was saved.
 *
 * @throws {TypeError} if the bytes are not those of this training
 */
export function restoreTraining(
  state: TrainingState,
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
  writeWeights(everything(state.network), {
    weights: groups["network"] ?? {},
  });
  writeWeights(state.optimizer.state, { weights: groups["optimizer"] ?? {} });
  if (state.average !== undefined) {
    writeWeights(state.average.variables, {
      weights: groups["average"] ?? {},
    });
  }
  for (const [name, weights] of Object.entries(groups)) {
    if (name.startsWith(KEPT)) state.kept[name.slice(KEPT.length)] = weights;
  }
  state.history.push(...JSON.parse(metadata["history"] ?? "[]"));
}
