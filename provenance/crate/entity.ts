/**
 * Entities of an RO-Crate. They refer to each other as values; written they are
 * flat JSON-LD records that refer to each other by `@id`.
 *
 * Format: https://w3id.org/ro/crate/1.1
 *
 * @module
 */
import { relative } from "node:path/posix";
import { fileURLToPath } from "node:url";

/** What is said of something; what is `undefined` is not said. */
export interface Facts {
  readonly [property: string]: Value | readonly Value[];
}

type Value = string | Entity | undefined;

/** A thing and what is said of it; one without a type is named only. */
export interface Entity extends Facts {
  readonly "@id": string;
  readonly "@type"?: string | readonly string[];
}

/** Every entity that some lead to, with them, each once: as it is met last. */
export function reachable(entities: readonly Entity[]): readonly Entity[] {
  const found = new Map<string, Entity>();
  function visit(value: Facts[string]): void {
    for (const one of [value].flat()) {
      if (typeof one !== "object" || one["@type"] === undefined) continue;
      if (found.get(one["@id"]) === one) continue;
      found.set(one["@id"], one);
      Object.values(one).forEach(visit);
    }
  }
  visit(entities);
  return [...found.values()];
}

/** Whether an entity is of a type. */
export function isOfType(type: string): (entity: Entity) => boolean {
  return (entity) => [entity["@type"]].flat().includes(type);
}

/** An entity as JSON-LD: of others it names the ids, each once. */
export function jsonOf(entity: Entity): unknown {
  const { "@id": id, "@type": type, ...facts } = entity;
  const written = Object.entries(facts).map(([property, value]) => {
    if (typeof value !== "object") return [property, value];
    const ids = [value].flat()
      .flatMap((one) => typeof one === "object" ? one["@id"] : []);
    const references = Array.from(new Set(ids), (id) => ({ "@id": id }));
    return [property, Array.isArray(value) ? references : references[0]];
  });
  return { "@id": id, "@type": type, ...Object.fromEntries(written) };
}

/** The folder of code in a crate. */
export const CODE = "code/";

/** A module of the project as a relative URI in the crate; `/` stays. */
export function codeUri(path: string): string {
  return CODE + path.split("/").map(encodeURIComponent).join("/");
}

/** The path of a module in the project. */
export function pathIn(root: string, module: string): string {
  return relative(root, fileURLToPath(module));
}

/** A local identifier made of names. */
export function localId(...names: readonly string[]): string {
  return `#${names.map(encodeURIComponent).join("/")}`;
}
