/**
 * The metadata of a run as an RO-Crate with the profiles Process, Workflow and
 * Provenance Run Crate.
 *
 * Profiles: https://w3id.org/ro/wfrun/provenance/0.5 and those it extends.
 *
 * @module
 */
import type { HistoricRun } from "../../engine/run_history.ts";
import { outcomeOf } from "../run_outcome.ts";
import { type Entity, localId, pathUri, referencesTo } from "./entity.ts";
import {
  CODE,
  type PipelineEntities,
  TYPESCRIPT,
} from "./pipeline_entities.ts";

/** Name of the file with the metadata. */
export const METADATA = "ro-crate-metadata.json";

/** Name of the file with what the store remembers of the run. */
export const RUN = "run.json";

const CONTEXT = [
  "https://w3id.org/ro/crate/1.1/context",
  "https://w3id.org/ro/terms/workflow-run/context",
];

const RO_CRATE = "https://w3id.org/ro/crate/1.1";
const WORKFLOW_RO_CRATE = "https://w3id.org/workflowhub/workflow-ro-crate/1.0";

const PROFILES = [
  ["https://w3id.org/ro/wfrun/process/0.5", "Process Run Crate", "0.5"],
  ["https://w3id.org/ro/wfrun/workflow/0.5", "Workflow Run Crate", "0.5"],
  ["https://w3id.org/ro/wfrun/provenance/0.5", "Provenance Run Crate", "0.5"],
  [WORKFLOW_RO_CRATE, "Workflow RO-Crate", "1.0"],
] as const;

const LICENSE: Entity = {
  "@id": "https://spdx.org/licenses/MIT",
  "@type": "CreativeWork",
  name: "MIT License",
  url: "https://spdx.org/licenses/MIT",
};

/** What a crate says of a run. */
export interface CrateOptions {
  readonly run: HistoricRun;
  readonly pipelines: readonly PipelineEntities[];
  /** Path of the module that lists all pipelines; the workflow, where a run has several. */
  readonly registry: string;
  /** Paths of code in the crate, without their folder. */
  readonly code: readonly string[];
  /** Paths of code that is not what it was in the run. */
  readonly changed: ReadonlySet<string>;
  readonly version: string;
}

