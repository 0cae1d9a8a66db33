/**
 * Which images of a set are packed, where it has more than may be.
 *
 * @module
 */
import { type Stream, stream } from "../../../engine/define/random.ts";
import { LEAST, leastOf } from "./align_classes.ts";
import type { ListedImage } from "./listing.ts";

/** The seed of all draws: the same images are drawn each time. */
const SEED = 0;

/** How to draw. */
export interface DrawImagesOptions {
  /** The most images. */
  readonly most: number;
  /** Name of the set, which has a draw of its own. */
  readonly name: string;
}

/**
 * Positions of the images that are packed, in ascending order: all, or so many
 * of them at random, in whole groups where there are some, or else with enough
 * of each class.
 */
export function drawImages(
  images: readonly ListedImage[],
  { most, name }: DrawImagesOptions,
): readonly number[] {
  if (images.length <= most) return images.map((_, i) => i);
  const random = stream(SEED, "asked", name);
  const taken = images.some(({ group }) => group !== null)
    ? wholeGroups(images, { most, random })
    : enoughOfEach(images, { most, least: leastOf(name), random });
  return taken.sort((a, b) => a - b);
}

/** Groups for which there is room; where they leave half of it, a part of one that is too large, too. */
function wholeGroups(
  images: readonly ListedImage[],
  { most, random }: { readonly most: number; readonly random: Stream },
): number[] {
  const groups = [
    ...Map.groupBy(images.keys(), (i) => images[i]?.group ?? i).values(),
  ];
  const order = Array.from(
    random.permutation(groups.length),
    (i) => groups[i] ?? [],
  );
  const taken: number[] = [];
  let tooLarge: readonly number[] = [];
  for (const group of order) {
    if (taken.length + group.length <= most) {
      for (const position of group) taken.push(position);
    } else if (tooLarge.length === 0) tooLarge = group;
  }
  if (taken.length >= most / 2) return taken;
  const part = random.permutation(tooLarge.length)
    .subarray(0, most - taken.length);
  for (const i of part) taken.push(tooLarge[i] as number);
  return taken;
}

/**
 * The first in a random order. Where they have too few of some class, the first
 * five of each class come before all others: in all sets alike, so that classes
 * are not made more frequent in one of them than in another.
 */
function enoughOfEach(
  images: readonly ListedImage[],
  { most, least, random }: {
    readonly most: number;
    /** So many of a class are not too few. */
    readonly least: number;
    readonly random: Stream;
  },
): number[] {
  // In each round one image of every class, in the last all that are left.
  const rounds: number[][] = Array.from({ length: LEAST + 1 }, () => []);
  const counts = new Map<string | null, number>();
  let isEnough = true;
  const order = [...random.permutation(images.length)];
  for (const [place, i] of order.entries()) {
    const label = images[i]?.label ?? null;
    const before = counts.get(label) ?? 0;
    counts.set(label, before + 1);
    rounds[Math.min(before, LEAST)]?.push(i);
    if (before < least && place >= most) isEnough = false;
  }
  return (isEnough ? order : rounds.flat()).slice(0, most);
}
