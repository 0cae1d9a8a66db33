/**
 * The metadata of a run as an RO-Crate with the profiles Process, Workflow and
 * Provenance Run Crate.
 *
 * Profiles: https://w3id.org/ro/wfrun/provenance/0.5 and those it extends.
 *
 * @module
 */
import {
  actionFacts,
  codeUri,
  type Entity,
  type Execution,
  executionOf,
  jsonOf,
  localId,
  momentsAfter,
  reachable,
  TYPESCRIPT,
} from "./entity.ts";
import { type CrateOptions, pipelineEntities } from "./pipeline_entities.ts";

/** Name of the file with the metadata. */
export const METADATA = "ro-crate-metadata.json";

/** Name of the file with what the store remembers of the run. */
export const RUN = "run.json";

/** The module that lists all pipelines; the workflow, where a run has several. */
export const REGISTRY = "pipelines/registry.ts";

const CONTEXT = [
  "https://w3id.org/ro/crate/1.1/context",
  "https://w3id.org/ro/terms/workflow-run/context",
];

const WORKFLOW_RO_CRATE = "https://w3id.org/workflowhub/workflow-ro-crate/1.0";

const PROFILES = [
  ["https://w3id.org/ro/wfrun/process/0.5", "Process Run Crate", "0.5"],
  ["https://w3id.org/ro/wfrun/workflow/0.5", "Workflow Run Crate", "0.5"],
  ["https://w3id.org/ro/wfrun/provenance/0.5", "Provenance Run Crate", "0.5"],
  [WORKFLOW_RO_CRATE, "Workflow RO-Crate", "1.0"],
].map(([id = "", name, version]): Entity => ({
  "@id": id,
  "@type": "CreativeWork",
  name,
  version,
}));

const LICENSE: Entity = {
  "@id": "https://spdx.org/licenses/MIT",
  "@type": "CreativeWork",
  name: "MIT License",
  url: "https://spdx.org/licenses/MIT",
};

/** All entities of a crate. */
export function crateEntities(options: CrateOptions): readonly Entity[] {
  const { run, outcome, version } = options;
  const times = momentsAfter(run.started, [0, run.seconds]);
  const { action, controls } = whole(options, times);
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
  const all = reachable([...moduleEntities(options), trace, organize]);
  const allOf = (type: string) =>
    all.filter((entity) => [entity["@type"]].flat().includes(type));
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
    datePublished: times[1],
    license: LICENSE,
    conformsTo: PROFILES,
    mainEntity: action["instrument"],
    mentions: [action, organize, ...allOf("CreateAction")],
    hasPart: allOf("File"),
  };
  return reachable([{
    "@id": METADATA,
    "@type": "CreativeWork",
    about: root,
    conformsTo: [
      { "@id": "https://w3id.org/ro/crate/1.1" },
      { "@id": WORKFLOW_RO_CRATE },
    ],
  }]);
}

/** The text of the metadata file. */
export function crateMetadata(entities: readonly Entity[]): string {
  const document = { "@context": CONTEXT, "@graph": entities.map(jsonOf) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The code; it is said of what some stage ran with as it is no longer. */
function moduleEntities({ code, pipelines }: CrateOptions): readonly Entity[] {
  const thens = pipelines.flatMap(({ open, recordOf }) =>
    open.graph.nodes.map(({ stage }) => recordOf(stage.name)?.key.code ?? {})
  );
  return Array.from(code, ([path, now]) => {
    const isCode = /\.(ts|js)$/.test(path);
    const isChanged = thens.some(({ [path]: then = now }) => then !== now);
    return {
      "@id": codeUri(path),
      "@type": isCode ? ["File", "SoftwareSourceCode"] : "File",
      name: path,
      programmingLanguage: isCode ? TYPESCRIPT : undefined,
      description: isChanged ? "Changed since this run" : undefined,
    };
  });
}

/** The execution of one pipeline, or of several as the parts of a workflow. */
function whole(options: CrateOptions, times: readonly string[]): Execution {
  const { run, pipelines } = options;
  const executions = pipelines.map((one) => pipelineEntities(one, options));
  const [only, another] = executions;
  if (only !== undefined && another === undefined) return only;
  const actions = executions.map(({ action }) => action);
  const parts = executions.map((execution, i) => ({
    ...execution,
    step: {
      "@id": localId("step", `${i}`),
      name: pipelines[i]?.title,
      workExample: execution.action["instrument"],
    },
  }));
  const names = Object.keys(run.pipelines).join(" ");
  return executionOf(parts, {
    workflow: { "@id": codeUri(REGISTRY), name: "All pipelines" },
    action: {
      "@id": localId(run.id),
      name: `Run ${run.id}`,
      description: `deno task reproduce --profile ${run.profile} ${names}`,
      ...actionFacts(times, { isFailed: run.state !== "finished" }),
      object: actions.flatMap(({ object = [] }) => object),
      result: actions.flatMap(({ result = [] }) => result),
    },
  });
}
