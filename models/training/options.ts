/**
 * What a training is made of, how it reports, and what comes out.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";
import type { Augmentation } from "../augmentations/augmentation.ts";
import type { Device } from "../device/device.ts";
import type { Model, ModelOptions } from "../model/model.ts";
import type { OptimizerSettings } from "./optimizer.ts";
import type { Weights } from "../model/weights.ts";

/** What makes a training; the result depends on these and on the device alone. */
export interface TrainingRecipe {
  readonly model: Model;
  /** Settings of the model; its defaults where left out. */
  readonly modelOptions?: ModelOptions;
  readonly images: Images;
  readonly augmentation: Augmentation;
  readonly optimizer: OptimizerSettings;
  /** Length of the training; either this or `steps`. */
  readonly epochs?: number;
  readonly steps?: number;
  readonly batchSize: number;
  /** Length of the linear rise of the learning rate in epochs; need not be whole, and half of the training at most. */
  readonly warmup: number;
  /** Share of the target that is spread over all classes; 0 where left out. */
  readonly labelSmoothing?: number;
  /** Largest global norm of the gradients; no limit where left out. */
  readonly clipNorm?: number;
  /** Seed of initial weights, order and augmentation. */
  readonly seed: number;
  /** Limit of the decay of the moving average; nothing is averaged where left out. */
  readonly averageDecay?: number;
  /** Epochs (from 1) whose averaged weights are kept. */
  readonly keepEpochs?: readonly number[];
  /** Weights of a pre-trained network to start from. */
  readonly from?: Weights;
  /** What is taken from `from`: all but the head ("trunk"), or the head too; "trunk" where left out. */
  readonly carry?: "trunk" | "all";
  /**
   * What is trained; "all" where left out. With "head" the rest stays as it
   * is, and batch normalisation uses its running statistics: a linear probe.
   */
  readonly trainable?: "all" | "head";
}

/** Where a training stands. */
export interface TrainingProgress {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done, of all epochs. */
  readonly step: number;
  readonly steps: number;
  /** Mean loss since the last report. */
  readonly loss: number;
}

/** A place for the checkpoint of one training. */
export interface CheckpointPlace {
  load(): Promise<Uint8Array | undefined>;
  /** Replaces the last one; must be atomic, since the process may be killed at any moment. */
  save(bytes: Uint8Array): Promise<void>;
}

/** A recipe, and how to carry it out; the latter does not change the result. */
export interface TrainOptions extends TrainingRecipe {
  readonly device: Device;
  readonly checkpoint?: CheckpointPlace;
  /** Epochs between two checkpoints; 1 where left out. */
  readonly checkpointEvery?: number;
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Stops the training between two steps. */
  readonly signal?: AbortSignal;
}

/** What is said about a finished epoch. */
export interface EpochRecord {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  /** Mean training loss over the batches of the epoch. */
  readonly loss: number;
  /** Learning rate of its last step. */
  readonly learningRate: number;
}

/** The result of a training. */
export interface Trained {
  /** Weights after the last step. */
  readonly final: Weights;
  /** Their moving average; the same as `final` when nothing is averaged. */
  readonly average: Weights;
  /** Averaged weights after each epoch of `keepEpochs`, by epoch. */
  readonly epochs: Readonly<Record<string, Weights>>;
  readonly history: readonly EpochRecord[];
}
