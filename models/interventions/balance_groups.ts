/**
 * Balancing: a draw of images in which every group has an equal share.
 *
 * @module
 */
import { type Groups, groupSizes } from "../../data/images/groups.ts";
import type { Images } from "../../data/images/images.ts";
import type { Stream } from "../../engine/define/random.ts";

/** The classes of images as groups of them. */
export function classesAsGroups(
  { labels, classes }: Pick<Images, "labels" | "classes">,
): Groups {
  return { names: classes, of: Int32Array.from(labels) };
}

/**
 * Positions of `n` images, shuffled, in which every group that has an image
 * has an equal share, to within one image: each image of a group as often as
 * every other, to within once. Where a group has fewer images than its share,
 * all of them are there as many whole times as fit in, and the rest is drawn
 * without replacement.
 *
 * @throws {RangeError} if `n` is not a whole number from 1, or there are no images
 */
export function balancedPositions(
  groups: Groups,
  { n, random }: { readonly n: number; readonly random: Stream },
): Uint32Array {
  const members = membersOf(groups).filter(({ length }) => length > 0);
  if (members.length === 0 || !(Number.isInteger(n) && n >= 1)) {
    throw new RangeError(
      `Cannot draw ${n} images from ${members.length} groups with images: there must be one of each at least`,
    );
  }
  const share = Math.floor(n / members.length);
  // Which groups have the images that cannot be shared evenly.
  const larger = new Set(
    random.permutation(members.length).subarray(0, n % members.length),
  );
  const drawn = new Uint32Array(n);
  let at = 0;
  for (const [g, all] of members.entries()) {
    const size = share + (larger.has(g) ? 1 : 0);
    const order = random.permutation(all.length);
    // Whole copies in any order, then the beginning of a random one.
    for (let i = 0; i < size; i++) {
      drawn[at++] = all[order[i % all.length] as number] as number;
    }
  }
  return random.permutation(n).map((i) => drawn[i] as number);
}

/** Of the images in some rows, as many of each group as the smallest has that has one. */
export function balancedSubset(
  { names, of }: Groups,
  { rows, random }: { readonly rows: Uint32Array; readonly random: Stream },
): Uint32Array {
  const among = {
    names,
    of: Int32Array.from(rows, (i) => of[i] as number),
  };
  const { size, groups } = smallestGroup(among);
  return balancedPositions(among, { n: size * groups, random })
    .map((i) => rows[i] as number);
}

/** The size of the smallest group that has an image; the groups without are left out. */
export function smallestGroup(groups: Groups): {
  readonly size: number;
  /** Number of groups that have an image. */
  readonly groups: number;
} {
  const sizes = groupSizes(groups).filter((size) => size > 0);
  return {
    size: sizes.reduce((least, size) => Math.min(least, size), Infinity),
    groups: sizes.length,
  };
}

function membersOf({ names, of }: Groups): readonly (readonly number[])[] {
  const members = names.map((): number[] => []);
  for (const [i, group] of of.entries()) members[group]?.push(i);
  return members;
}
