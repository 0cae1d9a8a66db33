/**
 * Properties that lists give of images, in all sets of a question.
 *
 * @module
 */
import { type GivenProperty, givenProperty } from "../given_property.ts";
import { SETS } from "../question.ts";
import type { PackedSets } from "./align_classes.ts";
import { type Refused, refused } from "./listing.ts";
import type { PackedSet } from "./packed_set.ts";

/** How each property is read, by its name; or a sentence for each column that is none. */
export type SetProperties =
  | {
    readonly kind: "read";
    readonly properties: ReadonlyMap<string, GivenProperty>;
  }
  | Refused;

/** Finds out what the properties of all sets together are. */
export function setProperties(sets: PackedSets): SetProperties {
  const all = SETS.flatMap((name) => {
    const { [name]: set } = sets;
    return set === undefined ? [] : [[name, set] as const];
  });
  const names = all.flatMap(([, set]) => Object.keys(set.properties ?? {}));
  const properties = new Map<string, GivenProperty>();
  const problems: string[] = [];
  for (const name of new Set(names)) {
    const found = givenProperty(
      name,
      Object.fromEntries(all.map(([of, set]) => [of, cellsOf(set, name)])),
    );
    if (typeof found !== "string") properties.set(name, found);
    else problems.push(`Cannot use images: ${found}`);
  }
  return problems.length > 0 ? refused(problems) : { kind: "read", properties };
}

/** What a list says of each image of a set; nothing, if it lacks the property. */
export function cellsOf(
  { properties, names }: Pick<PackedSet, "properties" | "names">,
  property: string,
): readonly string[] {
  return properties?.[property] ?? names.map(() => "");
}
