/**
 * Parts of a workflow and what was executed of it. A pipeline is one, of
 * stages; and so are all pipelines of a run, where it has several.
 *
 * Profile: https://w3id.org/ro/wfrun/provenance/0.5
 *
 * @module
 */
import { type Entity, type Facts, pathUri } from "./entity.ts";

/** The folder of code in a crate. */
export const CODE = "code/";

/** The language that workflows are written in. */
export const TYPESCRIPT: Entity = {
  "@id": "https://www.typescriptlang.org/",
  "@type": "ComputerLanguage",
  name: "TypeScript",
  url: "https://www.typescriptlang.org/",
};

/** A workflow of some steps, each of which executes a tool or a workflow of its own. */
export function workflowOf(
  steps: readonly Entity[],
  { module, name }: { readonly module: string; readonly name: string },
): Entity {
  return {
    "@id": pathUri(`${CODE}${module}`),
    "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
    name,
    programmingLanguage: TYPESCRIPT,
    hasPart: steps.flatMap((step) => step["workExample"] ?? []),
    step: steps,
  };
}

/** When something ran, in milliseconds since 1970. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How an execution ended, as facts of its action. */
export function outcomeFacts(
  spans: readonly Span[],
  { isFailed }: { readonly isFailed: boolean },
): Facts {
  const status = isFailed ? "Failed" : "Completed";
  const timeOf = (time: number) =>
    Number.isFinite(time) ? new Date(time).toISOString() : undefined;
  return {
    actionStatus: { "@id": `http://schema.org/${status}ActionStatus` },
    startTime: timeOf(
      spans.reduce((a, { start }) => Math.min(a, start), Infinity),
    ),
    endTime: timeOf(spans.reduce((a, { end }) => Math.max(a, end), -Infinity)),
  };
}
