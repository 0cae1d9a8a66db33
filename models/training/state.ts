/**
 * A training: what it is made of, and what it carries from step to step.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs-core";
import { createNetwork } from "../model/create_network.ts";
import { writeWeights } from "../model/device_weights.ts";
import type { ImageFeed } from "../feeds/image_feed.ts";
import { everything, type Network, type Variables } from "../model/model.ts";
import { type MovingAverage, movingAverage } from "./moving_average.ts";
import { openFeed } from "../feeds/device_feed.ts";
import { createOptimizer, type Optimizer } from "./optimizer.ts";
import type { EpochRecord, TrainingRecipe, TrainOptions } from "./options.ts";
import { planTraining, type TrainingPlan } from "./plan.ts";
import type { Weights } from "../model/weights.ts";

/** A training between two steps. It holds memory of the device until it is disposed. */
export interface Training {
  readonly options: TrainOptions;
  readonly plan: TrainingPlan;
  readonly feed: ImageFeed;
  readonly network: Network;
  /** The parameters that the training changes. */
  readonly trained: Variables;
  readonly optimizer: Optimizer;
  /** Left out when nothing is averaged. */
  readonly average?: MovingAverage;
  /** One record a finished epoch. */
  readonly history: EpochRecord[];
  /** Averaged weights of the epochs that are kept, by epoch. */
  readonly epochWeights: Record<string, Weights>;
}

/**
 * A training that has taken no step.
 *
 * @throws {TypeError} if there is nothing to carry over, or it is of another shape
 * @throws {RangeError} if its length cannot be
 */
export async function startTraining(options: TrainOptions): Promise<Training> {
  const { images, optimizer, averageDecay, trainable = "all" } = options;
  const plan = planTraining(images.labels.length, {
    ...options,
    peak: optimizer.learningRate,
  });
  const feed = openFeed(images, options);
  let network: Network;
  try {
    network = await startNetwork(options);
  } catch (error) {
    feed.dispose();
    throw error;
  }
  const trained = trainable === "all" ? network.parameters : headOf(network);
  // What stays as it is would come out of an average with rounding errors.
  const moving = trainable === "all" ? everything(network) : trained;
  return {
    options,
    plan,
    feed,
    network,
    trained,
    optimizer: createOptimizer(optimizer, trained),
    ...(averageDecay === undefined ? {} : {
      average: movingAverage(moving, { limit: averageDecay }),
    }),
    history: [],
    epochWeights: {},
  };
}

function headOf({ parameters, head }: Network): Variables {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => head.includes(name)),
  );
}

/**
 * The network that a training starts with: new, or with what the recipe
 * carries over from the weights of another.
 *
 * @throws {TypeError} if there is nothing to carry over, or it is of another shape
 */
export async function startNetwork(recipe: TrainingRecipe): Promise<Network> {
  const { from, carry } = recipe;
  if (from === undefined && carry !== undefined) {
    throw new TypeError(
      `Cannot carry over "${carry}": there are no weights to start from`,
    );
  }
  const network = await createNetwork(recipe);
  if (from === undefined) return network;
  try {
    if (carry === "all") checkHead(network, { recipe });
    const variables = everything(network);
    writeWeights(variables, {
      weights: from,
      names: Object.keys(variables)
        .filter((name) => carry === "all" || !network.head.includes(name)),
    });
  } catch (cause) {
    network.dispose();
    throw cause;
  }
  return network;
}

/** Heads are for a number of classes: say so, not only which shapes differ. */
function checkHead(
  { parameters, head }: Network,
  { recipe: { from, images } }: { readonly recipe: TrainingRecipe },
): void {
  for (const name of head) {
    const shape = parameters[name]?.shape;
    const given = from?.[name]?.shape;
    if (given !== undefined && String(given) !== String(shape)) {
      throw new TypeError(
        `Cannot carry over the head: "${name}" has shape [${given}] and [${shape}] is needed for ${images.classes.length} classes; carry over the "trunk" alone`,
      );
    }
  }
}

/** The network's variables, with the averages in place of those that have one. */
export function averaged({ network, average }: Training): Variables {
  return { ...everything(network), ...average?.variables };
}

/** All variables that steps change, in a fixed order. */
export function changing(
  { network, optimizer, average }: Training,
): readonly tf.Variable[] {
  return [everything(network), optimizer.state, average?.variables ?? {}]
    .flatMap((variables) => Object.values(variables));
}

/** Frees what the training holds on the device. */
export function disposeTraining(
  { feed, network, optimizer, average }: Training,
): void {
  feed.dispose();
  network.dispose();
  optimizer.dispose();
  average?.dispose();
}
