/**
 * One pipeline of a run as entities: the workflow, its tools and steps, and
 * what was executed.
 *
 * @module
 */
import { relative } from "node:path/posix";
import { fileURLToPath } from "node:url";
import type { RunPipeline, RunStage } from "../../engine/store/historic_run.ts";
import { sourceOfStage } from "../../engine/history/sources_of.ts";
import type { StageRecord } from "../../engine/store/store.ts";
import type { MadePipeline } from "../lineage/made_pipeline.ts";
import { artifactsOf } from "./artifact_entities.ts";
import { type Entity, localId, pathUri } from "./entity.ts";
import {
  CODE,
  outcomeFacts,
  type Span,
  workflowOf,
} from "./workflow_entities.ts";

/** What the entities of a pipeline are made from. */
export interface CratePipeline {
  readonly title: string;
  /** Path of the module of the pipeline, relative to the project. */
  readonly module: string;
  readonly made: MadePipeline;
  /** What became of the pipeline in the run. */
  readonly run: RunPipeline;
}

/** The entities of a pipeline that others refer to; they lead to the rest. */
export interface PipelineEntities {
  readonly workflow: Entity;
  /** The execution of the workflow. */
  readonly action: Entity;
  /** The actions that started the stages of the workflow. */
  readonly controls: readonly Entity[];
}

/** The entities of one pipeline. */
export function pipelineEntities(
  { title, module, made, run }: CratePipeline,
  { runId, root, withArtifacts }: {
    readonly runId: string;
    /** Folder of the project. */
    readonly root: string;
    /** Whether artifacts are files of the crate. */
    readonly withArtifacts: boolean;
  },
): PipelineEntities {
  const { open: { name: pipeline, graph }, recordOf } = made;
  const executed = graph.nodes.map(({ stage }) => {
    const became = run.stages[stage.name];
    return became?.state === "blocked" ? undefined : became;
  });
  const records = graph.nodes.flatMap(({ stage }, i) =>
    executed[i] === undefined ? [] : recordOf(stage.name) ?? []
  );
  const artifacts = artifactsOf(records, { areParts: withArtifacts });
  const steps: Entity[] = [];
  const controls: Entity[] = [];
  const sources: Entity[] = [];
  graph.nodes.forEach(({ stage }, i) => {
    const { name, task } = stage;
    const record = recordOf(name);
    const path = relative(root, fileURLToPath(task.module));
    const tool: Entity = {
      "@id": localId("tool", path, task.name),
      "@type": "SoftwareApplication",
      name: task.name,
      mainEntity: { "@id": pathUri(`${CODE}${path}`) },
      softwareVersion: record?.key.code[path], // the digest of its code
    };
    const step: Entity = {
      "@id": localId(pipeline, "step", name),
      "@type": "HowToStep",
      name,
      position: `${i}`,
      workExample: tool,
    };
    steps.push(step);
    const became = executed[i];
    if (became === undefined) return;
    const fetched = sourceOfStage(stage);
    const source: Entity | undefined = fetched && {
      "@id": fetched.url,
      "@type": "File",
      name: fetched.title,
      sha256: fetched.sha256,
    };
    if (source !== undefined) sources.push(source);
    const inputs = Object.values(record?.key.inputs ?? {});
    const outputs = Object.values(record?.outputs ?? {});
    const action: Entity = {
      "@id": localId(runId, pipeline, name),
      "@type": "CreateAction",
      name,
      description: descriptionOf(became, record),
      instrument: tool,
      ...outcomeFacts(record === undefined ? [] : [spanOf(record)], {
        isFailed: became.state === "failed",
      }),
      object: [
        ...inputs.map((digest) => artifacts.get(digest)),
        source,
        ...parametersOf(record, localId(pipeline, name)),
      ],
      result: outputs.map(({ digest }) => artifacts.get(digest)),
    };
    controls.push({
      "@id": localId(runId, pipeline, name, "control"),
      "@type": "ControlAction",
      name: `orchestrate ${name}`,
      instrument: step,
      object: action,
    });
  });
  const consumed = new Set(
    records.flatMap(({ key }) => Object.values(key.inputs)),
  );
  const workflow = workflowOf(steps, { module, name: title });
  const action: Entity = {
    "@id": localId(runId, pipeline),
    "@type": "CreateAction",
    name: `Run of ${pipeline}`,
    instrument: workflow,
    ...outcomeFacts(records.map(spanOf), {
      isFailed: Object.values(run.stages).some(({ state }) =>
        state === "failed" || state === "blocked"
      ),
    }),
    object: sources,
    result: [...artifacts].filter(([digest]) => !consumed.has(digest))
      .map(([, artifact]) => artifact),
  };
  return { workflow, action, controls };
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
  const why = causes.length === 0 ? [] : [`Ran because: ${causes.join("; ")}.`];
  const sentences = [
    ...state === "reused" ? [REUSED] : why,
    ...machine === "" ? [] : [`On ${machine}.`],
  ];
  return sentences.join(" ") || "Did not end.";
}

const REUSED =
  "Taken from the store in this run; the times are those of its execution.";

function spanOf({ finishedAt, seconds }: StageRecord): Span {
  const end = Date.parse(finishedAt);
  return { start: end - seconds * 1000, end };
}
