/**
 * Numbers image by image.
 *
 * @module
 */

/** What each image adds to a number; where sets are disjoint, one set after the other. */
export type ByImage = Float64Array;

/** A weighted sum, image by image. */
export function combined(
  weighted: readonly (readonly [weight: number, values: ByImage])[],
): ByImage {
  const total = new Float64Array(weighted[0]?.[1].length ?? 0);
  for (const [weight, values] of weighted) {
    for (let i = 0; i < total.length; i++) {
      total[i] = (total[i] as number) + weight * (values[i] as number);
    }
  }
  return total;
}

/** Sum of the squares over the images. */
export function squared(values: ByImage): number {
  return product(values, values);
}

/** Sum of the products over the images. */
export function product(first: ByImage, second: ByImage): number {
  let total = 0;
  for (let i = 0; i < first.length; i++) {
    total += (first[i] as number) * (second[i] as number);
  }
  return total;
}
