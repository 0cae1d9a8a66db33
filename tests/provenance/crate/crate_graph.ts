/** Looking things up in the graph of a crate. */

/** An entity of a graph. */
export type Entity = Record<string, unknown> & { "@id": string };

/** The metadata of a crate, and the paths of its files. */
export interface Crate {
  readonly metadata: { "@context": unknown; "@graph": Entity[] };
  readonly files: ReadonlySet<string>;
}

/** One requirement. */
export interface Requirement {
  /** Document and section. */
  readonly section: string;
  readonly must: string;
  /** What violates it: ids, or words. */
  violations(crate: Crate): readonly string[];
  /** Breaks it. */
  break(crate: Crate): void;
}

export const graphOf = ({ metadata }: Crate): Entity[] => metadata["@graph"];
export const entity = (crate: Crate, id: unknown): Entity | undefined =>
  graphOf(crate).find((one) => one["@id"] === id);
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
export const idsIn = (value: unknown): readonly string[] =>
  listOf(value).map((one) => (one as Entity)["@id"]);
export const isA = (one: Entity | undefined, type: string): boolean =>
  listOf(one?.["@type"]).includes(type);
export const ofType = (crate: Crate, type: string): readonly Entity[] =>
  graphOf(crate).filter((one) => isA(one, type));
export const rootOf = (crate: Crate): Entity => {
  const [about] = idsIn(entity(crate, "ro-crate-metadata.json")?.["about"]);
  return entity(crate, about) ?? { "@id": "" };
};
export const mainOf = (crate: Crate): Entity =>
  entity(crate, idsIn(rootOf(crate)["mainEntity"])[0]) ?? { "@id": "" };
export const idsOf = (entities: readonly Entity[]): readonly string[] =>
  entities.map((one) => one["@id"]);
export const isTool = (one: Entity | undefined): boolean =>
  ["SoftwareApplication", "SoftwareSourceCode", "ComputationalWorkflow"]
    .some((type) => isA(one, type));
/** Those of some entities that do not refer by a property to one that passes. */
export const without = (
  crate: Crate,
  { of, property, is }: {
    readonly of: string;
    readonly property: string;
    readonly is: (one: Entity | undefined) => boolean;
  },
): readonly string[] =>
  idsOf(
    ofType(crate, of).filter((one) => {
      const found = idsIn(one[property]);
      return found.length === 0 || !found.every((id) => is(entity(crate, id)));
    }),
  );
export function dropFrom(
  type: string,
  property: string,
): (crate: Crate) => void {
  return (crate) => {
    delete last(crate, type)[property];
  };
}
/** The last entity of a type. */
export function last(crate: Crate, type: string): Entity {
  return present(ofType(crate, type).at(-1));
}

export function present(one: Entity | undefined): Entity {
  if (one === undefined) throw new TypeError("Cannot find it in the crate");
  return one;
}
