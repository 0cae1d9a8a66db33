/**
 * One pipeline of a run as entities: its stages, what was executed of them, and
 * the artifacts they made.
 *
 * @module
 */
import { relative } from "node:path/posix";
import { fileURLToPath } from "node:url";
import type { Digest } from "../../engine/define/hash.ts";
import type { Stage } from "../../engine/define/ref.ts";
import { sourceOfStage } from "../../engine/history/sources_of.ts";
import type { HistoricRun, RunStage } from "../../engine/store/historic_run.ts";
import type { StageRecord } from "../../engine/store/store.ts";
import type { MadePipeline } from "../lineage/made_pipeline.ts";
import {
  actionFacts,
  codeUri,
  type Entity,
  type Execution,
  executionOf,
  localId,
  momentsAfter,
  type Part,
} from "./entity.ts";

/** The run that a crate is of, and what lies in the crate. */
export interface CrateOptions {
  readonly run: HistoricRun;
  /** How the run ended, in words. */
  readonly outcome: string;
  /** Its pipelines as they are now, and what their stages made in it. */
  readonly pipelines: readonly MadePipeline[];
  /** Folder of the project. */
  readonly root: string;
  /** Digest of each module in the crate as it is now, by path. */
  readonly code: ReadonlyMap<string, Digest>;
  /** Whether artifacts are files of the crate. */
  readonly withArtifacts: boolean;
  readonly version: string;
}

/** The entities of one pipeline. */
export function pipelineEntities(
  { title, open: { name, module, graph }, recordOf }: MadePipeline,
  { run, root, withArtifacts }: CrateOptions,
): Execution {
  const pathOf = (url: string) => relative(root, fileURLToPath(url));
  const { stages = {} } = run.pipelines[name] ?? {};
  const executed = graph.nodes.map(({ stage }) => stage)
    .filter(({ name }) => (stages[name]?.state ?? "blocked") !== "blocked");
  const records = executed.flatMap(({ name }) => recordOf(name) ?? []);
  const artifacts = artifactsOf(records, { areParts: withArtifacts });
  const consumed = new Set(
    records.flatMap(({ key }) => Object.values(key.inputs)),
  );
  const parts = graph.nodes.map(({ stage }): Part => {
    const record = recordOf(stage.name);
    const path = pathOf(stage.task.module);
    const tool: Entity = {
      "@id": localId("tool", path, stage.task.name),
      "@type": "SoftwareApplication",
      name: stage.task.name,
      mainEntity: { "@id": codeUri(path) },
      softwareVersion: record?.key.code[path], // the digest of its code
    };
    const step: Entity = {
      "@id": localId(name, "step", stage.name),
      name: stage.name,
      workExample: tool,
    };
    const became = stages[stage.name];
    if (became === undefined || became.state === "blocked") return { step };
    const { inputs = {}, params = {} } = record?.key ?? {};
    const action: Entity = {
      "@id": localId(run.id, name, stage.name),
      name: stage.name,
      description: descriptionOf(became, record),
      instrument: tool,
      ...actionFacts(timesOf(record), { isFailed: became.state === "failed" }),
      object: [
        ...Object.values(inputs).map((digest) => artifacts.get(digest)),
        sourceEntity(stage),
        ...Object.entries(params).map(([path, value]) => ({
          "@id": localId(name, stage.name, "parameter", path),
          "@type": "PropertyValue",
          name: path === "" ? "value" : path,
          value: typeof value === "string" ? value : JSON.stringify(value),
        })),
      ],
      result: Object.values(record?.outputs ?? {})
        .map(({ digest }) => artifacts.get(digest)),
    };
    return { step, action };
  });
  return executionOf(parts, {
    workflow: { "@id": codeUri(pathOf(module)), name: title },
    action: {
      "@id": localId(run.id, name),
      name: `Run of ${name}`,
      ...actionFacts(records.flatMap(timesOf), {
        isFailed: Object.values(stages)
          .some(({ state }) => state === "failed" || state === "blocked"),
      }),
      object: executed.map(sourceEntity),
      result: [...artifacts].filter(([digest]) => !consumed.has(digest))
        .map(([, artifact]) => artifact),
    },
  });
}

/** The published file that a stage fetches, if it is one that fetches. */
function sourceEntity(stage: Stage): Entity | undefined {
  const source = sourceOfStage(stage);
  return source && {
    "@id": source.url,
    "@type": "File",
    name: source.title,
    sha256: source.sha256,
    // ISO/IEC 18670: the identifier of a content is git's of a blob.
    identifier: source.gitBlob && `swh:1:cnt:${source.gitBlob}`,
  };
}

function descriptionOf(
  { state, causes = [] }: RunStage,
  record: StageRecord | undefined,
): string {
  const machine = Object.entries(record?.key.environment ?? {})
    .map(([name, value]) => `${name} ${value}`).join(", ");
  const how = state === "reused"
    ? "Taken from the store in this run; the times are those of its execution."
    : causes.length > 0 && `Ran because: ${causes.join("; ")}.`;
  const where = machine !== "" && `On ${machine}.`;
  return [how, where].filter(Boolean).join(" ") || "Did not end.";
}

function timesOf(record: StageRecord | undefined): readonly string[] {
  if (record === undefined) return [];
  return momentsAfter(record.finishedAt, [-record.seconds, 0]);
}

const TYPES: Readonly<Record<string, string>> = {
  json: "application/json",
  safetensors: "application/vnd.safetensors",
};

/** Artifacts by digest: files of the crate, or named by their digest alone (RFC 6920). */
function artifactsOf(
  records: readonly StageRecord[],
  { areParts }: { readonly areParts: boolean },
): ReadonlyMap<Digest, Entity> {
  const artifacts = new Map<Digest, Entity>();
  for (const { stage, key, outputs } of records) {
    for (const [field, { digest, bytes }] of Object.entries(outputs)) {
      const format = key.result[field] ?? "";
      const type = TYPES[format];
      const hash = Uint8Array.fromHex(digest)
        .toBase64({ alphabet: "base64url", omitPadding: true });
      artifacts.getOrInsert(digest, {
        "@id": areParts
          ? `artifacts/${digest}.${type === undefined ? "bin" : format}`
          : `ni:///sha-256;${hash}`,
        "@type": areParts ? "File" : "CreativeWork",
        name: `${field} of ${stage}`,
        contentSize: `${bytes}`,
        encodingFormat: type ?? "application/octet-stream",
        sha256: digest,
      });
    }
  }
  return artifacts;
}
