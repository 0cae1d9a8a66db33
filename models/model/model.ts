/**
 * Models: definitions that build trainable networks.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { Definition } from "../../engine/define/definition.ts";

/** Variables by name. */
export type Variables = Readonly<Record<string, tf.Variable>>;

/** Settings of a model that a pipeline may change, as JSON. */
export type ModelOptions = Readonly<
  Record<string, number | readonly number[]>
>;

/** What a network is made for. */
export interface NetworkOptions {
  /** Height, width and number of channels of the images. */
  readonly inputShape: readonly [number, number, number];
  /** How many classes there are. */
  readonly classes: number;
  /** Seed of the initial weights. */
  readonly seed: number;
}

/** What a network is made for, and how the model is set. */
export interface CreateOptions extends NetworkOptions {
  /** Settings of the model; its defaults where left out. */
  readonly options?: ModelOptions;
}

/** How images go through a network. */
export interface ForwardOptions {
  readonly training: boolean;
}

/** A network of named variables. It holds memory of the device until it is disposed. */
export interface Network {
  /** What training changes, in a fixed order. */
  readonly parameters: Variables;
  /** Running means and variances of batch normalisation. */
  readonly statistics: Variables;
  /** Names of the parameters that belong to the classes and are not carried over to other tasks. */
  readonly head: readonly string[];
  /**
   * What the head is given, [n, feature], for images [n, height, width,
   * channel] with values 0…1. In training, batch normalisation uses the
   * statistics of the batch and updates the running ones.
   */
  features(x: tf.Tensor4D, options: ForwardOptions): tf.Tensor2D;
  /** The logits [n, classes] of features: the head. */
  logits(features: tf.Tensor2D): tf.Tensor2D;
  /** The logits of the features of `x`. */
  forward(x: tf.Tensor4D, options: ForwardOptions): tf.Tensor2D;
  /** Frees the variables. */
  dispose(): void;
}

/** Parameters and statistics of a network. */
export function everything({ parameters, statistics }: Network): Variables {
  return { ...parameters, ...statistics };
}

/** A kind of network. */
export interface Model extends Definition {
  /** Short name, e.g. "resnet8". */
  readonly name: string;
  /** Name for readers. */
  readonly title: string;
  /** What it is, in a sentence or two for readers. */
  readonly description: string;
  /** The settings that hold where none are given. */
  readonly defaults: ModelOptions;
  /**
   * A new network.
   *
   * @throws {TypeError} if an option is unknown or has a wrong value
   */
  create(options: CreateOptions): Promise<Network>;
}

/**
 * `given` with the defaults filled in.
 *
 * @throws {TypeError} if an option is unknown or is not of the kind of its default
 */
export function modelOptions<T extends ModelOptions>(
  defaults: T,
  given: ModelOptions = {},
): T {
  for (const [name, value] of Object.entries(given)) {
    const fallback = defaults[name];
    if (fallback === undefined) {
      throw new TypeError(
        `Cannot create a network with option "${name}": the options are ${
          Object.keys(defaults).map((name) => `"${name}"`).join(", ")
        }`,
      );
    }
    const values = [value].flat();
    if (
      Array.isArray(value) !== Array.isArray(fallback) ||
      values.length !== [fallback].flat().length ||
      !values.every(Number.isFinite)
    ) {
      throw new TypeError(
        `Cannot create a network with ${name} ${
          JSON.stringify(value)
        }: it must look like ${JSON.stringify(fallback)}`,
      );
    }
  }
  return { ...defaults, ...given };
}

/** What a network is, whatever it is trained on and how, as text: its programs are mostly the same. */
export function architectureOf(
  { model, modelOptions = {} }: {
    readonly model: Model;
    readonly modelOptions?: ModelOptions | undefined;
  },
): string {
  return JSON.stringify([model.name, modelOptions]);
}
