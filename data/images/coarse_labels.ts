import type { Images } from "./images.ts";

/** Which of two kinds each class of CIFAR-10 is of. */
export const coarseClasses: Readonly<Record<string, "animal" | "vehicle">> = {
  airplane: "vehicle",
  automobile: "vehicle",
  bird: "animal",
  cat: "animal",
  deer: "animal",
  dog: "animal",
  frog: "animal",
  horse: "animal",
  ship: "vehicle",
  truck: "vehicle",
};

const KINDS = ["animal", "vehicle"] as const;

/**
 * The same images labelled by kind alone: what pre-training on them can teach
 * about a class is then no more than whether it is an animal or a vehicle.
 *
 * @throws {RangeError} if a class is not one of CIFAR-10's
 */
export function coarseLabels(from: Images): Images {
  const kinds = from.classes.map((name) => {
    const kind = coarseClasses[name];
    if (kind === undefined) {
      throw new RangeError(
        `Cannot label images by kind: class "${name}" is neither known as an animal nor as a vehicle`,
      );
    }
    return KINDS.indexOf(kind);
  });
  return {
    ...from,
    labels: Uint8Array.from(from.labels, (label) => kinds[label] as number),
    classes: KINDS,
  };
}
