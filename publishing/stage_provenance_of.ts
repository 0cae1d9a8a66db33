/**
 * Where the figures of a report come from: the stages of its pipeline, and
 * which of them each figure shows.
 *
 * @module
 */
import { relative } from "node:path/posix";
import { fileURLToPath } from "node:url";
import { callsIn } from "../engine/define/inline.ts";
import type { Node } from "../engine/run/graph.ts";
import type { HistoricRun, RunStage } from "../engine/store/historic_run.ts";
import { digestOfKey } from "../engine/keys/key.ts";
import { withoutFolders } from "../engine/define/source.ts";
import type { Reproduced } from "../engine/run/open_pipeline.ts";
import { artifactsIn, valueAt } from "../engine/history/output_paths.ts";
import { sourceOfStage } from "../engine/history/sources_of.ts";
import type { StageRecord } from "../engine/store/store.ts";
import type {
  Provenance,
  StageProvenance,
} from "../reports/runs/stage_provenance.ts";
import type { Report } from "../reports/value/report.ts";

/**
 * The provenance of a report.
 *
 * What became of a stage is said of the last run in which anything of the
 * pipeline ran: the same results give the same site, however often it is
 * written.
 *
 * @param root folder of the project
 * @param lastRan that last run, of the pipeline and its profile
 */
export function provenanceOf(
  done: Reproduced<Report>,
  { root, lastRan }: {
    readonly root: string;
    readonly lastRan: () => HistoricRun | undefined;
  },
): Provenance {
  const { pipeline, result, output } = done;
  const { graph } = pipeline;
  const stateOf = statesOf(done, lastRan);
  const pathOf = pathsBelow(root);
  const stages = graph.nodes.map((node) =>
    stageProvenance(node, {
      pathOf,
      record: result.records.get(node.stage.name),
      state: stateOf(node.stage.name),
    })
  );
  const figures = output.kind === "value" ? figuresOf(output.value, done) : [];
  return {
    module: pathOf(pipeline.module),
    stages,
    figures: Object.fromEntries(figures),
  };
}

/** Paths of modules, from a folder: thousands of stages have the same few. */
function pathsBelow(root: string): (module: string) => string {
  const paths = new Map<string, string>();
  return (module) =>
    paths.getOrInsertComputed(
      module,
      () => relative(root, fileURLToPath(module)),
    );
}

function stageProvenance(
  { stage, inputs }: Node,
  { pathOf, record, state }: {
    readonly pathOf: (module: string) => string;
    readonly record: StageRecord | undefined;
    readonly state: StageProvenance["state"];
  },
): StageProvenance {
  const { url, sha256, gitBlob } = sourceOfStage(stage) ?? {};
  return {
    name: stage.name,
    task: stage.task.name,
    module: pathOf(stage.task.module),
    key: record === undefined ? "" : digestOfKey(record.key),
    state,
    seconds: record?.seconds ?? 0,
    calls: callsIn(stage),
    inputs: inputs.map(({ path, stage, field }) => ({
      path,
      stage: stage.name,
      field,
    })),
    outputs: Object.entries(record?.outputs ?? {})
      .map(([field, { digest, bytes }]) => ({ field, digest, bytes }))
      .sort((a, b) => a.field < b.field ? -1 : 1),
    sources: url === undefined ? [] : [{
      url: withoutFolders(url),
      ...sha256 === undefined ? { gitBlob } : { sha256 },
    }],
  };
}

/** What became of each stage, by name. */
function statesOf(
  { name, result }: Reproduced<Report>,
  lastRan: () => HistoricRun | undefined,
): (stage: string) => StageProvenance["state"] {
  const ran = new Set(result.ran);
  const failed = new Set(result.failures.map(({ stage }) => stage));
  const last: Readonly<Record<string, RunStage>> = ran.size > 0
    ? {}
    : lastRan()?.pipelines[name]?.stages ?? {};
  const hasRun = (stage: string) =>
    ran.has(stage) ||
    (last[stage]?.state === "ran" && result.records.has(stage));
  return (stage) =>
    failed.has(stage)
      ? "failed"
      : result.blocked.has(stage)
      ? "blocked"
      : hasRun(stage)
      ? "ran"
      : "reused";
}

/** Figures and pictures by id, with the stages whose results they show. */
function figuresOf(
  report: Report,
  { pipeline: { output, graph } }: Reproduced<Report>,
): readonly (readonly [string, readonly string[]])[] {
  return (["figures", "pictures"] as const).flatMap((kind) =>
    (report[kind] ?? []).map(({ id }, i) => {
      const shown = valueAt(valueAt(output, kind), i);
      const stages = artifactsIn(shown, graph).map(({ stage }) => stage);
      return [id, [...new Set(stages)]] as const;
    })
  );
}
