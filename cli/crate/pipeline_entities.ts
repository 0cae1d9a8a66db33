/**
 * One pipeline of a run as entities: the workflow, its tools and steps, and
 * what was executed.
 *
 * Profile: https://w3id.org/ro/wfrun/provenance/0.5
 *
 * @module
 */
import { relative } from "node:path/posix";
import { fileURLToPath } from "node:url";
import type { Graph, Node } from "../../engine/graph.ts";
import type { RunPipeline, RunStage } from "../../engine/run_history.ts";
import { sourceOfStage } from "../../engine/sources_of.ts";
import type { StageRecord } from "../../engine/store.ts";
import { artifactEntity, type CrateArtifact } from "./artifact_entity.ts";
import {
  type Entity,
  localId,
  pathUri,
  type Reference,
  referencesTo,
} from "./entity.ts";

/** What the entities of a pipeline are made from. */
export interface CratePipeline {
  readonly name: string;
  readonly title: string;
  readonly graph: Graph;
  /** Path of its module, relative to the project. */
  readonly module: string;
  /** What became of it. */
  readonly run: RunPipeline;
  recordOf(stage: string): StageRecord | undefined;
}

/** The entities of a pipeline, and those that others refer to. */
export interface PipelineEntities {
  readonly workflow: Entity;
  /** The execution of the workflow. */
  readonly action: Entity;
  readonly controls: readonly Entity[];
  /** Tools, steps, executions, values. */
  readonly others: readonly Entity[];
  readonly artifacts: readonly CrateArtifact[];
  /** Published files. */
  readonly sources: readonly Entity[];
}

/** Where code lies in a crate. */
export const CODE = "code/";

/** The language of workflows. */
export const TYPESCRIPT: Entity = {
  "@id": "https://www.typescriptlang.org/",
  "@type": "ComputerLanguage",
  name: "TypeScript",
  url: "https://www.typescriptlang.org/",
};

/** The entities of one pipeline. */
export function pipelineEntities(
  pipeline: CratePipeline,
  { runId, root, withArtifacts }: {
    readonly runId: string;
    /** Folder of the project. */
    readonly root: string;
    /** Whether artifacts are files of the crate. */
    readonly withArtifacts: boolean;
  },
): PipelineEntities {
  const { name, title, graph, module, run } = pipeline;
  const artifacts = new Map<string, CrateArtifact>();
  const entities: Entity[] = [];
  const [tools, steps]: [Entity[], Entity[]] = [[], []];
  const [actions, controls]: [Entity[], Entity[]] = [[], []];
  const sources: Entity[] = [];
  const consumed = new Set<string>();

  const artifactsOf = (record: StageRecord | undefined) =>
    Object.entries(record?.outputs ?? {})
      .sort(([a], [b]) => a < b ? -1 : 1)
      .map(([field, { digest, bytes }]) => {
        let found = artifacts.get(digest);
        if (found === undefined) {
          const made = `${field} of ${record?.stage}`;
          const format = record?.key.result[field] ?? "";
          found = artifactEntity(
            { digest, bytes, name: made, format },
            { isPart: withArtifacts },
          );
          artifacts.set(digest, found);
        }
        return found.entity;
      });

  graph.nodes.forEach((node, i) => {
    const { stage } = node;
    const record = pipeline.recordOf(stage.name);
    const tool = toolOf(node, { record, root });
    tools.push(tool);
    const step: Entity = {
      "@id": localId(name, "step", stage.name),
      "@type": "HowToStep",
      name: stage.name,
      position: `${i}`,
      workExample: { "@id": tool["@id"] },
    };
    steps.push(step);
    const state = run.stages[stage.name];
    if (state === undefined || state.state === "blocked") return;
    const results = artifactsOf(record);
    const values = parametersOf(record, localId(name, stage.name));
    const inputs = Object.values(record?.key.inputs ?? {});
    for (const digest of inputs) consumed.add(digest);
    const source = sourceOfStage(stage);
    if (source !== undefined) {
      sources.push({
        "@id": source.url,
        "@type": "File",
        name: source.title,
        sha256: source.sha256,
      });
    }
    const action: Entity = {
      "@id": localId(runId, name, stage.name),
      "@type": "CreateAction",
      name: stage.name,
      description: descriptionOf(state, record),
      instrument: { "@id": tool["@id"] },
      ...statusOf(state),
      ...timesOf(record),
      object: [
        ...referencesTo(
          inputs.flatMap((digest) => artifacts.get(digest)?.entity ?? []),
        ),
        ...source === undefined ? [] : [{ "@id": source.url }],
        ...referencesTo(values),
      ],
      result: referencesTo(results),
    };
    actions.push(action);
    entities.push(...values);
    controls.push({
      "@id": localId(runId, name, stage.name, "control"),
      "@type": "ControlAction",
      name: `orchestrate ${stage.name}`,
      instrument: { "@id": step["@id"] },
      object: { "@id": action["@id"] },
    });
  });

  const made = [...artifacts.values()];
  const workflow: Entity = {
    "@id": pathUri(`${CODE}${module}`),
    "@type": [
      "File",
      "SoftwareSourceCode",
      "ComputationalWorkflow",
      "HowTo",
    ],
    name: title,
    programmingLanguage: { "@id": TYPESCRIPT["@id"] },
    hasPart: referencesTo(tools),
    step: referencesTo(steps),
  };
  const records = actions.length === 0 ? [] : graph.nodes
    .flatMap(({ stage }) => pipeline.recordOf(stage.name) ?? []);
  return {
    workflow,
    action: {
      "@id": localId(runId, name),
      "@type": "CreateAction",
      name: `Run of ${name}`,
      instrument: { "@id": workflow["@id"] },
      ...statusOf({
        state: Object.values(run.stages).some(({ state }) =>
            state === "failed" || state === "blocked"
          )
          ? "failed"
          : "ran",
      }),
      ...spanOf(records),
      object: referencesTo(sources),
      result: referencesTo(
        made.filter(({ digest }) => !consumed.has(digest))
          .map(({ entity }) => entity),
      ),
    },
    controls,
    others: [...distinct(tools), ...steps, ...actions, ...entities],
    artifacts: made,
    sources: distinct(sources),
  };
}

