/**
 * A workflow and what was executed of it. A pipeline is one, of stages; and so
 * are all pipelines of a run, where it has several.
 *
 * Profile: https://w3id.org/ro/wfrun/provenance/0.5
 *
 * @module
 */
import type { Entity, Facts } from "./entity.ts";

/** The language that workflows are written in. */
export const TYPESCRIPT: Entity = {
  "@id": "https://www.typescriptlang.org/",
  "@type": "ComputerLanguage",
  name: "TypeScript",
  url: "https://www.typescriptlang.org/",
};

/** A step of a workflow, and what started its execution if there was one. */
export type Part = Readonly<{ step: Entity; control?: Entity }>;

/** The execution of a workflow, and the actions that started those of its parts. */
export interface Execution {
  readonly action: Entity;
  readonly controls: readonly Entity[];
}

/** Says of a workflow and its execution what is true of every one. */
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
  const controls = parts.flatMap(({ control }, i) =>
    control === undefined
      ? []
      : { "@type": "ControlAction", ...control, instrument: steps[i] }
  );
  return { action: { ...action, instrument }, controls };
}

/** Begin and end of an execution: ISO 8601, UTC. */
export type Span = readonly [begin: string, end: string];

/** What is said of every execution: when it was, and how it ended. */
export function actionFacts(
  spans: readonly Span[],
  { isFailed }: { readonly isFailed: boolean },
): Facts {
  const status = isFailed ? "Failed" : "Completed";
  return {
    "@type": "CreateAction",
    actionStatus: { "@id": `http://schema.org/${status}ActionStatus` },
    startTime: spans.map(([begin]) => begin).sort()[0],
    endTime: spans.map(([, end]) => end).sort().at(-1),
  };
}