/** The metadata file. */
export function crateMetadata(options: CrateOptions): string {
  const { run, pipelines, code, changed, version } = options;
  const { workflow, action, controls, others } = whole(options);
  const engine: Entity = {
    "@id": localId("engine"),
    "@type": "SoftwareApplication",
    name: "shiftline",
    softwareVersion: version,
  };
  const organize: Entity = {
    "@id": localId(run.id, "engine"),
    "@type": "OrganizeAction",
    name: `Run of shiftline ${version}`,
    instrument: { "@id": engine["@id"] },
    object: referencesTo(controls),
    result: { "@id": action["@id"] },
  };
  const workflows = new Set(
    [workflow, ...pipelines.map((one) => one.workflow)]
      .map((one) => one["@id"]),
  );
  const modules = code.map((path) => moduleEntity(path, changed))
    .filter((one) => !workflows.has(one["@id"]));
  const trace: Entity = {
    "@id": RUN,
    "@type": "File",
    name: "What the store remembers of the run",
    encodingFormat: "application/json",
    about: { "@id": action["@id"] },
  };
  const artifacts = pipelines.flatMap((one) => one.artifacts);
  const parts = [
    ...[...workflows].map((id) => ({ "@id": id })),
    ...modules,
    trace,
    ...artifacts.filter(({ path }) => path !== undefined)
      .map(({ entity }) => entity),
    ...pipelines.flatMap(({ sources }) => sources),
  ];
  const end = Date.parse(run.started) + run.seconds * 1000;
  const root: Entity = {
    "@id": "./",
    "@type": "Dataset",
    name: `Run ${run.id} of shiftline`,
    description: `${
      Object.keys(run.pipelines).join(", ")
    } at profile ${run.profile}, on ${run.device}, commit ${
      run.commit ?? "unknown"
    }${
      run.edited === undefined || run.edited.length === 0
        ? ""
        : ` (edited: ${run.edited.join(", ")})`
    }: ${outcomeOf(run)}.`,
    datePublished: new Date(end).toISOString(),
    license: { "@id": LICENSE["@id"] },
    conformsTo: PROFILES.map(([id]) => ({ "@id": id })),
    mainEntity: { "@id": workflow["@id"] },
    mentions: referencesTo([
      action,
      organize,
      ...others.filter((one) => one["@type"] === "CreateAction"),
    ]),
    hasPart: referencesTo(parts),
  };
  const graph: readonly Entity[] = [
    {
      "@id": METADATA,
      "@type": "CreativeWork",
      about: { "@id": root["@id"] },
      conformsTo: [{ "@id": RO_CRATE }, { "@id": WORKFLOW_RO_CRATE }],
    },
    root,
    ...PROFILES.map(([id, name, version]): Entity => ({
      "@id": id,
      "@type": "CreativeWork",
      ...{ name, version },
    })),
    ...[LICENSE, TYPESCRIPT, engine, workflow, action, organize],
    ...controls,
    ...others,
    ...modules,
    trace,
    ...artifacts.map(({ entity }) => entity),
    ...pipelines.flatMap(({ sources }) => sources),
  ];
  const distinct = new Map(graph.map((entity) => [entity["@id"], entity]));
  const document = { "@context": CONTEXT, "@graph": [...distinct.values()] };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function moduleEntity(path: string, changed: ReadonlySet<string>): Entity {
  const isCode = /\.(ts|js)$/.test(path);
  return {
    "@id": pathUri(`${CODE}${path}`),
    "@type": isCode ? ["File", "SoftwareSourceCode"] : "File",
    name: path,
    ...(isCode ? { programmingLanguage: { "@id": TYPESCRIPT["@id"] } } : {}),
    ...(changed.has(path) ? { description: "Changed since this run" } : {}),
  };
}

type Whole = Pick<
  PipelineEntities,
  "workflow" | "action" | "controls" | "others"
>;

/** One pipeline, or several as the steps of a workflow. */
function whole({ run, pipelines, registry }: CrateOptions): Whole {
  const [only] = pipelines;
  if (only !== undefined && pipelines.length === 1) return only;
  const id = run.id;
  const steps = pipelines.map(({ workflow }, i): Entity => ({
    "@id": localId("step", `${i}`),
    "@type": "HowToStep",
    name: String(workflow["name"]),
    position: `${i}`,
    workExample: { "@id": workflow["@id"] },
  }));
  const workflow: Entity = {
    "@id": pathUri(`${CODE}${registry}`),
    "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
    name: "All pipelines",
    programmingLanguage: { "@id": TYPESCRIPT["@id"] },
    hasPart: referencesTo(pipelines.map((one) => one.workflow)),
    step: referencesTo(steps),
  };
  const start = Date.parse(run.started);
  const isFailed = run.state !== "finished";
  return {
    workflow,
    action: {
      "@id": localId(id),
      "@type": "CreateAction",
      name: `Run ${id}`,
      description: `deno task reproduce --profile ${run.profile} ${
        Object.keys(run.pipelines).join(" ")
      }`,
      instrument: { "@id": workflow["@id"] },
      actionStatus: {
        "@id": `http://schema.org/${
          isFailed ? "Failed" : "Completed"
        }ActionStatus`,
      },
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + run.seconds * 1000).toISOString(),
      object: referencesTo(pipelines.flatMap(({ sources }) => sources)),
      result: referencesTo(
        pipelines.flatMap(({ action }) => [action["result"]].flat())
          .filter((one) => typeof one === "object"),
      ),
    },
    controls: [
      ...pipelines.map(({ action }, i): Entity => ({
        "@id": localId(id, "control", `${i}`),
        "@type": "ControlAction",
        name: `orchestrate ${String(action["name"])}`,
        instrument: { "@id": localId("step", `${i}`) },
        object: { "@id": action["@id"] },
      })),
      ...pipelines.flatMap(({ controls }) => controls),
    ],
    others: [
      ...steps,
      ...pipelines.flatMap(({ workflow, action, others }) => [
        workflow,
        action,
        ...others,
      ]),
    ],
  };
}
