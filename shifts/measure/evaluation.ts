/**
 * Evaluations: which images the networks of one run get right, on some sets of
 * images, and how many of each class. Networks are evaluated once; every
 * distribution that is made of the same images is a weighting of the counts.
 *
 * @module
 */
import { z } from "zod";
import type { Labels } from "../../data/images/images.ts";
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import {
  type NamedArray,
  safetensors,
} from "../../engine/define/safetensors.ts";

/** Right predictions on one set of images. */
export interface Counts {
  /** Right predictions, by class of the image. */
  readonly correct: readonly number[];
  /** Images, by class. */
  readonly total: readonly number[];
}

/** One network on one set of images. */
export interface JudgedSet extends Counts {
  /** 1 where it is right, 0 where it is wrong: [n]. */
  readonly right: Uint8Array;
}

/** One network of a run on each set of images. */
export interface EvaluatedNetwork {
  /** The epoch of a checkpoint; left out for the finished network. */
  readonly epoch?: number | undefined;
  /** By name of the set. */
  readonly sets: Readonly<Record<string, JudgedSet>>;
}

/** The networks of one run on some sets of images. */
export interface Evaluation {
  /** Name of the run, e.g. `scratch, seed 101`. */
  readonly name: string;
  /** Seed of the run. */
  readonly seed: number;
  /** Class names, in the order of the counts. */
  readonly classes: readonly string[];
  /** Class of each image, by name of the set: [n]. */
  readonly labels: Readonly<Record<string, Labels>>;
  /** Checkpoints by epoch, then the finished network. */
  readonly networks: readonly EvaluatedNetwork[];
}

/**
 * A network on a set of images, with its counts.
 *
 * @param right 1 where it is right, 0 where it is wrong: [n]
 */
export function judgedSet(
  right: Uint8Array,
  { labels, classes }: {
    /** Class of each image: [n]. */
    readonly labels: Labels;
    /** Number of classes. */
    readonly classes: number;
  },
): JudgedSet {
  const correct = new Array<number>(classes).fill(0);
  const total = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    correct[label] = (correct[label] as number) + (right[i] as number);
    total[label] = (total[label] as number) + 1;
  }
  return { correct, total, right };
}

/** Name of the set of an evaluation on shifted examples alone. */
const SHIFTED = "shifted";

/**
 * Which shifted examples a network gets right, of an evaluation on these alone.
 *
 * @throws {RangeError} if it was evaluated on something else
 */
export function rightOnShifted({ sets }: EvaluatedNetwork): Uint8Array {
  const shifted = sets[SHIFTED];
  if (shifted === undefined) {
    throw new RangeError(
      `Cannot tell which shifted examples a network gets right: it was evaluated on ${
        Object.keys(sets).join(", ")
      }`,
    );
  }
  return shifted.right;
}

const headSchema = z.strictObject({
  name: z.string().min(1),
  seed: z.int(),
  classes: z.array(z.string()),
  epochs: z.array(z.int().nonnegative().nullable()),
});

/**
 * Codec of evaluations: a safetensors file with two arrays of each set,
 * `labels/SET` [image], and `right/SET` [network, image] of 0 and 1.
 */
export const evaluations: Codec<Evaluation> = define(
  import.meta.url,
  "evaluations",
  {
    name: "evaluation",

    encode({ name, seed, classes, labels, networks }) {
      const arrays: Record<string, NamedArray> = {};
      for (const [set, ofImages] of Object.entries(labels)) {
        const n = ofImages.length;
        const right = new Uint8Array(networks.length * n);
        for (const [k, { sets }] of networks.entries()) {
          const judged = sets[set]?.right ?? new Uint8Array();
          if (judged.length !== n) {
            throw new TypeError(
              `Cannot encode the evaluation of "${name}": a network was judged on ${judged.length} of ${n} images of set "${set}"`,
            );
          }
          right.set(judged, k * n);
        }
        arrays[`labels/${set}`] = { shape: [n], data: ofImages };
        arrays[`right/${set}`] = { shape: [networks.length, n], data: right };
      }
      const epochs = networks.map(({ epoch }) => epoch ?? null);
      return safetensors.encode({
        arrays,
        metadata: { run: JSON.stringify({ name, seed, classes, epochs }) },
      });
    },

    decode(bytes) {
      const { arrays, metadata } = safetensors.decode(bytes);
      const { epochs, ...head } = headSchema.parse(
        JSON.parse(metadata["run"] ?? "null"),
      );
      const labels: Record<string, Labels> = {};
      const networks = epochs.map((epoch) => ({
        ...(epoch === null ? {} : { epoch }),
        sets: {} as Record<string, JudgedSet>,
      }));
      for (const [name, { data: ofImages }] of Object.entries(arrays)) {
        if (!name.startsWith("labels/")) continue;
        const set = name.slice("labels/".length);
        const right = arrays[`right/${set}`]?.data;
        const n = ofImages.length;
        if (
          !(ofImages instanceof Uint8Array || ofImages instanceof Int32Array) ||
          !(right instanceof Uint8Array) || right.length !== epochs.length * n
        ) {
          throw new TypeError(
            `Cannot decode an evaluation: set "${set}" needs whole numbers as labels, and an array "right/${set}" [network, image] of 8 bits`,
          );
        }
        labels[set] = ofImages;
        for (const [k, network] of networks.entries()) {
          network.sets[set] = judgedSet(right.subarray(k * n, (k + 1) * n), {
            labels: ofImages,
            classes: head.classes.length,
          });
        }
      }
      return { ...head, labels, networks };
    },
  },
);
