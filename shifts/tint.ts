/**
 * Spurious tint: a colour that goes with the class in the reference
 * distribution and with nothing in the shifted one (arXiv:2403.00194).
 *
 * @module
 */
import type { Images } from "../data/images/images.ts";
import { define } from "../engine/define/definition.ts";
import { stream } from "../engine/define/random.ts";
import { isNumber, isString } from "../engine/define/shape.ts";
import type { Mixture } from "./mixture.ts";
import type { Shift } from "./shift.ts";

/** Red, green and blue, each in [0, 1). */
export type Colour = readonly [number, number, number];

/** How to tint a set of images. */
export interface TintOptions {
  /** Probability that an image gets the colour of its own class; otherwise it gets that of a random class. */
  readonly p: number;
  /** Weight of the colour: 0 leaves an image as it is, 1 leaves only the colour. */
  readonly strength: number;
  /** Seed of the class colours and of the draws. */
  readonly seed: number;
  /** Which subset of the dataset the images are, e.g. "train" or "test": each has draws of its own. */
  readonly subset: string;
}

/** One colour for each of `n` classes, uniform in RGB; the first ones do not depend on `n`. */
export function classColours(n: number, seed: number): readonly Colour[] {
  const random = stream(seed, "tint", "class colours");
  return Array.from(
    { length: n },
    () => [random.uniform(), random.uniform(), random.uniform()] as const,
  );
}

/** bytes[256 · channel + pixel] = the tinted pixel, rounded to 8 bits. */
function lookUp(colour: Colour, strength: number): Uint8Array {
  return Uint8Array.from({ length: 3 * 256 }, (_, i) => {
    const [level, value] = [i % 256, colour[Math.floor(i / 256)] ?? 0];
    return Math.round((1 - strength) * level + strength * value * 255);
  });
}

function checkShare(name: "p" | "strength", value: number): void {
  if (!(value >= 0 && value <= 1)) {
    throw new RangeError(
      `Cannot tint images with ${name} ${value}: it must lie between 0 and 1`,
    );
  }
}

/**
 * The class whose colour each image gets, [n], as {@linkcode tintImages} draws
 * it: its own or a random one, which may be its own too.
 *
 * @throws {RangeError} if `p` is not in [0, 1], or a label is not that of a class
 */
export function tintsOf(
  { labels, classes }: Pick<Images, "labels" | "classes">,
  { p, seed, subset }: Omit<TintOptions, "strength">,
): Int32Array {
  checkShare("p", p);
  const random = stream(seed, "tint", "images", subset);
  return Int32Array.from(labels, (label, i) => {
    const randomClass = random.integer(classes.length);
    const own = random.uniform() < p;
    if (own && !(label < classes.length)) {
      throw new RangeError(
        `Cannot tint image ${i}: its label ${label} is not below the ${classes.length} classes`,
      );
    }
    return own ? label : randomClass;
  });
}

/**
 * Tints images: pixel' = (1 − strength) · pixel + strength · colour, rounded
 * to 8 bits (an error of at most half a level, 0.002 of the range).
 *
 * Each image, by its position in the set, has one random class and one
 * uniform number, drawn from `seed` and `subset` alone and whatever `p` is; it
 * gets its own class's colour where the number is below `p`. So sets made with
 * different `p` differ only in the images whose number lies between the two
 * (a paired design), and a longer set begins with the same draws.
 *
 * @throws {RangeError} if `p` or `strength` is not in [0, 1], or the images do not have three channels
 */
export function tintImages(
  from: Images,
  { strength, ...draw }: TintOptions,
): Images {
  checkShare("strength", strength);
  const [height, width, channels] = from.shape;
  if (channels !== 3) {
    throw new RangeError(
      `Cannot tint images of shape [${from.shape}]: three channels are needed`,
    );
  }
  const tables = classColours(from.classes.length, draw.seed)
    .map((colour) => lookUp(colour, strength));
  const size = height * width * 3;
  const images = new Uint8Array(from.images.length);
  for (const [i, colour] of tintsOf(from, draw).entries()) {
    const table = tables[colour] as Uint8Array;
    for (let k = i * size; k < (i + 1) * size; k += 3) {
      images[k] = table[from.images[k] as number] as number;
      images[k + 1] = table[256 + (from.images[k + 1] as number)] as number;
      images[k + 2] = table[512 + (from.images[k + 2] as number)] as number;
    }
  }
  return { ...from, images };
}

/** The two sets that every probability of the spurious tint is a mixture of, as values of `p`. */
export const tintComponents = { own: 1, random: 0 } as const;

/**
 * The spurious tint as an exact mixture: a share `p` of the reference images
 * has the colour of its own class (p = 1), the rest and all shifted images
 * that of a random class (p = 0). Accuracies of the two sets, weighted so,
 * are those of the distributions without the noise of drawing which image
 * gets which.
 *
 * @throws {RangeError} if `p` is not in [0, 1]
 */
export function tintMixture(
  p: number,
): Mixture<keyof typeof tintComponents> {
  checkShare("p", p);
  return {
    reference: { sets: { own: p, random: 1 - p } },
    shifted: { sets: { own: 0, random: 1 } },
  };
}

/** Spurious tint: reference with some p above 0, shifted with p = 0. */
export const tint: Shift<TintOptions> = define(import.meta.url, "tint", {
  name: "tint",
  title: "Spurious tint",
  support: "in",
  description:
    "Every image is tinted. In the reference distribution the tint is with probability p the colour of the image’s class, otherwise that of a random class; in the shifted distribution it is always that of a random class. In support: every class occurs with every colour in the reference distribution too, as long as p is below 1. As p goes to 1, a class in the colour of another becomes ever rarer there, and at p = 1 it has left the support.",
  options: {
    p: isNumber,
    strength: isNumber,
    seed: isNumber,
    subset: isString,
  },
  apply: tintImages,
});
