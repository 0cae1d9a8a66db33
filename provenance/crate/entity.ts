/**
 * Entities of an RO-Crate, and what those of every workflow have in common. They
 * refer to each other as values; written they are flat JSON-LD records that
 * refer to each other by `@id`.
 *
 * Formats: https://w3id.org/ro/crate/1.1, https://w3id.org/ro/wfrun/provenance/0.5
 *
 * @module
 */
type Value = string | Entity | undefined;

/** A thing and what is said of it: one without a type is named only, and what is `undefined` is not said. */
export interface Entity {
  readonly "@id": string;
  readonly "@type"?: string | readonly string[];
  readonly [property: string]: Value | readonly Value[];
}

/** Every entity that some lead to, with them, each once: as it is met last. */
export function reachable(entities: readonly Entity[]): readonly Entity[] {
  const found = new Map<string, Entity>();
  function visit(value: Entity[string]): void {
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

/** A local identifier made of names. */
export function localId(...names: readonly string[]): string {
  return `#${names.map(encodeURIComponent).join("/")}`;
}

/** The language that workflows are written in. */
export const TYPESCRIPT: Entity = {
  "@id": "https://www.typescriptlang.org/",
  "@type": "ComputerLanguage",
  name: "TypeScript",
  url: "https://www.typescriptlang.org/",
};

/** An execution and, of a workflow, the actions that started those of its parts, and of theirs. */
export interface Execution {
  readonly action: Entity;
  readonly controls?: readonly Entity[];
}

/** A step of a workflow and, if there was one, its execution. */
export type Part = { readonly step: Entity } & Partial<Execution>;

/** A workflow with what is true of every one, and its execution. */
export function executionOf(
  parts: readonly Part[],
  { workflow, action }: { readonly workflow: Entity; readonly action: Entity },
): Execution {
  const steps = parts.map(({ step }, i): Entity => ({
    "@type": "HowToStep",
    ...step,
    position: `${i}`,
  }));
  const instrument: Entity = {
    "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
    ...workflow,
    programmingLanguage: TYPESCRIPT,
    hasPart: steps.flatMap((step) => step["workExample"] ?? []),
    step: steps,
  };
  const controls = parts.flatMap(({ action, controls = [] }, i): Entity[] =>
    action === undefined ? [] : [{
      "@id": `${action["@id"]};control`,
      "@type": "ControlAction",
      name: `orchestrate ${action["name"]}`,
      instrument: steps[i],
      object: action,
    }, ...controls]
  );
  return { action: { ...action, instrument }, controls };
}

/** What is said of every execution: how it ended, and from when to when it or its parts ran. */
export function actionFacts(
  times: readonly string[],
  { isFailed }: { readonly isFailed: boolean },
): Omit<Entity, "@id"> {
  const status = isFailed ? "Failed" : "Completed";
  const sorted = times.toSorted();
  return {
    "@type": "CreateAction",
    actionStatus: { "@id": `http://schema.org/${status}ActionStatus` },
    startTime: sorted[0],
    endTime: sorted.at(-1),
  };
}

/** Moments so many seconds after another one: ISO 8601, UTC. */
export function momentsAfter(
  moment: string,
  seconds: readonly number[],
): readonly string[] {
  const start = Date.parse(moment);
  return seconds.map((later) => new Date(start + later * 1000).toISOString());
}
