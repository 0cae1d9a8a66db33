/**
 * Images that all have one attribute, so that it goes with no class.
 *
 * @module
 */
import type { Labels } from "./images.ts";

/** Class and attribute of each image, [n] each, and how many images a class must have. */
export interface OneAttributeOptions {
  readonly labels: Labels;
  /** Such as the class whose colour an image has. */
  readonly attributes: Int32Array;
  readonly classes: number;
  /** Images of every class that must have the attribute. */
  readonly least: number;
}

/**
 * Positions of the images that have the most frequent attribute among those
 * that every class has often enough; of equally frequent ones the lowest.
 *
 * @throws {RangeError} if there is no such attribute
 */
export function positionsOfOneAttribute(
  { labels, attributes, classes, least }: OneAttributeOptions,
): readonly number[] {
  const byAttribute = Map.groupBy(
    labels.keys(),
    (i) => attributes[i] as number,
  );
  const [common] = [...byAttribute]
    .filter(([, positions]) => {
      const counts = new Float64Array(classes);
      for (const i of positions) {
        const label = labels[i] as number;
        counts[label] = (counts[label] as number) + 1;
      }
      return counts.every((count) => count >= least);
    })
    .toSorted(([a, some], [b, others]) => others.length - some.length || a - b);
  if (common === undefined) {
    throw new RangeError(
      `Cannot take images of one attribute: of the ${byAttribute.size} there are, none has ${least} images of each of ${classes} classes`,
    );
  }
  return common[1];
}
