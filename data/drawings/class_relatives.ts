/**
 * Which categories of drawings are too near to a class of CIFAR-10 for
 * pre-training "without the classes".
 *
 * Left out is what shows one of the ten classes, a kind of it, or what most
 * people would call its next of kin: other cats for the cat, other equids and
 * hoofed animals for horse and deer (there is no drawing of a deer), other
 * motor vehicles on wheels for automobile and truck, whatever else floats or
 * flies under its own power for ship and airplane.
 *
 * @module
 */

/** Names of the classes of CIFAR-10 that have relatives among the drawings. */
type ClassName =
  | "airplane"
  | "automobile"
  | "bird"
  | "cat"
  | "deer"
  | "dog"
  | "frog"
  | "horse"
  | "ship"
  | "truck";

/** Categories of Quick, Draw! left out for each class, all 345 looked through. */
export const classRelatives: Readonly<Record<ClassName, readonly string[]>> = {
  airplane: ["airplane", "helicopter"],
  automobile: ["car", "police car"],
  // "animal migration" mostly shows birds on the wing.
  bird: [
    "animal migration",
    "bird",
    "duck",
    "flamingo",
    "owl",
    "parrot",
    "penguin",
    "swan",
  ],
  cat: ["cat", "lion", "tiger"],
  deer: ["camel", "cow", "giraffe", "sheep"],
  dog: ["dog"],
  frog: ["frog"],
  horse: ["horse", "zebra"],
  ship: [
    "aircraft carrier",
    "canoe",
    "cruise ship",
    "sailboat",
    "speedboat",
    "submarine",
  ],
  truck: [
    "ambulance",
    "bulldozer",
    "bus",
    "firetruck",
    "pickup truck",
    "school bus",
    "tractor",
    "truck",
    "van",
  ],
};

/** The categories that are a relative of no class, in their order. */
export function withoutRelatives(
  categories: readonly string[],
): readonly string[] {
  const left = new Set(Object.values(classRelatives).flat());
  return categories.filter((category) => !left.has(category));
}
