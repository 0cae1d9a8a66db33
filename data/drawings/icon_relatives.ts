/**
 * Which icon concepts are too near to a class of CIFAR-10 for pre-training
 * "without the classes". The rule is that of the drawings of Quick, Draw!
 * (`class_relatives.ts`), read strictly: everything with an engine that drives
 * on roads or rails, flies or floats, sailing ships, all hoofed animals but
 * pigs, all birds, cats and dogs.
 *
 * @module
 */

/** How many of the sets draw each of the concepts that were looked through. */
export const LEAST_SETS = 9;

/** Concepts left out for each class, all that {@linkcode LEAST_SETS} sets or more draw looked through. */
export const iconRelatives: Readonly<Record<string, readonly string[]>> = {
  airplane: ["airplane", "helicopter", "rocket", "satellite"],
  automobile: ["police-car", "taxi"],
  bird: ["bird", "chicken", "duck", "owl", "penguin", "rooster", "turkey"],
  cat: ["cat", "tiger"],
  deer: ["camel", "cow", "deer", "goat", "ram"],
  dog: ["dog"],
  frog: [],
  horse: ["horse"],
  ship: ["ferry", "sailboat", "ship", "speedboat"],
  truck: [
    "ambulance",
    "bus",
    "bus-stop",
    "delivery-truck",
    "tractor",
    "train",
    "tram",
  ],
};

/** The concepts that are a relative of no class, in their order. */
export function withoutIconRelatives(
  concepts: readonly string[],
): readonly string[] {
  const left = new Set(Object.values(iconRelatives).flat());
  return concepts.filter((concept) => !left.has(concept));
}
