/**
 * Icon concepts: what icon and emoji sets draw under one name, for pre-training
 * that tells things apart which are no relative of a class of CIFAR-10.
 *
 * @module
 */
import type { IconFile } from "./icon_drawing.ts";
import { LEAST_SETS, withoutIconRelatives } from "./icon_relatives.ts";

/** Last words of a name that say how a thing is drawn and not what it is. */
const STYLES: ReadonlySet<string> = new Set(
  "alt bold duotone fill filled light line outline outlined rounded solid thin variant"
    .split(" "),
);

/** What a name is about: `house-bold` and `house-02` are about `house`. */
export function conceptOf(name: string): string {
  const words = name.split("-");
  const isStyle = (word = "") => STYLES.has(word) || /^\d+$/.test(word);
  while (words.length > 1 && isStyle(words.at(-1))) words.pop();
  return words.join("-");
}

/** A drawing in a set. */
export interface IconName {
  /** Place of its set among those that were given. */
  readonly set: number;
  readonly name: string;
}

/** A concept with all of its drawings. */
export interface IconConcept {
  readonly name: string;
  readonly drawings: readonly IconName[];
}

/**
 * The concepts that many sets draw, sorted by name, without the relatives of
 * CIFAR-10's classes.
 *
 * @param options.leastSets how many of the sets must draw a concept
 * @throws {RangeError} if that is fewer than those whose relatives are known, or no concept is drawn by so many
 */
export function iconConcepts(
  sets: readonly IconFile[],
  { leastSets }: { readonly leastSets: number },
): readonly IconConcept[] {
  if (leastSets < LEAST_SETS) {
    throw new RangeError(
      `Cannot take icon concepts that ${leastSets} sets draw: relatives of the classes are known among those of ${LEAST_SETS} or more`,
    );
  }
  const found = new Map<string, IconName[]>();
  for (const [set, { icons }] of sets.entries()) {
    for (const [name, { hidden = false }] of Object.entries(icons)) {
      if (hidden) continue;
      const concept = conceptOf(name);
      const drawings = found.get(concept) ?? [];
      drawings.push({ set, name });
      found.set(concept, drawings);
    }
  }
  const common = [...found.keys()].filter((concept) =>
    new Set(found.get(concept)?.map(({ set }) => set)).size >= leastSets
  );
  const kept = withoutIconRelatives(common.toSorted());
  if (kept.length === 0) {
    throw new RangeError(
      `Cannot take icon concepts: none is drawn by ${leastSets} of ${sets.length} sets`,
    );
  }
  return kept.map((name) => ({ name, drawings: found.get(name) ?? [] }));
}