/** The task of a stage; the version is the digest of its code. */
function toolOf(
  { stage: { task } }: Node,
  { record, root }: {
    readonly record: StageRecord | undefined;
    readonly root: string;
  },
): Entity {
  const module = relative(root, fileURLToPath(task.module));
  const version = record?.key.code[module];
  return {
    "@id": localId("tool", module, task.name),
    "@type": "SoftwareApplication",
    name: task.name,
    mainEntity: { "@id": pathUri(`${CODE}${module}`) },
    ...(version === undefined ? {} : { softwareVersion: version }),
  };
}

/** The arguments of a stage that are plain values. */
function parametersOf(
  record: StageRecord | undefined,
  id: string,
): readonly Entity[] {
  return Object.entries(record?.key.params ?? {}).map(([path, value]) => ({
    "@id": `${id}/parameter/${encodeURIComponent(path)}`,
    "@type": "PropertyValue",
    name: path === "" ? "value" : path,
    value: typeof value === "string" ? value : JSON.stringify(value),
  }));
}

function descriptionOf(
  { state, causes = [] }: RunStage,
  record: StageRecord | undefined,
): string {
  const machine = Object.entries(record?.key.environment ?? {})
    .map(([name, value]) => `${name} ${value}`).join(", ");
  const why = state === "reused"
    ? "Taken from the store in this run; the times are those of its execution."
    : causes.length === 0
    ? ""
    : `Ran because: ${causes.join("; ")}.`;
  return [why, machine === "" ? "" : `On ${machine}.`]
    .filter((part) => part !== "").join(" ") || "Did not end.";
}

function statusOf({ state }: RunStage): { readonly actionStatus: Reference } {
  const status = state === "failed" ? "Failed" : "Completed";
  return {
    actionStatus: { "@id": `http://schema.org/${status}ActionStatus` },
  };
}

/** When a stage started and ended. */
function timesOf(
  record: StageRecord | undefined,
): Readonly<Record<string, string>> {
  return record === undefined ? {} : spanOf([record]);
}

/** From the start of the first to the end of the last. */
function spanOf(
  records: readonly StageRecord[],
): Readonly<Record<string, string>> {
  if (records.length === 0) return {};
  const ends = records.map(({ finishedAt }) => Date.parse(finishedAt));
  const starts = records.map(({ seconds }, i) =>
    (ends[i] ?? 0) - seconds * 1000
  );
  return {
    startTime: new Date(Math.min(...starts)).toISOString(),
    endTime: new Date(Math.max(...ends)).toISOString(),
  };
}

function distinct(entities: readonly Entity[]): readonly Entity[] {
  return [...new Map(entities.map((one) => [one["@id"], one])).values()];
}
