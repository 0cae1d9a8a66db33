/**
 * The metadata of a run as an RO-Crate with the profiles Process, Workflow and
 * Provenance Run Crate.
 *
 * Profiles: https://w3id.org/ro/wfrun/provenance/0.5 and those it extends.
 *
 * @module
 */
import type { HistoricRun } from "../../engine/store/historic_run.ts";
import {
  type Entity,
  isOfType,
  jsonOf,
  localId,
  pathUri,
  reachable,
} from "./entity.ts";
import type { PipelineEntities } from "./pipeline_entities.ts";
import {
  CODE,
  outcomeFacts,
  type Span,
  TYPESCRIPT,
  workflowOf,
} from "./workflow_entities.ts";

/** Name of the file with the metadata. */
export const METADATA = "ro-crate-metadata.json";

/** Name of the file with what the store remembers of the run. */
export const RUN = "run.json";

const CONTEXT = [
  "https://w3id.org/ro/crate/1.1/context",
  "https://w3id.org/ro/terms/workflow-run/context",
];

const RO_CRATE: Entity = { "@id": "https://w3id.org/ro/crate/1.1" };

const WORKFLOW_RO_CRATE: Entity = {
  "@id": "https://w3id.org/workflowhub/workflow-ro-crate/1.0",
  "@type": "CreativeWork",
  name: "Workflow RO-Crate",
  version: "1.0",
};

const PROFILES = [
  ...["Process", "Workflow", "Provenance"].map((name): Entity => ({
    "@id": `https://w3id.org/ro/wfrun/${name.toLowerCase()}/0.5`,
    "@type": "CreativeWork",
    name: `${name} Run Crate`,
    version: "0.5",
  })),
  WORKFLOW_RO_CRATE,
];

const LICENSE: Entity = {
  "@id": "https://spdx.org/licenses/MIT",
  "@type": "CreativeWork",
  name: "MIT License",
  url: "https://spdx.org/licenses/MIT",
};

/** The run that a crate is of, and what lies in the crate. */
export interface CrateOptions {
  readonly run: HistoricRun;
  /** How the run ended, in words. */
  readonly outcome: string;
  readonly pipelines: readonly PipelineEntities[];
  /** Path of the module that lists all pipelines; the workflow, where a run has several. */
  readonly registry: string;
  /** Paths of code in the crate, without their folder. */
  readonly code: readonly string[];
  /** Paths of code that is not what it was in the run. */
  readonly changed: ReadonlySet<string>;
  readonly version: string;
}

/** All entities of a crate. */
export function crateEntities(options: CrateOptions): readonly Entity[] {
  const { run, outcome, version, code, changed } = options;
  const { workflow, action, controls } = whole(options);
  const organize: Entity = {
    "@id": localId(run.id, "engine"),
    "@type": "OrganizeAction",
    name: `Run of shiftline ${version}`,
    instrument: {
      "@id": localId("engine"),
      "@type": "SoftwareApplication",
      name: "shiftline",
      softwareVersion: version,
    },
    object: controls,
    result: action,
  };
  const trace: Entity = {
    "@id": RUN,
    "@type": "File",
    name: "What the store remembers of the run",
    encodingFormat: "application/json",
    about: action,
  };
  const modules = code.map((path) => moduleEntity(path, changed));
  const all = reachable([...modules, trace, organize]);
  const names = Object.keys(run.pipelines).join(", ");
  const edited = run.edited?.length
    ? ` (edited: ${run.edited.join(", ")})`
    : "";
  const commit = `${run.commit ?? "unknown"}${edited}`;
  const root: Entity = {
    "@id": "./",
    "@type": "Dataset",
    name: `Run ${run.id} of shiftline`,
    description:
      `${names} at profile ${run.profile}, on ${run.device}, commit ${commit}: ${outcome}.`,
    datePublished: new Date(spanOf(run).end).toISOString(),
    license: LICENSE,
    conformsTo: PROFILES,
    mainEntity: workflow,
    mentions: [action, organize, ...all.filter(isOfType("CreateAction"))],
    hasPart: all.filter(isOfType("File")),
  };
  return reachable([{
    "@id": METADATA,
    "@type": "CreativeWork",
    about: root,
    conformsTo: [RO_CRATE, WORKFLOW_RO_CRATE],
  }]);
}

/** The text of the metadata file. */
export function crateMetadata(entities: readonly Entity[]): string {
  const document = { "@context": CONTEXT, "@graph": entities.map(jsonOf) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function spanOf({ started, seconds }: HistoricRun): Span {
  const start = Date.parse(started);
  return { start, end: start + seconds * 1000 };
}

function moduleEntity(path: string, changed: ReadonlySet<string>): Entity {
  const isCode = /\.(ts|js)$/.test(path);
  return {
    "@id": pathUri(`${CODE}${path}`),
    "@type": isCode ? ["File", "SoftwareSourceCode"] : "File",
    name: path,
    programmingLanguage: isCode ? TYPESCRIPT : undefined,
    description: changed.has(path) ? "Changed since this run" : undefined,
  };
}

/** The entities of the whole run: of one pipeline, or of several as the steps of a workflow. */
function whole(
  { run, pipelines, registry }: CrateOptions,
): PipelineEntities {
  const [only] = pipelines;
  if (only !== undefined && pipelines.length === 1) return only;
  const steps = pipelines.map(({ workflow }, i): Entity => ({
    "@id": localId("step", `${i}`),
    "@type": "HowToStep",
    name: workflow["name"],
    position: `${i}`,
    workExample: workflow,
  }));
  const workflow = workflowOf(steps, {
    module: registry,
    name: "All pipelines",
  });
  const names = Object.keys(run.pipelines).join(" ");
  const action: Entity = {
    "@id": localId(run.id),
    "@type": "CreateAction",
    name: `Run ${run.id}`,
    description: `deno task reproduce --profile ${run.profile} ${names}`,
    instrument: workflow,
    ...outcomeFacts([spanOf(run)], { isFailed: run.state !== "finished" }),
    object: pipelines.flatMap(({ action }) => action["object"] ?? []),
    result: pipelines.flatMap(({ action }) => action["result"] ?? []),
  };
  const controls = pipelines.map(({ action }, i): Entity => ({
    "@id": localId(run.id, "control", `${i}`),
    "@type": "ControlAction",
    name: `orchestrate ${action["name"]}`,
    instrument: steps[i],
    object: action,
  }));
  const own = pipelines.flatMap(({ controls }) => controls);
  return { workflow, action, controls: [...controls, ...own] };
}
