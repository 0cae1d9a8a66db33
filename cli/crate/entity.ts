/**
 * Entities of an RO-Crate: flat JSON-LD records that refer to each other by
 * `@id`.
 *
 * Format: https://w3id.org/ro/crate/1.1
 *
 * @module
 */

/** What refers to an entity. */
export interface Reference {
  readonly "@id": string;
}

/** A record of the graph. */
export interface Entity extends Reference {
  readonly "@type": string | readonly string[];
  readonly [property: string]:
    | string
    | Reference
    | readonly string[]
    | readonly Reference[];
}

/** A reference to each of some entities, once. */
export function referencesTo(
  entities: readonly Reference[],
): readonly Reference[] {
  return [...new Set(entities.map((entity) => entity["@id"]))]
    .map((id) => ({ "@id": id }));
}

/** A path of a crate as a relative URI; `/` stays. */
export function pathUri(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** A local identifier made of names. */
export function localId(...names: readonly string[]): string {
  return `#${names.map(encodeURIComponent).join("/")}`;
}
